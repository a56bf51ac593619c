import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unwritable } from '../../src/enrich/output-errors';
import { fileOutput } from '../../src/enrich/output-file';
import { newOutput, outputKilledAtStart, STARTED } from '../support/output';

test('rejects a file without a journal', async () => {
  const file = newOutput();
  writeFileSync(file, 'precious');
  await expect(fileOutput(file, 'csv', STARTED)).rejects.toMatchObject({
    message: `--out: ${file} exists and is not empty.`,
    hint: expect.stringMatching(
      /^It does not have one CSV row for each line of the list\. .* delete this one\.$/,
    ),
  });
  expect(readFileSync(file, 'utf8')).toBe('precious');
});

test('rejects another file under a journal without steps', async () => {
  const file = await outputKilledAtStart('ndjson');
  const other = newOutput();
  writeFileSync(other, 'precious');
  writeFileSync(`${other}.journal`, readFileSync(`${file}.journal`));
  await expect(fileOutput(other, 'ndjson', STARTED)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  expect(readFileSync(other, 'utf8')).toBe('precious');
});

describe('neighbors of the output are left alone', () => {
  test.each([
    ['a list', 'precious\nlines\n'],
    ['JSON of another kind', '{"format":"csv"}\n'],
    ['an unfinished line', 'precious'],
  ])('a journal file with %s is rejected', async (_, text) => {
    const file = newOutput();
    writeFileSync(`${file}.journal`, text);
    await expect(fileOutput(file, 'csv', STARTED)).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      message: `--out: ${file}.journal exists and was not created by mdti.`,
      hint: expect.stringContaining('another output file'),
    });
    expect(readFileSync(`${file}.journal`, 'utf8')).toBe(text);
    expect([file, `${file}.lock`].filter((path) => existsSync(path))).toEqual([]);
  });

  test('a journal that is a link is rejected, and nothing is written through it', async () => {
    const file = newOutput();
    const target = newOutput();
    writeFileSync(target, '');
    symlinkSync(target, `${file}.journal`);
    await expect(fileOutput(file, 'csv', STARTED)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    expect([existsSync(file), readFileSync(target, 'utf8')]).toEqual([false, '']);
  });

  test('a journal that is a pipe is rejected without waiting for its writer', async () => {
    const file = newOutput();
    execFileSync('mkfifo', [`${file}.journal`]);
    await expect(fileOutput(file, 'csv', STARTED)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  test('an output that is a pipe is rejected', async () => {
    const file = newOutput();
    execFileSync('mkfifo', [file]);
    await expect(fileOutput(file, 'csv', STARTED)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: `The output ${file} cannot be written: it is not a file.`,
      hint: expect.stringContaining('leave out --out'),
    });
    expect([`${file}.journal`, `${file}.lock`].filter((path) => existsSync(path))).toEqual([]);
  });

  test.each(['notes.txt', '3', 'claim-me'])(
    'a lock folder with a file %s of the user is rejected',
    async (name) => {
      const file = newOutput();
      mkdirSync(`${file}.lock`, { mode: 0o700 });
      const precious = join(`${file}.lock`, name);
      writeFileSync(precious, 'precious');
      await expect(fileOutput(file, 'csv', STARTED)).rejects.toMatchObject({
        message: `--out: ${file}.lock exists and was not created by mdti.`,
      });
      expect(readFileSync(precious, 'utf8')).toBe('precious');
    },
  );

  test('a file that appears in the lock folder during the work stays', async () => {
    const file = newOutput();
    const output = await fileOutput(file, 'csv', STARTED);
    writeFileSync(join(`${file}.lock`, 'notes.txt'), 'precious');
    await output.close(true);
    expect(readdirSync(`${file}.lock`)).toEqual(['notes.txt']);
  });

  test.each(['', '{"for', '{"format":"csv","star'])(
    'a journal that a kill cut to %j is started anew',
    async (text) => {
      const file = newOutput();
      writeFileSync(`${file}.journal`, text);
      const output = await fileOutput(file, 'csv', STARTED);
      await output.put('one\r\n', 1, 'print');
      await output.close(true);
      expect(readFileSync(file, 'utf8')).toMatch(/^input,.*\r\none\r\n$/);
      expect(existsSync(`${file}.journal`)).toBe(false);
    },
  );
});

test('names a folder that does not exist, and does not create it', async () => {
  const folder = join(dirname(newOutput()), 'nowhere');
  await expect(fileOutput(join(folder, 'out.csv'), 'csv', STARTED)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining('its folder does not exist'),
  });
  expect(existsSync(folder)).toBe(false);
});

test('an output that is a link to itself is named', async () => {
  const file = newOutput();
  symlinkSync(file, file);
  await expect(fileOutput(file, 'csv', STARTED)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: `The output ${file} cannot be written.`,
  });
});

test('the error says that the output is a folder or is below a file', async () => {
  const file = newOutput();
  mkdirSync(file);
  await expect(fileOutput(file, 'csv', STARTED)).rejects.toMatchObject({
    message: `The output ${file} cannot be written: it is a folder.`,
    hint: expect.stringContaining('its permissions and the free space'),
  });
  const other = newOutput();
  writeFileSync(other, 'precious');
  await expect(fileOutput(join(other, 'out.csv'), 'csv', STARTED)).rejects.toMatchObject({
    message: expect.stringContaining('cannot be written: its folder does not exist'),
  });
});

test.each([
  ['EACCES', 'this user may not write there'],
  ['EPERM', 'this user may not write there'],
  ['EROFS', 'the file system is read-only'],
  ['EDQUOT', 'the disk quota is used up'],
  ['ENAMETOOLONG', 'its name with `.journal` or `.lock` is too long'],
])('a refusal with %s is explained', (code, reason) => {
  expect(unwritable('out.csv', { code }).message).toBe(`The output out.csv cannot be written: ${reason}.`);
});
