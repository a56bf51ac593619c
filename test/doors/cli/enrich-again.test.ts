import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Sandbox } from '../../../src/sandbox';
import { enrichSandbox } from '../../support/enrich-list';

const set = enrichSandbox();
const { enrich, out, rejectName } = set;
let sandbox: Sandbox;
let folder: string;
let list: string;
beforeEach(() => {
  ({ sandbox, folder, list } = set);
});

describe.each(['csv', 'ndjson'] as const)('the same command after it finished, %s', (output) => {
  test.each([
    ['all found', 'contoso.com\n', 0, '1 row is', '1 found, 0 unknown, 0 refused, 0 failed'],
    ['one refused', 'contoso.com\nN/A\n', 3, '2 rows are', '1 found, 0 unknown, 1 refused, 0 failed'],
    [
      'one failed',
      'contoso.com\nn1.example\nbad.example\n',
      3,
      '3 rows are',
      '1 found, 1 unknown, 0 refused, 1 failed',
    ],
  ])('%s: has the status of the run that wrote the file', async (_, text, status, rows, counts) => {
    writeFileSync(list, text);
    rejectName('bad.example', 400);
    const file = out(`rows.${output}`);
    const first = await enrich({ output, out: file });
    expect(first.ended).toBe(status);
    expect(first.stderr.includes('To retry the failed rows, name another file')).toBe(text.includes('bad'));
    const [written, requests] = [readFileSync(file, 'utf8'), sandbox.requests.length];
    const again = await enrich({ output, out: file });
    expect([again.ended, again.stderr.split('\n')[0]]).toEqual([
      status,
      `already complete: ${rows} in ${file}: ${counts}.`,
    ]);
    expect(again.stderr.includes('To retry the failed rows, name another file')).toBe(text.includes('bad'));
    expect(await enrich({ output, out: file, quiet: true })).toEqual({ ended: status, stderr: '' });
    expect([readFileSync(file, 'utf8'), sandbox.requests.length]).toEqual([written, requests]);
  });

  test.each([
    ['--fresh', { fresh: true }],
    ['--max-age', { 'max-age': '1h' }],
  ])('with %s: an error says that the file is not replaced', async (option, options) => {
    writeFileSync(list, 'contoso.com\nN/A\n');
    const file = out(`rows.${output}`);
    await enrich({ output, out: file });
    const written = readFileSync(file, 'utf8');
    expect((await enrich({ output, out: file, ...options })).ended).toEqual({
      code: 'ARGUMENT_INVALID',
      message: `--out: ${file} already has all rows of this list from an earlier run: 1 found, 0 unknown, 1 refused, 0 failed.`,
      hint: `${option} does not replace a file. Name another file, or delete this one.`,
    });
    expect(readFileSync(file, 'utf8')).toBe(written);
  });

  test('lines that start like a formula are compared without the quote before them', async () => {
    writeFileSync(list, '=1+1\n-x\n+contoso.com\n@user\n-5\none;=two\n＝1\ncontoso.com\n');
    const file = out(`rows.${output}`);
    expect((await enrich({ output, out: file })).ended).toBe(3);
    expect((await enrich({ output, out: file })).stderr).toContain('already complete: 8 rows are in');
  });
});

test('a STIX bundle: the error says that it cannot be compared with the list', async () => {
  writeFileSync(list, 'contoso.com\n');
  const file = out('rows.json');
  await enrich({ output: 'stix', out: file });
  expect((await enrich({ output: 'stix', out: file })).ended).toEqual({
    code: 'ARGUMENT_INVALID',
    message: `--out: ${file} exists and is not empty.`,
    hint: 'A STIX bundle does not contain the lines of the list that it was made from. If a complete run wrote it, there is nothing to resume. Name another file, or delete this one.',
  });
});

test.each(['csv', 'ndjson', 'stix'] as const)(
  'a run that resumes has the status of all rows, also of those that the interrupted run wrote: %s',
  async (output) => {
    const names = Array.from({ length: 60 }, (_, at) => (at === 0 ? 'N/A' : `n${at}.example`));
    writeFileSync(list, names.join('\n'));
    const file = out('rows');
    // The groups before that of the last name are written.
    rejectName('n59.example', 403, 1);
    expect((await enrich({ output, out: file })).ended).toBe(1);
    const { ended, stderr } = await enrich({ output, out: file });
    expect(stderr).toMatch(/ 0 refused, 0 failed\. \S+ rows were written by an earlier run\./);
    expect(ended).toBe(3);
  },
);

test.each([240, 247, 250, 252, 255])(
  'a name of %d characters: the run works, or leaves nothing',
  async (length) => {
    writeFileSync(list, 'contoso.com\n');
    const file = out('x'.repeat(length));
    const { ended } = await enrich({ out: file });
    if (length <= 247) return expect(ended).toBe(0);
    expect(ended).toMatchObject({
      code: 'CONFIG_INVALID',
      message: `The output ${file} cannot be written: its name with \`.journal\` or \`.lock\` is too long.`,
    });
    expect(readdirSync(folder)).toEqual(['list.txt']);
  },
);

test('a run that no row succeeds in leaves no file, and an empty file of the user stays', async () => {
  writeFileSync(list, 'contoso.com\n');
  writeFileSync(out('empty.csv'), '');
  sandbox.faults.rules = [{ kind: 'error', match: '/v1.0', times: 100, status: 403 }];
  for (const name of ['new.csv', 'empty.csv'])
    expect((await enrich({ output: 'csv', out: out(name) })).ended).toBe(1);
  expect(readdirSync(folder).sort()).toEqual(['empty.csv', 'list.txt']);
  expect(readFileSync(out('empty.csv'), 'utf8')).toBe('');
});
