import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bundledPackages } from './supply/bundled';

const ROOT = join(__dirname, '..');

interface Audit {
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>;
  readonly message?: string;
}

/**
 * `npm audit` for what users run: the packages in the bundle. Fails where one of them has a known vulnerability. Where the
 * registry offers no audit, that is said, and nothing is claimed.
 */
function main(): number {
  const { stdout } = spawnSync('npm', ['audit', '--json'], { cwd: ROOT, encoding: 'utf8' });
  const { vulnerabilities, message }: Audit = JSON.parse(stdout || '{}');
  if (vulnerabilities === undefined) {
    console.log(`npm audit: not run. ${reason(message)}`);
    return 0;
  }
  const bundled = bundledPackages().map((one) => one.slice(0, one.lastIndexOf('@')));
  const found = Object.entries(vulnerabilities).filter(([name]) => bundled.includes(name));
  for (const [name, { severity, range }] of found) console.log(`${name} ${range}: ${severity}`);
  console.log(`npm audit: ${found.length} of ${bundled.length} bundled packages have a known vulnerability.`);
  return found.length === 0 ? 0 : 1;
}

function reason(message: string | undefined): string {
  const status = /^\d{3} [\w ]+/.exec(message ?? '')?.[0].trim();
  return status === undefined ? 'The registry gave no answer.' : `The registry answered ${status}.`;
}

process.exitCode = main();
