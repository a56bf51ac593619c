import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Playbook } from './shape';

/** The ready playbooks, by the names of their files. */
export function readPlaybooks(root: string): Record<string, Playbook> {
  const folder = join(root, 'playbooks');
  const files = readdirSync(folder).filter((file) => file.endsWith('.yml'));
  return Object.fromEntries(
    // Python and Go, which read these on the platform, take an unquoted yes for a boolean.
    files.map((file) => [
      file,
      parse(readFileSync(join(folder, file), 'utf8'), { version: '1.1' }) as Playbook,
    ]),
  );
}
