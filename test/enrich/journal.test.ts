import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  beginJournal,
  continueJournal,
  type JournalStep,
  NO_PROGRESS,
  readJournal,
} from '../../src/enrich/journal';

let file: string;
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'mdti-journal-')), 'rows.journal');
});

const BEGINNING = { format: 'csv', started: '2026-11-21T12:00:00.000Z', inode: 7 };

function step(rows: number): JournalStep {
  return { rows, bytes: rows * 100, inputHash: `print ${rows}`, tail: `tail ${rows}` };
}

async function noted(...rows: number[]): Promise<void> {
  const journal = await beginJournal(file, BEGINNING);
  for (const count of rows) await journal.append(step(count));
  await journal.close();
}

test('the last step counts', async () => {
  await noted(20, 40, 60);
  expect(await readJournal(file)).toEqual({ ...BEGINNING, done: step(60) });
});

test('work that has no step yet starts at the first row', async () => {
  await noted();
  expect(await readJournal(file)).toEqual({ ...BEGINNING, done: NO_PROGRESS });
});

test('whatever byte a kill ends the journal at, a step that is there counts, and a later step is found behind the cut', async () => {
  await noted(20, 40);
  const whole = readFileSync(file);
  const firstLine = whole.indexOf(10) + 1;
  const secondLine = whole.indexOf(10, firstLine) + 1;
  for (let cut = firstLine; cut < whole.length; cut++) {
    writeFileSync(file, whole.subarray(0, cut));
    const rows = (await readJournal(file))?.done.rows;
    expect(rows).toBe(cut < secondLine ? 0 : 20);
    const journal = await continueJournal(file);
    await journal.append(step(80));
    await journal.close();
    expect(await readJournal(file)).toEqual({ ...BEGINNING, done: step(80) });
  }
});

test.each([
  ['a first line that was cut off', '{"format":"csv","star'],
  ['an empty file', ''],
  ['a first line of another kind', '{"format":"csv"}\n'],
  ['a first line with a format that is a number', '{"format":1,"started":"x","inode":7}\n'],
  ['a first line with a start that is a number', '{"format":"csv","started":1,"inode":7}\n'],
  ['a first line with an inode that is a string', '{"format":"csv","started":"x","inode":"7"}\n'],
  ['no JSON', 'rows,rows\n'],
])('%s is not a journal', async (_, text) => {
  writeFileSync(file, text);
  expect(await readJournal(file)).toBeUndefined();
});

test('a journal that cannot be written fails where it is started, and no step of another kind is read', async () => {
  await expect(beginJournal(join(file, 'below'), BEGINNING)).rejects.toThrow('ENO');
  expect(NO_PROGRESS).toEqual({ rows: 0, bytes: 0, inputHash: '', tail: '' });
});

test('a step of no rows counts: the head of the output is written', async () => {
  await noted(0);
  expect((await readJournal(file))?.done).toEqual(step(0));
});

test('a closed journal rejects a step', async () => {
  const journal = await beginJournal(file, BEGINNING);
  await journal.close();
  await expect(journal.append(step(20))).rejects.toThrow();
});

test('a missing file is not a journal', async () => {
  expect(await readJournal(file)).toBeUndefined();
});

test.each([
  '{"rows":-1,"bytes":0,"inputHash":"","tail":""}',
  '{"rows":1.5,"bytes":0,"inputHash":"","tail":""}',
  '{"rows":1,"bytes":1e300,"inputHash":"","tail":""}',
  '{"rows":1,"bytes":"0","inputHash":"","tail":""}',
  '{"rows":1,"bytes":0,"inputHash":1,"tail":""}',
  '{"rows":1,"bytes":0,"inputHash":""}',
  'null',
])('%s is not a step, so the one before it counts', async (line) => {
  await noted(20);
  appendFileSync(file, `${line}\n`);
  expect((await readJournal(file))?.done).toEqual(step(20));
});

test('a journal of any length is read from its two ends', async () => {
  await noted(20);
  appendFileSync(file, `${JSON.stringify(step(40))}\n`.repeat(3_000));
  appendFileSync(file, `${JSON.stringify(step(60))}\n`);
  expect((await readJournal(file))?.done).toEqual(step(60));
});

test('a journal without steps starts at the first row with no fingerprints', async () => {
  await noted();
  expect((await readJournal(file))?.done).toEqual({ rows: 0, bytes: 0, inputHash: '', tail: '' });
});

test.each([
  ['format', 7],
  ['started', null],
  ['inode', '7'],
])('a first line whose %s is %j belongs to no journal', async (name, value) => {
  writeFileSync(file, `${JSON.stringify({ ...BEGINNING, [name]: value })}\n`);
  expect(await readJournal(file)).toBeUndefined();
});

test.each([
  ['rows', 0, true],
  ['bytes', 0, true],
  ['failed', [0], true],
  ['rows', -1, false],
  ['bytes', 1.5, false],
  ['bytes', '5', false],
  ['inputHash', 5, false],
  ['tail', null, false],
  ['failed', 7, false],
  ['failed', [1, -1], false],
  ['withoutResult', 3, true],
  ['withoutResult', -1, false],
])('a step whose %s is %j counts: %j', async (name, value, counts) => {
  await noted(20);
  appendFileSync(file, `${JSON.stringify({ ...step(40), [name]: value })}\n`);
  expect((await readJournal(file))?.done).toEqual(counts ? { ...step(40), [name]: value } : step(20));
});

test('a closed journal rejects further steps', async () => {
  const journal = await beginJournal(file, BEGINNING);
  await journal.close();
  await expect(journal.append(step(20))).rejects.toThrow();
  expect((await readJournal(file))?.done).toEqual(NO_PROGRESS);
});

test('a continued journal ends a line that was cut, and adds nothing else', async () => {
  await noted(20);
  appendFileSync(file, '{"rows":40,"byt');
  const before = readFileSync(file, 'utf8');
  const journal = await continueJournal(file);
  await journal.close();
  expect(readFileSync(file, 'utf8')).toBe(`${before}\n`);
});
