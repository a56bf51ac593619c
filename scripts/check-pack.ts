import { join } from 'node:path';
import { IMAGE, packFiles } from './xsoar/files';
import { checkPack, PACK_RULES, UNMET } from './xsoar/pack-rules';

/** `npm run check:pack`: holds the content pack against the rules of the platform's public validators, one line per finding. */
function main(): void {
  const files = packFiles(join(__dirname, '..'), IMAGE);
  const pack = Object.fromEntries(
    Object.entries(files).map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]),
  );
  const findings = checkPack(pack);
  for (const finding of findings) console.log(finding);
  for (const [code, why] of Object.entries(UNMET)) console.log(`not met: ${code}: ${why}`);
  console.log(`${findings.length} findings (${Object.keys(files).length} files, ${PACK_RULES.length} rules)`);
  process.exitCode = findings.length === 0 ? 0 : 1;
}

main();
