import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alreadyComplete, completeRows, isWithoutJournal } from '../../src/enrich/already-complete';
import { FORMATS } from '../../src/enrich/formats/format';
import { enrichedRow, readRow } from '../../src/enrich/row';
import fc from '../support/property';

const folder = mkdtempSync(join(tmpdir(), 'mdti-already-'));

async function* source(...inputs: readonly string[]): AsyncGenerator<string> {
  yield* inputs;
}

// biome-ignore lint/correctness/useYield: it fails when it is read.
async function* unread(): AsyncGenerator<string> {
  throw new Error('the input was read');
}

test.each([
  ['csv', 'other,columns\n1,2\n'],
  ['csv', 'input,type\n"contoso.com,domain\n'],
  ['csv', 'input,outcome\ncontoso.com,malicious\n'],
  ['ndjson', '{"input":"contoso.com","outcome":"found"}\nnot a row\n'],
  ['ndjson', '{"outcome":"found"}\n'],
  ['ndjson', '{"input":"contoso.com","outcome":"toString"}\n'],
  ['ndjson', '{"input":5,"outcome":"found"}\n'],
  ['ndjson', '["contoso.com"]\n'],
  ['ndjson', '{"input":"contoso.com","outcome":["found"]}\n'],
  ['ndjson', 'null\n'],
  ['stix', '{"type":"bundle"}\n'],
] as const)('%s: the input is not read where the file has no rows', async (format, text) => {
  const file = join(folder, `other.${format}`);
  writeFileSync(file, text);
  expect(await completeRows(file, format, unread())).toBeUndefined();
});

test('rows in another order are complete, those of another input are not', async () => {
  const file = join(folder, 'rows.ndjson');
  writeFileSync(
    file,
    '{"input":"192.0.2.1","outcome":"failed"}\n{"input":"contoso.com","outcome":"found"}\n\n',
  );
  expect(await completeRows(file, 'ndjson', source('contoso.com', '192.0.2.1'))).toEqual({
    found: 1,
    unknown: 0,
    refused: 0,
    failed: 1,
  });
  expect(await completeRows(file, 'ndjson', source('contoso.com', 'example.org'))).toBeUndefined();
  expect(await completeRows(file, 'ndjson', source('contoso.com'))).toBeUndefined();
});

test('rows of a CSV are complete with the cells of its column', async () => {
  const file = join(folder, 'rows.csv');
  writeFileSync(file, 'outcome,input\nfound,contoso.com\nfound,contoso.com\nunknown,192.0.2.1\n');
  expect(await completeRows(file, 'csv', source('contoso.com', '192.0.2.1', 'contoso.com'))).toEqual({
    found: 2,
    unknown: 1,
    refused: 0,
    failed: 0,
  });
  expect(await completeRows(file, 'csv', source('contoso.com', '192.0.2.1', '192.0.2.1'))).toBeUndefined();
});

test('a file with content and without a journal cannot be resumed', async () => {
  const file = join(folder, 'journal.csv');
  expect(await isWithoutJournal(file)).toBe(false);
  writeFileSync(file, '');
  expect(await isWithoutJournal(file)).toBe(false);
  writeFileSync(file, 'input\n');
  expect(await isWithoutJournal(file)).toBe(true);
  writeFileSync(`${file}.journal`, '');
  expect(await isWithoutJournal(file)).toBe(false);
  mkdirSync(join(folder, 'below'));
  expect(await isWithoutJournal(join(folder, 'below'))).toBe(false);
});

test.each([
  [1, '1 row is in', '1 unknown'],
  [1_200, '1,200 rows are in', '1,200 unknown'],
])('an output with %d rows is reported as complete', async (count, rows, unknown) => {
  const file = join(folder, `${count}.ndjson`);
  const inputs = Array.from({ length: count }, (_, at) => `n${at}.example`);
  writeFileSync(file, inputs.map((input) => `{"input":"${input}","outcome":"unknown"}\n`).join(''));
  expect(await alreadyComplete(file, 'ndjson', source(...inputs))).toEqual({
    text: `already complete: ${rows} ${file}: 0 found, ${unknown}, 0 refused, 0 failed.\n`,
    status: 0,
  });
});

