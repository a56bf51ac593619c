import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly link?: boolean;
}

test('every version is exact', () => {
  const ranges = Object.entries(manifest.devDependencies).filter(
    ([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)),
  );
  expect(ranges).toEqual([]);
});

test('the package installs no dependencies and runs no script', () => {
  expect(manifest).not.toHaveProperty('dependencies');
  for (const script of ['preinstall', 'install', 'postinstall', 'prepare'])
    expect(manifest.scripts).not.toHaveProperty(script);
});

test('the lockfile pins every package by a strong hash', () => {
  const packages = Object.entries(lock.packages as Record<string, Locked>).filter(([path]) => path !== '');
  expect(packages.length).toBeGreaterThan(100);
  const weak = packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'));
  expect(weak.map(([path]) => path)).toEqual([]);
});

test('the package contains what it should and nothing else', () => {
  const [{ files }] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      // npm writes to its cache even here, and the home folder may be read-only.
      env: { ...process.env, npm_config_cache: mkdtempSync(join(tmpdir(), 'mdti-npm-')) },
    }),
  ) as [{ files: readonly { readonly path: string }[] }];
  const kinds = new Set(files.map(({ path }) => path.replace(/[^/]+(?=\.[a-z.]+$)/, '*')));
  const allowed =
    /^(?:dist\/web\/\*\.(?:css|js|svg|html)|dist\/\*\.(?:[cm]?js|[cm]?ts|json|md)|dist\/mdti\.1|dist\/types\/(?:.*\/)?\*\.ts|docs\/.*\*\.md|playbooks\/\*\.(?:yml|md)|dist\/\*\.gz|\*\.(?:md|json|yml)|LICENSE)$/;
  expect([...kinds].filter((kind) => !allowed.test(kind))).toEqual([]);
  expect(files.length).toBeGreaterThan(5);
});
