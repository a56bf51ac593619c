import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readJournal } from '../../src/enrich/journal';
import { type EnrichOutput, fileOutput } from '../../src/enrich/output-file';
import { newOutput, STARTED } from '../support/output';

/** The output of a second run, which takes over from a first one that slept for a minute. */
function takenOver(file: string): Promise<EnrichOutput> {
  const [ticket = ''] = readdirSync(`${file}.lock`);
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(join(`${file}.lock`, ticket), longAgo, longAgo);
  return fileOutput(file, 'csv', STARTED);
}

test('a run that wrote no row leaves nothing, and does not touch the rows of a run that took over its output', async () => {
  const file = newOutput();
  await (await fileOutput(file, 'csv', STARTED)).close(false);
  expect(readdirSync(dirname(file))).toEqual([]);
  const slept = await fileOutput(file, 'csv', STARTED);
  const second = await takenOver(file);
  await second.put('one\r\n', 1, 'print');
  await slept.close(false);
  await second.close(true);
  expect(readFileSync(file, 'utf8')).toMatch(/^input,.*\r\none\r\n$/);
});

test.each([
  ['deleted', () => {}, []],
  ['replaced by a file', (lock: string) => writeFileSync(lock, ''), ['out.csv.lock']],
])(
  'a run whose lock was %s removes nothing: another run may use the output by now',
  async (_, replace, left) => {
    const file = newOutput();
    const output = await fileOutput(file, 'csv', STARTED);
    rmSync(`${file}.lock`, { recursive: true });
    replace(`${file}.lock`);
    await output.close(false);
    expect(readdirSync(dirname(file)).sort()).toEqual(['out.csv', 'out.csv.journal', ...left]);
  },
);

test('a run without rows does not remove an empty file that existed before', async () => {
  const file = newOutput();
  writeFileSync(file, '');
  const { ino } = statSync(file);
  await (await fileOutput(file, 'csv', STARTED)).close(false);
  expect(readdirSync(dirname(file))).toEqual(['out.csv']);
  expect([statSync(file).ino, statSync(file).size]).toEqual([ino, 0]);
});

test('rejects a second run while the first one writes', async () => {
  const file = newOutput();
  const first = await fileOutput(file, 'csv', STARTED);
  await expect(fileOutput(file, 'csv', STARTED)).rejects.toMatchObject({
    code: 'ARGUMENT_INVALID',
    message: `--out: another run is writing to ${file}.`,
    hint: expect.stringContaining('Wait for it'),
  });
  await first.put('one\r\n', 1, 'print');
  await first.close(true);
  expect(readFileSync(file, 'utf8')).toMatch(/^input,.*\r\none\r\n$/);
});

test('a run that slept stops once another run has taken over its output', async () => {
  const file = newOutput();
  const first = await fileOutput(file, 'csv', STARTED);
  await first.put('one\r\n', 1, 'print');
  const second = await takenOver(file);
  await second.put('two\r\n', 1, 'print');
  await expect(first.put('late\r\n', 1, 'print')).rejects.toMatchObject({
    message: `--out: another run is writing to ${file}.`,
  });
  await first.close(false);
  await second.close(true);
  expect(readFileSync(file, 'utf8')).toMatch(/^input,.*\r\none\r\ntwo\r\n$/);
});

test('a run that slept before its last step does not end the output of the run that took over', async () => {
  const file = newOutput();
  const first = await fileOutput(file, 'csv', STARTED);
  await first.put('one\r\n', 1, 'print');
  const second = await takenOver(file);
  await expect(first.close(true)).rejects.toMatchObject({
    message: `--out: another run is writing to ${file}.`,
  });
  expect(await readJournal(`${file}.journal`)).toMatchObject({ done: { rows: 1 } });
  await second.put('two\r\n', 1, 'print');
  await second.close(true);
  expect(readFileSync(file, 'utf8')).toMatch(/^input,.*\r\none\r\ntwo\r\n$/);
});

test('a journal of another user is rejected, and a new one is for this user alone', async () => {
  const file = newOutput();
  const output = await fileOutput(file, 'csv', STARTED);
  await output.put('one\r\n', 1, 'print');
  await output.close(false);
  expect(statSync(`${file}.journal`).mode & 0o777).toBe(0o600);
  const { uid } = statSync(`${file}.journal`);
  const getuid = jest.spyOn(process as Required<NodeJS.Process>, 'getuid').mockReturnValue(uid + 1);
  await expect(readJournal(`${file}.journal`)).rejects.toMatchObject({
    code: 'ARGUMENT_INVALID',
    message: `--out: ${file}.journal belongs to another user.`,
  });
  getuid.mockRestore();
  expect(await readJournal(`${file}.journal`)).toMatchObject({ done: { rows: 1 } });
});

test('a lock that cannot be read is not another run: the end of a complete run fails with the reason', async () => {
  const file = newOutput();
  const run = await fileOutput(file, 'csv', STARTED);
  await run.put('one\r\n', 1, 'print');
  const [ticket = ''] = readdirSync(`${file}.lock`);
  rmSync(join(`${file}.lock`, ticket));
  mkdirSync(join(`${file}.lock`, ticket));
  await expect(run.close(true)).rejects.toMatchObject({
    message: expect.stringMatching(`The output ${file} cannot be written: `),
  });
  expect(await readJournal(`${file}.journal`)).toMatchObject({ done: { rows: 1 } });
});
