import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FORMATS, type FormatName } from '../../src/enrich/formats/format';
import { readJournal } from '../../src/enrich/journal';
import { fileOutput, streamOutput } from '../../src/enrich/output-file';
import { enrichedRow, readRow } from '../../src/enrich/row';
import { newOutput, outputKilledAtStart, STARTED, unfinishedOutput } from '../support/output';

test('resumes behind the last step, with the first start time', async () => {
  const file = await unfinishedOutput();
  appendFileSync(file, 'half of a st');
  appendFileSync(`${file}.journal`, '{"rows":60,"byt');

  const second = await fileOutput(file, 'csv', '2026-01-01T00:00:00.000Z');
  expect(second).toMatchObject({ started: STARTED, done: { rows: 40, inputHash: 'print 2' } });
  await second.put('three\r\n', 1, 'print 3');
  await second.close(true);
  expect(readFileSync(file, 'utf8')).toMatch(/^input,.*\r\none\r\ntwo\r\nthree\r\n$/);
  expect([`${file}.journal`, `${file}.lock`].filter((path) => existsSync(path))).toEqual([]);
});

test.each([
  ['another format', 'ndjson' as const, () => {}],
  ['fewer bytes than the journal says', 'csv' as const, (file: string) => truncateSync(file, 3)],
  [
    'other content than the journal says',
    'csv' as const,
    (file: string) => writeFileSync(file, 'precious '.repeat(100)),
  ],
  [
    'an edited journal',
    'csv' as const,
    (file: string) => {
      const text = readFileSync(`${file}.journal`, 'utf8');
      writeFileSync(`${file}.journal`, text.replaceAll(/"bytes":\d+/g, '"bytes":5'));
    },
  ],
])('rejects %s and truncates nothing', async (_, format, change) => {
  const file = await unfinishedOutput();
  change(file);
  const { size } = statSync(file);
  await expect(fileOutput(file, format, STARTED)).rejects.toMatchObject({
    code: 'ARGUMENT_INVALID',
    ...(format === 'csv'
      ? {
          message: `--out: ${file} does not match its journal ${file}.journal.`,
          hint: expect.stringContaining('delete this one and its journal'),
        }
      : {
          message: `--out: ${file} was started with -o csv.`,
          hint: expect.stringContaining('Add -o csv to resume'),
        }),
  });
  expect(statSync(file).size).toBe(size);
});

test('a journal whose output was deleted is rejected, and no empty output is left', async () => {
  const file = await unfinishedOutput();
  rmSync(file);
  await expect(fileOutput(file, 'csv', STARTED)).rejects.toThrow('does not match its journal');
  expect(readdirSync(dirname(file))).toEqual(['out.csv.journal']);
});

test('an output that an earlier version did not finish is resumed', async () => {
  const file = newOutput();
  writeFileSync(file, '{"n":573}\n');
  const done = { rows: 1, bytes: 10, inputHash: 'print', tail: 'ECD0dXK5Fc98QJG5if_R0w' };
  const header = { format: 'ndjson', started: STARTED, inode: statSync(file).ino };
  writeFileSync(`${file}.journal`, `${JSON.stringify(header)}\n${JSON.stringify(done)}\n`);
  const output = await fileOutput(file, 'ndjson', STARTED);
  expect(output.done).toEqual(done);
  await output.close(false);
});

test('an attempt that wrote no row does not bind the next one to its format', async () => {
  const file = await outputKilledAtStart('csv');
  const output = await fileOutput(file, 'ndjson', STARTED);
  await output.put('{}\n', 1, 'hash');
  await output.close(true);
  expect(readFileSync(file, 'utf8')).toBe('{}\n');
});

test('a run that was killed before its first row began the work: responses since then are of this work', async () => {
  const file = await outputKilledAtStart('csv');
  const { started, close } = await fileOutput(file, 'csv', '2026-01-01T00:00:00.000Z');
  expect(started).toBe(STARTED);
  await close(false);
});

test('a run that was killed before its first row starts anew where its output was deleted', async () => {
  const file = await outputKilledAtStart('csv');
  rmSync(file);
  await (await fileOutput(file, 'csv', STARTED)).close(true);
  expect(readFileSync(file, 'utf8')).toMatch(/^input,.*\r\n$/);
});

test('a run that is interrupted twice, with short rows, is resumed twice', async () => {
  const file = await unfinishedOutput();
  const second = await fileOutput(file, 'csv', STARTED);
  await second.put('three\r\n', 20, 'print 3', [7], 2);
  await second.close(false);
  const third = await fileOutput(file, 'csv', STARTED);
  expect(third.done).toMatchObject({ rows: 60, inputHash: 'print 3', failed: [7], withoutResult: 2 });
  await third.put('four\r\n', 0, 'print 3', [], 1);
  await third.close(false);
  const fourth = await fileOutput(file, 'csv', STARTED);
  expect(fourth.done).toMatchObject({ rows: 60, failed: [], withoutResult: 3 });
  await fourth.close(true);
  expect(readFileSync(file, 'utf8')).toMatch(/\r\none\r\ntwo\r\nthree\r\nfour\r\n$/);
});

/** What a stream gets: the head, then each text. */
async function streamed(name: FormatName, texts: readonly string[], complete: boolean): Promise<string> {
  let written = '';
  const write = async (text: string) => {
    written += text;
  };
  const output = await streamOutput(write, name, STARTED);
  for (const text of texts) await output.put(text, 1, 'print');
  await output.close(complete);
  return written;
}

describe('a stream', () => {
  test('gets the rows only', async () => {
    expect(await streamed('ndjson', ['row\n', 'row\n'], true)).toBe('row\nrow\n');
  });

  test('has nothing behind the last row of a run that did not finish', async () => {
    expect(await streamed('stix', [], false)).toBe(FORMATS.stix.head);
  });

  test('gets the bundle that a file gets: each object once, and an ID that follows from them', async () => {
    const [one = '', other = ''] = ['contoso.com', 'example.org'].map((name) =>
      FORMATS.stix.row(enrichedRow(readRow(name), undefined)),
    );
    const file = newOutput();
    const output = await fileOutput(file, 'stix', STARTED);
    for (const text of [one, other, one]) await output.put(text, 1, 'print');
    await output.close(true);
    const text = readFileSync(file, 'utf8');
    expect(await streamed('stix', [one, other, one], true)).toBe(text);
    const { id, objects } = JSON.parse(text) as { id: string; objects: { value?: string }[] };
    expect(objects.flatMap(({ value }) => value ?? [])).toEqual(['contoso.com', 'example.org']);
    expect(JSON.parse(await streamed('stix', [other], true)).id).not.toBe(id);
  });
});

test('reads a journal of any length from its two ends', async () => {
  const file = newOutput();
  const handle = await open(file, 'w');
  await handle.write(`${JSON.stringify({ format: 'csv', started: STARTED, inode: 1 })}\n`);
  await handle.truncate(4 * 2 ** 30);
  const done = { rows: 7, bytes: 9, inputHash: 'p', tail: 't' };
  await handle.write(`\n${JSON.stringify(done)}\n`, 4 * 2 ** 30);
  await handle.close();
  expect(await readJournal(file)).toMatchObject({ format: 'csv', done });
});
