import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MDTI = join(__dirname, '../../dist/mdti.cjs');

function response(folder: string): { stdout: string; status: number | null } {
  const environment = {
    PATH: process.env.PATH,
    MDTI_ALLOW_ENDPOINTS: process.env.MDTI_ALLOW_ENDPOINTS,
    MDTI_CACHE: folder,
  };
  const input = JSON.stringify({ command: 'no-such-command' });
  return spawnSync(process.execPath, [MDTI, 'run'], { input, env: environment, encoding: 'utf8' });
}

function emptyFolder(): string {
  return join(mkdtempSync(join(tmpdir(), 'mdti-compiled-')), 'cache');
}

/** The files in the folder. */
function kept(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}

test('the first run keeps its compiled code, and the second responds to the same from it', () => {
  const folder = emptyFolder();
  const first = response(folder);
  const files = kept(folder);
  expect(files).not.toEqual([]);
  expect(first.stdout).toContain('COMMAND_UNKNOWN');
  expect(response(folder)).toMatchObject({ stdout: first.stdout, status: first.status });
  expect(kept(folder)).toEqual(files);
});

test('compiles damaged code again', () => {
  const folder = emptyFolder();
  const first = response(folder);
  for (const file of kept(folder)) cutInHalf(join(folder, file));
  expect(response(folder)).toMatchObject({ stdout: first.stdout, status: first.status });
});

test('code with a few bytes wrong in the middle is not run', () => {
  const folder = emptyFolder();
  const first = response(folder);
  const files = kept(folder).map((name) => join(folder, name));
  for (const file of files) damage(file);
  const damaged = files.map((file) => readFileSync(file));
  expect(response(folder)).toMatchObject({ stdout: first.stdout, status: first.status });
  expect(files.map((file) => readFileSync(file))).not.toEqual(damaged);
  expect(response(folder)).toMatchObject({ stdout: first.stdout, status: first.status });
});

test('rejects a relative folder and runs no code from the working directory', () => {
  const started = mkdtempSync(join(tmpdir(), 'mdti-started-'));
  const input = JSON.stringify({ command: 'no-such-command' });
  for (const environment of [{ MDTI_CACHE: 'cache' }, { XDG_CACHE_HOME: 'cache' }]) {
    spawnSync(process.execPath, [MDTI, 'run'], { input, env: environment, cwd: started });
    expect(readdirSync(started)).toEqual([]);
  }
});

test.each([
  ['others may write to', (folder: string) => chmodSync(folder, 0o777)],
  [
    'is a link',
    (folder: string) => symlinkSync(mkdtempSync(join(tmpdir(), 'mdti-elsewhere-')), `${folder}-link`),
  ],
])('a folder that %s is left alone', (_, prepare) => {
  const made = mkdtempSync(join(tmpdir(), 'mdti-unsafe-'));
  prepare(made);
  const folder = existsSync(`${made}-link`) ? `${made}-link` : made;
  expect(response(folder).stdout).toContain('COMMAND_UNKNOWN');
  expect(kept(folder)).toEqual([]);
});

test('without a place to keep it everything works', () => {
  expect(response('/dev/null/cache').stdout).toContain('COMMAND_UNKNOWN');
});

function damage(file: string): void {
  const content = readFileSync(file);
  for (let at = content.length >> 2; at < content.length - 64; at += content.length >> 3)
    content.fill(content.readUInt8(at) ^ 0xff, at, at + 64);
  writeFileSync(file, content);
}

function cutInHalf(file: string): void {
  const { size } = statSync(file);
  truncateSync(file, size >> 1);
}
