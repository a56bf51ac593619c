import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeOf, PluginError } from '../../src/base/errors';
import {
  checkFolder,
  isMissingOrBelowFile,
  isSystemError,
  readOwned,
  refusalReason,
  replaceFile,
  unavailable,
  whyUnreadable,
  writeAll,
} from '../../src/state/files';
import { readUserFile } from '../../src/state/user-file';
import { raised } from '../support/raised';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mdti-files-'));
  file = join(folder, 'file');
  writeFileSync(file, 'text', { mode: 0o600 });
});

const HINT =
  'Name a file in a folder of this user in MDTI_STATE_FILE, or remove this one and run the command again.';

test.each([
  ['ENOENT', 'does not exist'],
  ['ENOTDIR', 'does not exist'],
  ['EISDIR', 'is a folder'],
  ['EACCES', 'cannot be read: permission denied'],
  ['EMFILE', 'cannot be read: this process has reached its limit of open files (`ulimit -n`)'],
  ['ENFILE', 'cannot be read: this machine has reached its limit of open files'],
  ['ELOOP', 'cannot be read: it is a link that points to itself'],
  ['EIO', 'cannot be read: the operating system returned an error'],
])('a file that a user named and %s: it %s', (code, words) => {
  expect(whyUnreadable(Object.assign(new Error('no'), { code }))).toBe(words);
});

test('a file of settings is read up to its bound, also a device without an end', async () => {
  const most = 16 * 1024 * 1024;
  writeFileSync(file, Buffer.alloc(most, 'a'));
  expect(readUserFile(file)).toHaveLength(most);
  writeFileSync(file, Buffer.alloc(most + 1, 'a'));
  for (const name of process.platform === 'linux' ? [file, '/dev/zero'] : [file])
    expect(await raised(() => readUserFile(name))).toMatchObject({
      code: 'TOO_LARGE',
      message: `${name} has more than 16,777,216 bytes, the limit for such a file.`,
    });
});

describe('a file is not read', () => {
  const onLinux = process.platform === 'linux' ? test : test.skip;

  test('if other users may write to it', async () => {
    chmodSync(file, 0o602);
    const { message, hint } = await raised(() => readOwned(file, false));
    expect(message).toBe(
      `${file} can be written by other users, so sign-ins are not read from it or saved there.`,
    );
    expect(hint).toBe(HINT);
  });

  test.each([0o640, 0o604])('if it is secret and its mode is %p', async (mode) => {
    chmodSync(file, mode);
    expect((await raised(() => readOwned(file, true))).message).toContain('can be read by other users');
    expect(await readOwned(file, false)).toBe('text');
  });

  onLinux('if it is a device', async () => {
    expect((await raised(() => readOwned('/dev/null', false))).message).toContain('/dev/null is not a file');
  });

  onLinux('if it is a pipe, which would be waited for', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', ['-m', '600', pipe]);
    expect((await raised(() => readOwned(pipe, false))).message).toContain(`${pipe} is not a file`);
  });
});

test('Windows has no modes to check', async () => {
  chmodSync(file, 0o666);
  const real = process.platform;
  const pretend = (value: string) => Object.defineProperty(process, 'platform', { value });
  pretend('win32');
  expect(await readOwned(file, true).finally(() => pretend(real))).toBe('text');
});

test.each(['a file', 'a link'])('%s is not a folder to write into', async (kind) => {
  const path = kind === 'a file' ? file : join(folder, 'link');
  if (kind === 'a link') symlinkSync(folder, path);
  expect((await raised(() => checkFolder(path))).message).toContain(`${path} is not a folder`);
});

const DESCRIPTORS = '/proc/self/fd';
(existsSync(DESCRIPTORS) ? test : test.skip)('files are closed, also after an error', async () => {
  const before = readdirSync(DESCRIPTORS).length;
  const handles: unknown[] = [];
  for (let turn = 0; turn < 5; turn++) {
    await replaceFile(file, 'text', join(folder, 'scratch'));
    handles.push(await readOwned(file, false), await readOwned(folder, false).catch((error) => error));
  }
  expect(readdirSync(DESCRIPTORS)).toHaveLength(before);
  expect(handles).toHaveLength(10);
});

test('a file that is replaced is written to another path first, for this user only', async () => {
  writeFileSync(join(folder, 'scratch'), 'of another process');
  await expect(replaceFile(file, 'new', join(folder, 'scratch'))).rejects.toMatchObject({ code: 'EEXIST' });
  expect(readFileSync(file, 'utf8')).toBe('text');
});

test.each([
  [{ code: 'ENOENT' }, true],
  [{ code: 'ENOTDIR' }, true],
  [{ code: 'EACCES' }, false],
  [undefined, false],
])('%j means a missing file: %s', (error, missing) => {
  expect(isMissingOrBelowFile(error)).toBe(missing);
});

test.each([
  [{ code: 'EACCES', syscall: 'open' }, true, 'EACCES', 'permission denied'],
  [{ code: 'EPERM', syscall: 'open' }, true, 'EPERM', 'permission denied'],
  [{ code: 'EROFS', syscall: 'open' }, true, 'EROFS', 'the file system is read-only'],
  [{ code: 'ENOSPC', syscall: 'write' }, true, 'ENOSPC', 'the disk is full'],
  [{ code: 'EDQUOT', syscall: 'write' }, true, 'EDQUOT', 'the quota of this user is used up'],
  [{ code: 'EIO', syscall: 'read' }, true, 'EIO', 'the operating system returned an error'],
  [{ syscall: 'read' }, false, '', 'the operating system returned an error'],
  [{ code: 5 }, false, '', 'the operating system returned an error'],
  [null, false, '', 'the operating system returned an error'],
])('%j is an error of the system: %s', (error, isOne, code, reason) => {
  expect([isSystemError(error), codeOf(error), refusalReason(error)]).toEqual([isOne, code, reason]);
});

test('an unavailable file is reported with its reason and an alternative', () => {
  const cause = { code: 'ENOSPC' };
  expect(unavailable('The file x cannot be written', cause)).toMatchObject({
    code: 'STATE_UNAVAILABLE',
    message: 'The file x cannot be written: the disk is full.',
    hint: 'Check the path and its permissions, or name another file in MDTI_STATE_FILE.',
    cause,
  });
  expect(unavailable('x', cause, 'use --out')).toBeInstanceOf(PluginError);
  expect(unavailable('x', cause, 'use --out').hint).toBe('Check the path and its permissions, or use --out.');
});

test.each([undefined, 100])(
  'all bytes are written, however few one write takes, from position %p',
  async (position) => {
    const calls: (readonly [string, number | null])[] = [];
    const handle = {
      async write(bytes: Buffer, from: number, length: number, at: number | null) {
        if (from + length > bytes.length) throw new RangeError('more than there is');
        calls.push([bytes.toString('utf8', from, from + length), at]);
        return { bytesWritten: Math.min(3, length) };
      },
    } as unknown as FileHandle;
    await writeAll(handle, Buffer.from('1234567'), position);
    const at = (sent: number) => (position === undefined ? null : position + sent);
    expect(calls).toEqual([
      ['1234567', at(0)],
      ['4567', at(3)],
      ['7', at(6)],
    ]);
  },
);
