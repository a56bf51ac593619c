import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from './generate/manifest';
import { checkManifest } from './manifest/check';

const root = join(__dirname, '..');

/** A linter of the same rules by other authors, which only some working copies have beside them. */
const SECOND_OPINION = join(root, '../shared/tools/check-manifest.mjs');

function main(): void {
  const manifest = readManifest(readFileSync(join(root, 'integration.yml'), 'utf8'));
  const report = checkManifest(manifest);
  for (const finding of report.findings) console.log(finding);
  const { findings, commands, outputs } = report;
  console.log(
    `${findings.length} findings (${commands} commands, ${report.arguments} arguments, ${outputs} outputs)`,
  );
  const agreed = !existsSync(SECOND_OPINION) || secondOpinion(JSON.stringify(manifest));
  process.exitCode = findings.length === 0 && agreed ? 0 : 1;
}

function secondOpinion(manifest: string): boolean {
  const { status, stdout } = spawnSync(process.execPath, [SECOND_OPINION], {
    input: manifest,
    encoding: 'utf8',
  });
  for (const line of stdout.trim().split('\n')) console.log(`second opinion: ${line}`);
  return status === 0;
}

main();
