import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { completeRows } from '../../src/enrich/already-complete';

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
