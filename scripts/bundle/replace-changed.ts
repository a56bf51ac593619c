import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a build makes anew; other files of the folder come from other scripts. */
const BUILT = /\.[cm]?js$|^web\//;

/**
 * Moves the files of a new build to their place, each in one step and only where it changed: a process that uses the old build, a test
 * for instance, finds every file at any time. Files that the new build no longer has are removed.
 */
export function replaceChanged(build: string, place: string): void {
  const built = filesOf(build);
  for (const file of built) {
    const target = join(place, file);
    if (existsSync(target) && readFileSync(target).equals(readFileSync(join(build, file)))) continue;
    mkdirSync(dirname(target), { recursive: true });
    renameSync(join(build, file), target);
  }
  const kept = new Set(built);
  for (const file of filesOf(place)) if (BUILT.test(file) && !kept.has(file)) rmSync(join(place, file));
}

/** The paths of all files below a folder, with slashes; none if there is no folder. */
function filesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
}
