import { PluginError } from '../../src/base/errors';
import {
  busy,
  foreign,
  mismatched,
  notFile,
  occupied,
  otherFormat,
  systemFailure,
  unwritable,
} from '../../src/enrich/output-errors';

const AFTER = 'Name another file, or delete this one.';

test.each([
  [
    busy('b.csv'),
    'ARGUMENT_INVALID',
    '--out: another run is writing to b.csv.',
    'Wait for it, or name another file.',
  ],
  [
    notFile('/tmp'),
    'CONFIG_INVALID',
    'The output /tmp cannot be written: it is not a file.',
    'Name a file, or leave out --out to write to stdout.',
  ],
  [
    foreign('b.csv.lock'),
    'ARGUMENT_INVALID',
    '--out: b.csv.lock exists and was not created by mdti.',
    'Name another output file, or move this one away.',
  ],
  [
    occupied('b.csv', 'csv'),
    'ARGUMENT_INVALID',
    '--out: b.csv exists and is not empty.',
    `It does not have one CSV row for each line of the list. ${AFTER}`,
  ],
  [
    occupied('b.json', 'stix'),
    'ARGUMENT_INVALID',
    '--out: b.json exists and is not empty.',
    `A STIX bundle does not contain the lines of the list that it was made from. If a complete run wrote it, there is nothing to resume. ${AFTER}`,
  ],
  [
    otherFormat('b.csv', 'ndjson'),
    'ARGUMENT_INVALID',
    '--out: b.csv was started with -o ndjson.',
    'Add -o ndjson to resume, or name another file.',
  ],
  [
    mismatched('b.csv', 'b.csv.journal'),
    'ARGUMENT_INVALID',
    '--out: b.csv does not match its journal b.csv.journal.',
    'Name another file, or delete this one and its journal.',
  ],
])('%s', (error, code, message, hint) => {
  expect([error.code, error.message, error.hint]).toEqual([code, message, hint]);
});

test.each([
  ['ENOSPC', ': the disk is full'],
  ['EDQUOT', ': the disk quota is used up'],
  ['EACCES', ': this user may not write there'],
  ['EPERM', ': this user may not write there'],
  ['EROFS', ': the file system is read-only'],
  ['ENOENT', ': its folder does not exist'],
  ['ENOTDIR', ': its folder does not exist'],
  ['EISDIR', ': it is a folder'],
  ['ENAMETOOLONG', ': its name with `.journal` or `.lock` is too long'],
  ['EMFILE', ': this process has reached its limit of open files (`ulimit -n`)'],
  ['ENFILE', ': this machine has reached its limit of open files'],
  ['EIO', ''],
])('an output that fails with %s names the reason%s', (code, reason) => {
  const cause = Object.assign(new Error(code), { code, syscall: 'write', errno: -1 });
  expect(() => systemFailure('b.csv')(cause)).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: `The output b.csv cannot be written${reason}.`,
      hint: 'Check its folder, its permissions and the free space.',
      cause,
    }),
  );
  expect(unwritable('b.csv', cause)).toBeInstanceOf(PluginError);
});

test('an error that is not of the file system stays the same', () => {
  const error = new TypeError('x');
  expect(() => systemFailure('b.csv')(error)).toThrow(error);
});
