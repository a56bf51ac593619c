import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BundledPackage, readAdvisories } from './supply/advisories';
import { auditReport, type RegistryAudit } from './supply/audit-report';
import { bundledPackages } from './supply/bundled';
import { refreshAdvisories } from './supply/refresh-advisories';

const ROOT = join(__dirname, '..');

/*
 * `npm run audit`: what users run, the packages in the bundle, against the known vulnerabilities: those of the list in
 * `scripts/supply`, and those that the registry knows, where it offers an audit. `--refresh` reads the list anew from OSV first.
 * Status 1 if a package is affected; 2 if the audit did not run, and with `--strict` also if no current database was requested.
 */
async function main(options: readonly string[]): Promise<number> {
  const packages = bundledPackages().map(nameAndVersion);
  if (options.includes('--refresh')) await refresh(packages);
  const { lines, status } = auditReport({
    list: readAdvisories(),
    packages,
    registry: registryAudit(packages),
    now: Date.now(),
    strict: options.includes('--strict'),
  });
  for (const line of lines) console.log(line);
  return status;
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

function registryAudit(packages: readonly BundledPackage[]): RegistryAudit {
  const { stdout } = spawnSync('npm', ['audit', '--json'], { cwd: ROOT, encoding: 'utf8' });
  const { vulnerabilities, message }: Audit = JSON.parse(stdout || '{}');
  if (vulnerabilities === undefined) {
    const status = /^\d{3} [\w ]+/.exec(message ?? '')?.[0].trim();
    return {
      notRun: `The registry ${status === undefined ? 'did not respond' : `responded with ${status}`}.`,
    };
  }
  const names = new Set(packages.map(({ name }) => name));
  const affected = Object.entries(vulnerabilities).filter(([name]) => names.has(name));
  return { affected: affected.map(([name, { severity, range }]) => `${name} ${range}: ${severity}`) };
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
