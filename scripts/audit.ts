import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { advisoriesFor, type BundledPackage, readAdvisories } from './supply/advisories';
import { bundledPackages } from './supply/bundled';
import { refreshAdvisories } from './supply/refresh-advisories';

const ROOT = join(__dirname, '..');
const DAY = 86_400_000;
/** Days after which a list is too old to publish by. */
const OLDEST = 30;

/*
 * `npm run audit`: what users run, the packages in the bundle, against the known vulnerabilities: those of the list in
 * `scripts/supply`, and those that the registry knows, where it offers an audit. `--refresh` reads the list anew from OSV first.
 * Status 1 if a package is affected; 2 if nothing was checked, and with `--strict` also if the list is older than 30 days.
 */
async function main(options: readonly string[]): Promise<number> {
  const packages = bundledPackages().map(nameAndVersion);
  if (options.includes('--refresh')) await refresh(packages);
  const list = readAdvisories();
  const age = Math.floor((Date.now() - Date.parse(list.refreshed)) / DAY);
  const found = advisoriesFor(list, packages);
  for (const { advisory, version } of found)
    console.log(`${advisory.package}@${version}: ${advisory.id}, ${advisory.summary}`);
  console.log(
    `advisory list of ${list.refreshed} (${list.advisories.length} advisories): ${found.length} findings in ${packages.length} bundled packages`,
  );
  const affected = registryAudit(packages);
  if (age > OLDEST) console.log(`The list is ${age} days old: run \`npm run audit -- --refresh\`.`);
  if (found.length > 0 || affected > 0) return 1;
  return age > OLDEST && options.includes('--strict') ? 2 : 0;
}

async function refresh(packages: readonly BundledPackage[]): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  const list = await refreshAdvisories(
    packages.map(({ name }) => name),
    today,
  );
  writeFileSync(join(__dirname, 'supply/advisories.json'), `${JSON.stringify(list, null, 2)}\n`);
}

interface Audit {
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>;
  readonly message?: string;
}

/** Returns how many bundled packages the registry reports; prints where it offers no audit. */
function registryAudit(packages: readonly BundledPackage[]): number {
  const { stdout } = spawnSync('npm', ['audit', '--json'], { cwd: ROOT, encoding: 'utf8' });
  const { vulnerabilities, message }: Audit = JSON.parse(stdout || '{}');
  if (vulnerabilities === undefined) {
    const status = /^\d{3} [\w ]+/.exec(message ?? '')?.[0].trim();
    console.log(
      `npm audit: not run. The registry ${status === undefined ? 'did not respond' : `responded with ${status}`}.`,
    );
    return 0;
  }
  const names = new Set(packages.map(({ name }) => name));
  const affected = Object.entries(vulnerabilities).filter(([name]) => names.has(name));
  for (const [name, { severity, range }] of affected) console.log(`${name} ${range}: ${severity}`);
  console.log(
    `npm audit: ${affected.length} of ${packages.length} bundled packages have a known vulnerability`,
  );
  return affected.length;
}

function nameAndVersion(text: string): BundledPackage {
  const at = text.lastIndexOf('@');
  return { name: text.slice(0, at), version: text.slice(at + 1) };
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: Error) => {
    console.log(`audit: not run. ${error.message}`);
    process.exitCode = 2;
  },
);
