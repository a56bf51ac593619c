import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** Writes the declarations of `src/index.ts`, and of what it speaks of, below `out`; the rest of the house stays private. */
export function writeTypes(root: string, out: string): void {
  const all = mkdtempSync(join(tmpdir(), 'types-'));
  const emit = [
    '--noEmit',
    'false',
    '--declaration',
    '--emitDeclarationOnly',
    '--rootDir',
    root,
    '--outDir',
    all,
  ];
  try {
    execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', root, ...emit], { stdio: 'inherit' });
    const sources = join(all, 'src');
    for (const file of reachable(join(sources, 'index.d.ts'))) {
      const target = join(out, relative(sources, file));
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(file, target);
    }
  } finally {
    rmSync(all, { recursive: true });
  }
}

function reachable(entry: string): Set<string> {
  const found = new Set<string>([entry]);
  for (const file of found) {
    const imports = readFileSync(file, 'utf8').matchAll(/\bfrom '(\.[^']*)'/g);
    for (const [, path = ''] of imports) found.add(`${join(dirname(file), path)}.d.ts`);
  }
  return found;
}
