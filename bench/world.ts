import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const WORLD = join(__dirname, '../test_data/world');

/** The sandbox's world with more hosts in it. @returns its folder, which belongs to the caller */
export function worldWith(more: readonly object[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'mdti-world-'));
  cpSync(WORLD, folder, { recursive: true });
  const file = join(folder, 'hosts.json');
  const hosts = JSON.parse(readFileSync(file, 'utf8')) as unknown[];
  writeFileSync(file, JSON.stringify([...hosts, ...more]));
  return folder;
}

export function typed(name: string): object {
  return { '@odata.type': `#microsoft.graph.security.${name}` };
}
