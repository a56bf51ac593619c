import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readContents } from '../bundle/contents';

const ROOT = join(__dirname, '../..');

/** The packages of others that `dist/` holds, `name@version`: what users run, whatever package.json calls them. */
export function bundledPackages(): string[] {
  const folders = Object.values(readContents())
    .flatMap(Object.keys)
    .map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1])
    .filter((folder) => folder !== undefined);
  return [...new Set(folders)].map(identify).sort();
}

function identify(folder: string): string {
  const { name, version } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
  return `${name}@${version}`;
}
