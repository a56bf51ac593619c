import { join } from 'node:path';
import { IMAGE, packFiles } from './xsoar/files';
import { checkPack, PACK_RULES, packOf, UNMET } from './xsoar/pack-rules';

/** `npm run check:pack`: checks the content pack against the rules of the platform's public validators, one line per finding. */
function main(): void {
  const files = packFiles(join(__dirname, '..'), IMAGE);
  const findings = checkPack(packOf(files));
  for (const finding of findings) console.log(finding);
  for (const [code, why] of Object.entries(UNMET)) console.log(`not met: ${code}: ${why}`);
  console.log(`${findings.length} findings (${Object.keys(files).length} files, ${PACK_RULES.length} rules)`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}

main();
