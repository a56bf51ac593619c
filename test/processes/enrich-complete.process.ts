import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mdti } from '../support/mdti';

const folder = mkdtempSync(join(tmpdir(), 'mdti-complete-'));
const list = join(folder, 'list.txt');
writeFileSync(list, 'contoso.com\nN/A\n192[.]0[.]2[.]1\n"a, b"\n');

const WHY = 'Exit status 3: 2 rows were refused or failed. The field `reason` states why.\n';

test.each(['csv', 'ndjson'])('the same command after it finished: %s is already complete', async (format) => {
  const out = join(folder, `rows.${format}`);
  const command = ['enrich', list, '--out', out, '-o', format, '--sandbox'];
  await mdti(command);
  const rows = readFileSync(out, 'utf8');
  expect(await mdti(command)).toEqual({
    status: 3,
    stdout: '',
    stderr: `already complete: 4 rows are in ${out}: 2 found, 0 unknown, 2 refused, 0 failed.\n${WHY}`,
  });
  expect(readFileSync(out, 'utf8')).toBe(rows);
});

test.each([
  ['its name', list, []],
  ['a link to it, also over a queue', join(folder, 'link.txt'), ['--queue', 'nightly']],
])('rejects the input as output by %s', async (_, out, more) => {
  const before = readFileSync(list, 'utf8');
  if (out !== list) symlinkSync(list, out);
  const { status, stderr } = await mdti(['enrich', list, '--out', out, '--sandbox', ...more]);
  expect([status, stderr]).toEqual([2, `--out: "${out}" is the input.\nName another file for the rows.\n`]);
  expect(readFileSync(list, 'utf8')).toBe(before);
});

test.each([
  ['another input', 'csv', 'contoso.com\nexample.org\n'],
  ['more rows', 'csv', 'contoso.com\ncontoso.com\n'],
  ['a bundle, which does not contain its input', 'stix', 'contoso.com\n'],
])('%s: the file is kept, and one sentence says why nothing was done', async (_, format, input) => {
  const out = join(folder, `other-${format}-${input.length}`);
  const other = join(folder, 'other.txt');
  writeFileSync(other, 'contoso.com\n');
  await mdti(['enrich', other, '--out', out, '-o', format, '--sandbox']);
  const rows = readFileSync(out, 'utf8');
  writeFileSync(other, input);
  const { status, stderr } = await mdti(['enrich', other, '--out', out, '-o', format, '--sandbox']);
  expect([status, stderr]).toEqual([
    2,
    `--out: ${out} exists and is not empty.\n${format === 'stix' ? 'A STIX bundle does not contain the lines of the list that it was made from. If a complete run wrote it, there is nothing to resume.' : `It does not have one ${format.toUpperCase()} row for each line of the list.`} Name another file, or delete this one.\n`,
  ]);
  expect(readFileSync(out, 'utf8')).toBe(rows);
});
