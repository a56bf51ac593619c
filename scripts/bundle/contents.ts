import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { OutputChunk } from 'rolldown';

const ROOT = join(__dirname, '../..');
const FILE = join(ROOT, 'node_modules/.cache/bundle.json');

/** Bytes of a chunk, before minification, by the file that they come from: `{"src/launcher/mdti.ts": 512, …}`. */
export type Contents = Readonly<Record<string, number>>;

/** The files of a chunk; what the bundler itself adds has no file. */
export function contentsOf({ modules }: OutputChunk): Contents {
  return Object.fromEntries(
    Object.entries(modules)
      .filter(([file]) => !file.startsWith('\0'))
      .map(([file, { renderedLength }]) => [relative(ROOT, file), renderedLength]),
  );
}

/** Writes what every chunk is made of, by its name, for the tests that look at it. */
export function keepContents(chunks: Readonly<Record<string, Contents>>): void {
  mkdirSync(dirname(FILE), { recursive: true });
  // In one step: a test may read it, and a copy of the folder may share it by a hard link.
  const unfinished = `${FILE}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(chunks));
  renameSync(unfinished, FILE);
}

export function readContents(): Readonly<Record<string, Contents>> {
  return JSON.parse(readFileSync(FILE, 'utf8'));
}
