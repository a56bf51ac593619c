import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countedSource, openSource } from '../../../src/doors/cli/enrich/source';
import { raised } from '../../support/raised';
import { standardStreams } from '../../support/standard-streams';

const folder = mkdtempSync(join(tmpdir(), 'mdti-enrich-source-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => jest.restoreAllMocks());

const { signal } = new AbortController();
const file = join(folder, 'list.txt');

async function* rowsOf(count: number): AsyncGenerator<string> {
  for (let row = 0; row < count; row++) yield `n${row}.example`;
}

/** The share that is done with each of these numbers of rows, after a number of rows was read of an input of which a share was read. */
async function shares(read: number, input: number | undefined, ...done: number[]) {
  const { rows, share } = countedSource(rowsOf(10), () => input);
  for (let row = 0; row < read; row++) await rows.next();
  return done.map(share);
}

test('an interruption stops the run before row 1,000, even if all rows are available at once', async () => {
  const file = join(folder, 'rejected.txt');
  writeFileSync(file, 'not a host\n'.repeat(5_000));
  const interrupted = new AbortController();
  const { rows } = await openSource([file], undefined, interrupted.signal);
  let read = 0;
  const reading = async () => {
    for await (const _ of rows) if (read++ === 0) setImmediate(() => interrupted.abort());
  };
  await expect(reading()).rejects.toMatchObject({ name: 'AbortError' });
  expect(read).toBeLessThan(1_000);
});

test('every row is passed on', async () => {
  const file = join(folder, 'many.txt');
  const lines = Array.from({ length: 250 }, (_, at) => `${at}.example`);
  writeFileSync(file, lines.join('\n'));
  const { rows } = await openSource([file], undefined, new AbortController().signal);
  const read: string[] = [];
  for await (const row of rows) read.push(row);
  expect(read).toEqual(lines);
});

test('progress is the share of the input read times the share of those rows that are done', async () => {
  expect(await shares(0, 0.5, 0)).toEqual([undefined]);
  expect(await shares(4, 0.5, 0, 1, 2, 4, 8)).toEqual([0, 0.125, 0.25, 0.5, 0.5]);
  expect(await shares(4, 1, 4)).toEqual([1]);
  expect(await shares(4, undefined, 2)).toEqual([undefined]);
});

test('a file reports the share of it that was read', async () => {
  // Far more than is read ahead, in few rows.
  writeFileSync(file, `${'x'.repeat(4_000)}\n`.repeat(300));
  const { input, rows } = await openSource([file], undefined, signal);
  const all = rows[Symbol.asyncIterator]();
  await all.next();
  expect(input.share()).toBeGreaterThan(0);
  expect(input.share()).toBeLessThan(1);
  while (!(await all.next()).done);
  expect(input.share()).toBe(1);
});

test('an empty file is read at once', async () => {
  writeFileSync(file, '');
  expect((await openSource([file], undefined, signal)).input.share()).toBe(1);
});

test('the share of a growing file is never more than 1', async () => {
  writeFileSync(file, 'a.example\n');
  const { input, rows } = await openSource([file], undefined, signal);
  Object.assign(input.stream, { bytesRead: 1_000 });
  expect(input.share()).toBe(1);
  for await (const _ of rows);
});

test.each([
  [
    'a folder',
    Object.assign(new Error('EISDIR'), { code: 'EISDIR', errno: -21, syscall: 'read' }),
    'stdin is a folder.',
  ],
  [
    'refused by the system',
    Object.assign(new Error('EIO'), { code: 'EIO', errno: -5, syscall: 'read' }),
    'stdin cannot be read: the operating system returned an error.',
  ],
  ['interrupted', Object.assign(new Error('stopped'), { name: 'AbortError', code: 'ABORT_ERR' }), 'stopped'],
])('stdin that is %s', async (_, cause, message) => {
  const { stdin } = standardStreams();
  const opened = openSource([], undefined, signal);
  stdin.destroy(cause);
  await expect(opened).rejects.toMatchObject({ message });
});

test('a folder cannot be read, and the error names it', async () => {
  expect(await raised(() => openSource([folder], undefined, signal))).toMatchObject({
    code: 'ARGUMENT_INVALID',
    message: `${folder} is a folder.`,
    hint: 'Name a file with one observable per line, or pipe them in.',
  });
});

test.each([[[]], [['-']]])('the share of stdin is unknown, words %j', async (words) => {
  const { stdin } = standardStreams();
  stdin.end('contoso.com\n');
  expect((await openSource(words, undefined, signal)).input.share()).toBeUndefined();
});
