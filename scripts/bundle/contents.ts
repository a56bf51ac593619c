import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Metafile } from 'esbuild';

const ROOT = join(__dirname, '../..');
const FILE = join(ROOT, 'node_modules/.cache/bundle.json');

/** Bytes of a chunk by the file that they come from: `{"src/launcher/mdti.ts": 512, …}`. */
export type Contents = Readonly<Record<string, number>>;

export function contentsOf({ outputs }: Metafile): Contents {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  return Object.fromEntries(
    inputs.map(([file, { bytesInOutput }]) => [relative(ROOT, resolve(file)), bytesInOutput]),
  );
}

/** Keeps what every chunk is made of, by its name, for the test that watches over it. */
export function keepContents(chunks: Readonly<Record<string, Contents>>): void {
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, JSON.stringify(chunks));
}

export function readContents(): Readonly<Record<string, Contents>> {
  return JSON.parse(readFileSync(FILE, 'utf8'));
}
