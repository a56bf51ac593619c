import { existsSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BOUNDS } from '../../src/base/bounds';
import { isMissing } from '../../src/state/files';
import { boundedText, readUserFile } from '../../src/state/user-file';

const DESCRIPTORS = '/proc/self/fd';

const folder = mkdtempSync(join(tmpdir(), 'mdti-user-file-'));
const file = join(folder, 'file');

function failure(path: string): unknown {
  try {
    return readUserFile(path);
  } catch (error) {
    return error;
  }
}

test('a file of many pieces is read whole, also where a character is cut between two', () => {
  const text = `${'é'.repeat(100_000)}\n漢`;
  writeFileSync(file, text);
  expect(readUserFile(file) === text).toBe(true);
});

test('what cannot be read is named with its reason and with what to check', () => {
  const link = join(folder, 'link');
  symlinkSync(link, link);
  const hint = 'Check its path and its permissions.';
  expect(failure(link)).toMatchObject({
    code: 'CONFIG_INVALID',
    message: `${link} cannot be read: it is a link that points to itself.`,
    hint,
  });
  const missing = failure(join(folder, 'none'));
  expect(missing).toMatchObject({ message: `${join(folder, 'none')} does not exist.`, hint });
  expect(isMissing((missing as Error).cause)).toBe(true);
  expect(() => boundedText(join(folder, 'none'))).toThrow(expect.objectContaining({ code: 'ENOENT' }));
});

test('a file above the limit is an error that names the path to check, and no file is left open', () => {
  writeFileSync(file, ' '.repeat(BOUNDS.userFile + 1));
  const before = existsSync(DESCRIPTORS) ? readdirSync(DESCRIPTORS).length : 0;
  for (let time = 0; time < 3; time++)
    expect(failure(file)).toMatchObject({ code: 'TOO_LARGE', hint: 'Check that its path is the right one.' });
  const after = existsSync(DESCRIPTORS) ? readdirSync(DESCRIPTORS).length : 0;
  expect(after).toBe(before);
});