test('reports failed rows and how to retry them, like the run that wrote them', async () => {
  const file = join(folder, 'failed.ndjson');
  writeFileSync(file, '{"input":"a.example","outcome":"failed"}\n{"input":"b.example","outcome":"found"}\n');
  expect(await alreadyComplete(file, 'ndjson', source('a.example', 'b.example'))).toEqual({
    text:
      `already complete: 2 rows are in ${file}: 1 found, 0 unknown, 0 refused, 1 failed.\n` +
      'Exit status 3: 1 row was refused or failed. The field `reason` states why.\n' +
      'To retry the failed rows, name another file or delete this one; the other rows reuse their responses.\n',
    status: 3,
  });
  await expect(
    alreadyComplete(file, 'ndjson', source('a.example', 'b.example'), '--fresh'),
  ).rejects.toMatchObject({
    code: 'ARGUMENT_INVALID',
    message: `--out: ${file} already has all rows of this list from an earlier run: 1 found, 0 unknown, 0 refused, 1 failed.`,
    hint: '--fresh does not replace a file. Name another file, or delete this one.',
  });
});

test('reports refused rows without advice to retry them: they are refused again', async () => {
  const file = join(folder, 'refused.csv');
  writeFileSync(file, 'input,outcome\nN/A,refused\n');
  expect(await alreadyComplete(file, 'csv', source('N/A'))).toEqual({
    text:
      `already complete: 1 row is in ${file}: 0 found, 0 unknown, 1 refused, 0 failed.\n` +
      'Exit status 3: 1 row was refused or failed. The field `reason` states why.\n',
    status: 3,
  });
});

test.each([
  ['ndjson', 'It does not have one NDJSON row for each line of the list.'],
  ['csv', 'It does not have one CSV row for each line of the list.'],
  [
    'stix',
    'A STIX bundle does not contain the lines of the list that it was made from. If a complete run wrote it, there is nothing to resume.',
  ],
] as const)('%s: a file with anything else is not replaced', async (format, reason) => {
  const file = join(folder, `foreign.${format}`);
  writeFileSync(file, 'something else\n');
  await expect(alreadyComplete(file, format, source('a.example'))).rejects.toMatchObject({
    code: 'ARGUMENT_INVALID',
    message: `--out: ${file} exists and is not empty.`,
    hint: `${reason} Name another file, or delete this one.`,
  });
});

test.each(['csv', 'ndjson'] as const)(
  '%s: a long line that is cut after a blank is recognized',
  async (format) => {
    const file = join(folder, `cut.${format}`);
    const line = `${'x'.repeat(999)} ${'y'.repeat(9_000)}`;
    const { head, row } = FORMATS[format];
    writeFileSync(file, head + row(enrichedRow(readRow(line), undefined)));
    expect(await completeRows(file, format, source(line))).toMatchObject({ refused: 1 });
  },
);

test.each(['csv', 'ndjson'] as const)('%s: the rows of any list are recognized', async (format) => {
  const file = join(folder, `any.${format}`);
  const unit = fc.constantFrom(
    '=',
    '-',
    '+',
    '@',
    '＝',
    ' ',
    ';',
    ',',
    '"',
    "'",
    '\t',
    '\r',
    '5',
    'a',
    '\u{1f600}',
  );
  const line = fc.string({ unit, minLength: 1, maxLength: 1_100 }).map((text) => text.trim());
  const lists = fc.array(
    line.filter((text) => text !== ''),
    { minLength: 1, maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(lists, async (inputs) => {
      const { head, row } = FORMATS[format];
      const rows = inputs.map((input) => row(enrichedRow(readRow(input), undefined)));
      writeFileSync(file, [head, ...rows].join(''));
      expect(await completeRows(file, format, source(...inputs))).toBeDefined();
    }),
  );
});
