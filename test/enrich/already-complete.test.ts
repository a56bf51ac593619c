import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alreadyComplete, completeRows, isWithoutJournal } from '../../src/enrich/already-complete';

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
  ['ndjson', '{"input":"contoso.com"}\nnot a row\n'],
  ['ndjson', '{"value":"contoso.com"}\n'],
  ['ndjson', '{"input":5}\n'],
  ['ndjson', '["contoso.com"]\n'],
  ['ndjson', 'null\n'],
  ['stix', '{"type":"bundle"}\n'],
] as const)('%s: the input is not read where the file has no rows', async (format, text) => {
  const file = join(folder, `other.${format}`);
  writeFileSync(file, text);
  expect(await completeRows(file, format, unread())).toBeUndefined();
});

test('rows in another order are complete, those of another input are not', async () => {
  const file = join(folder, 'rows.ndjson');
  writeFileSync(file, '{"input":"192.0.2.1"}\n{"input":"contoso.com"}\n\n');
  expect(await completeRows(file, 'ndjson', source('contoso.com', '192.0.2.1'))).toBe(2);
  expect(await completeRows(file, 'ndjson', source('contoso.com', 'example.org'))).toBeUndefined();
  expect(await completeRows(file, 'ndjson', source('contoso.com'))).toBeUndefined();
});

test('rows of a CSV are complete with the cells of its column', async () => {
  const file = join(folder, 'rows.csv');
  writeFileSync(file, 'type,input\ndomain,contoso.com\ndomain,contoso.com\nipv4,192.0.2.1\n');
  expect(await completeRows(file, 'csv', source('contoso.com', '192.0.2.1', 'contoso.com'))).toBe(3);
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
  [1, 'already complete: 1 row is in out.csv.\n'],
  [1_200, 'already complete: 1,200 rows are in out.csv.\n'],
])('an output with %d rows is reported as complete', (rows, text) => {
  expect(alreadyComplete(rows, 'out.csv')).toBe(text);
});
