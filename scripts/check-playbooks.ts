import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from './generate/manifest';
import { checkPlaybook } from './playbooks/check';
import { readPlaybooks } from './playbooks/read';

/** Checks the ready playbooks against the manifest. */
function main(): void {
  const root = join(__dirname, '..');
  const manifest = readManifest(readFileSync(join(root, 'integration.yml'), 'utf8'));
  const playbooks = Object.entries(readPlaybooks(root));
  const findings = playbooks.flatMap(([file, playbook]) =>
    checkPlaybook(playbook, manifest).map((finding) => `${file}: ${finding}`),
  );
  for (const finding of findings) console.log(finding);
  console.log(`${findings.length} findings (${playbooks.length} playbooks)`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}

main();
