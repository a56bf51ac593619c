import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Packs the data of the sandbox, one JSON file per entity set, into one compressed file. */
export function packWorld(folder: string, file: string): void {
  const sets = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => [basename(name, '.json'), JSON.parse(readFileSync(join(folder, name), 'utf8'))]);
  writeFileSync(file, gzipSync(JSON.stringify(Object.fromEntries(sets)), { level: 9 }));
}
