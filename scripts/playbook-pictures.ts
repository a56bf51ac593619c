import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Playbook } from './playbooks/shape';
import { flowChart, sourceDigest, withDigest } from './xsoar/playbook-picture';

const ROOT = join(__dirname, '..');

/** `npx tsx scripts/playbook-pictures.ts`: draws the flow chart of every playbook, with Graphviz. */
function main(): void {
  const folder = join(ROOT, 'xsoar/doc_files');
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(join(ROOT, 'playbooks'))) {
    const playbook = parse(readFileSync(join(ROOT, 'playbooks', file), 'utf8'), {
      version: '1.1',
    }) as Playbook;
    const dot = flowChart(playbook);
    const png = execFileSync('dot', ['-T', 'png'], { input: dot });
    writeFileSync(join(folder, file.replace(/\.yml$/, '.png')), withDigest(png, sourceDigest(dot)));
  }
}

main();
