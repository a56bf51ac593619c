import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replaceChanged } from '../../scripts/bundle/replace-changed';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mdti-build-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function build(name: string, files: Readonly<Record<string, string>>): string {
  mkdirSync(join(folder, name, 'web'), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), text);
  return join(folder, name);
}

describe('a new build', () => {
  test('replaces what changed, leaves the same files alone, and removes what is gone', () => {
    const place = build('dist', {
      'core.cjs': 'same',
      'old.cjs': '',
      'index.mjs': 'old',
      'web/app.js': 'old',
    });
    const before = statSync(join(place, 'core.cjs')).ino;
    replaceChanged(build('new', { 'core.cjs': 'same', 'index.mjs': 'new', 'web/app.css': 'new' }), place);
    expect(statSync(join(place, 'core.cjs')).ino).toBe(before);
    expect(readFileSync(join(place, 'index.mjs'), 'utf8')).toBe('new');
    expect(readFileSync(join(place, 'web/app.css'), 'utf8')).toBe('new');
    expect(['old.cjs', 'web/app.js'].filter((file) => existsSync(join(place, file)))).toEqual([]);
  });

  test('leaves files that other scripts write', () => {
    const place = build('dist', { 'sbom.cdx.json': '{}', 'mdti.1': 'page' });
    replaceChanged(build('new', {}), place);
    expect(existsSync(join(place, 'sbom.cdx.json')) && existsSync(join(place, 'mdti.1'))).toBe(true);
  });

  test('creates the folder where there is none', () => {
    replaceChanged(build('new', { 'core.cjs': 'first' }), join(folder, 'dist'));
    expect(readFileSync(join(folder, 'dist/core.cjs'), 'utf8')).toBe('first');
  });
});
