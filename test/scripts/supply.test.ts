import { readFileSync } from 'node:fs';
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
