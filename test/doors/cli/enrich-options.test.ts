import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EnrichCall } from '../../../src/doors/cli/enrich/enrich-call';
import { enrichList, enrichSandbox } from '../../support/enrich-list';

const set = enrichSandbox();
const { enrich, out } = set;
let folder: string;
let list: string;
beforeEach(() => {
  ({ folder, list } = set);
  writeFileSync(list, 'contoso.com\nN/A\n');
});

describe.each<[string, Partial<EnrichCall['options']>, RegExp, RegExp]>([
  ['--tenant without --queue', { tenant: 'a' }, /^--tenant needs --queue NAME\.$/, /Without a queue/],
  ['--folder without --queue', { folder: 'a' }, /^--folder needs --queue NAME\.$/, /Without a queue/],
  ['--every without --queue', { every: '1d' }, /^--every needs --queue NAME\.$/, /Without a queue/],
  ['a rate of 0', { rate: '0' }, /^--rate: "0" is not a rate\.$/, /requests per second, such as 20/],
  ['a rate above 100,000', { rate: '100001' }, /^--rate: "100001" is not a rate\.$/, /such as 20/],
  ['a --max-age without a unit', { 'max-age': 'x' }, /^--max-age: "x" is not a duration\./, /12h or 7d/],
  ['a --column of plain lines', { column: 'x' }, /^--column: the input has no column "x"\.$/, /columns are/],
  ['a short period', { queue: 'q', every: '59s' }, /^--every: "59s" is too short\.$/, /--every 24h/],
  ['a period that is none', { queue: 'q', every: 'x' }, /^--every: "x" is not a duration\.$/, /12h or 7d/],
])('%s', (_, options, message, hint) => {
  test('is rejected before an output is created', async () => {
    const { ended } = await enrich({ ...options, out: out() });
    expect(ended).toEqual({
      code: expect.stringMatching(/^(?:ARGUMENT_INVALID|INVOCATION_UNREADABLE)$/),
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
    expect(existsSync(out())).toBe(false);
  });
});

test('a rejected option leaves no progress line behind', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  const { ended } = await enrich({ rate: '0', out: out() });
  const timers = jest.getTimerCount();
  jest.useRealTimers();
  expect([ended, timers]).toEqual([expect.objectContaining({ code: 'ARGUMENT_INVALID' }), 0]);
});

test('--every cannot read stdin again', async () => {
  const { ended } = await enrich({ queue: 'q', every: '1h', out: out() }, '-');
  expect(ended).toMatchObject({
    code: 'INVOCATION_UNREADABLE',
    message: '--every needs a file: stdin can be read once.',
  });
});

test.each([
  ['nowhere', /nowhere does not exist\.$/, /pipe them in\.$/],
  ['192.0.2.1', /192\.0\.2\.1 does not exist\.$/, /To look up one, run `mdti ip 192\.0\.2\.1`\.$/],
  ['below', /below is a folder\.$/, /one observable per line/],
])('an input %s is named', async (name, message, hint) => {
  mkdirSync(join(folder, 'below'));
  const before = process.cwd();
  process.chdir(folder);
  const { ended } = await enrich({ out: out() }, name).finally(() => process.chdir(before));
  expect(existsSync(out())).toBe(false);
  expect(ended).toMatchObject({
    code: 'ARGUMENT_INVALID',
    message: expect.stringMatching(message),
    hint: expect.stringMatching(hint),
  });
});

test('--out - is rejected: it would create a file of that name', async () => {
  const before = process.cwd();
  process.chdir(folder);
  const { ended } = await enrich({ out: '-' }).finally(() => process.chdir(before));
  expect(existsSync(out('-'))).toBe(false);
  expect(ended).toMatchObject({
    code: 'ARGUMENT_INVALID',
    message: '--out: "-" is not a file.',
    hint: 'Name a file, or leave out --out to write to stdout.',
  });
});

test.each(['list.txt', 'link.txt'])('an output %s that is the input is rejected', async (name) => {
  symlinkSync(list, out('link.txt'));
  const { ended } = await enrich({ out: out(name) });
  expect(ended).toMatchObject({
    code: 'ARGUMENT_INVALID',
    message: `--out: "${out(name)}" is the input.`,
    hint: expect.stringContaining('another file'),
  });
  expect(readFileSync(list, 'utf8')).toBe('contoso.com\nN/A\n');
});

test('the end counts the rows and the requests, and nothing is written with --quiet', async () => {
  const text =
    '2 rows: 1 found, 0 unknown, 1 refused, 0 failed. 1 request to Graph, 0 responses reused.\n' +
    'Exit status 3: 1 row was refused or failed. The field `reason` states why.\n';
  expect(await enrich({ out: out() })).toEqual({ ended: 3, stderr: text });
  expect(await enrich({ out: out('quiet.ndjson'), quiet: true, rate: '50' })).toEqual({
    ended: 3,
    stderr: '',
  });
});

test('the column that was found in a CSV is named, unless with --quiet', async () => {
  writeFileSync(list, 'id,host\n1,contoso.com\n');
  const note = 'Reading the column "host" of the CSV input; --column names another one.\n';
  expect((await enrich({ out: out() })).stderr).toContain(note);
  expect((await enrich({ out: out('quiet'), quiet: true })).stderr).toBe('');
  expect((await enrich({ out: out('named'), column: 'host' })).stderr).not.toContain('Reading the column');
});

describe('the log', () => {
  test.each([
    ['by default', undefined, undefined, 0, 1],
    ['with --verbose', undefined, 'info', 1, 1],
    ['with --quiet', undefined, 'error', 0, 0],
    ['with MDTI_LOG=debug', 'debug', undefined, 1, 1],
    ['with MDTI_LOG=error', 'error', undefined, 0, 0],
    ['with MDTI_LOG=error and --verbose', 'error', 'info', 1, 1],
  ] as const)(
    '%s shows requests and, once, a warning about a parameter',
    async (_, level, option, ...shown) => {
      writeFileSync(list, 'contoso.com\n');
      const before = process.env;
      process.env = { ...before, MDTI_LOG: level };
      if (level === undefined) delete process.env.MDTI_LOG;
      const { stderr } = await enrichList(set.sandbox, list, { out: out() }, { insecure: true }, option);
      process.env = before;
      const [requests, warnings] = [/"graph responded".*reputation/g, /certificates are not checked/g];
      expect([requests, warnings].map((line) => stderr.match(line)?.length ?? 0)).toEqual(shown);
    },
  );
});

test.each([
  ['by default', undefined, 0],
  ['with --verbose', 'info', 1],
] as const)('a warning about the work itself is in the log %s', async (_, option, shown) => {
  writeFileSync(list, 'contoso.com\n192.0.2.1\n');
  set.sandbox.faults.rules = [{ kind: 'error', match: '/v1.0/$batch', times: 100, status: 404 }];
  const before = process.env;
  const { MDTI_LOG, ...environment } = before;
  process.env = environment;
  const { ended, stderr } = await enrichList(set.sandbox, list, { out: out() }, {}, option);
  process.env = before;
  expect([ended, stderr.match(/batches are rejected/g)?.length ?? 0]).toEqual([0, shown]);
});

test('an observable is requested once, however often it is in the list', async () => {
  const rows = ['contoso.com', ...Array.from({ length: 900 }, (_, row) => `n${row}.example`), 'contoso.com'];
  writeFileSync(list, rows.join('\n'));
  expect((await enrich({ out: out() })).stderr).toMatch(/ 901 requests to Graph, 1 response reused\.\n$/);
});

describe('a run that Graph stops', () => {
  const rejectFrom = (name: string) => set.rejectName(name, 403);

  test('says what is saved, what was counted and how to continue', async () => {
    writeFileSync(list, Array.from({ length: 60 }, (_, row) => `n${row}.example`).join('\n'));
    rejectFrom('n45.example');
    const { ended, stderr } = await enrich({ out: out() });
    expect([ended, stderr]).toEqual([
      1,
      expect.stringMatching(/^40 rows: 0 found, 40 unknown, 0 refused, 0 failed\. \d+ requests to Graph/),
    ]);
    const [, hint] = stderr.split(
      `The finished rows are saved in ${out()}; run the same command to resume.\n`,
    );
    expect(hint).toMatch(/^[A-Z][^\n]+\.\n$/);
    // Also where a second attempt adds no row.
    const again = await enrich({ out: out(), quiet: true });
    expect([again.ended, again.stderr]).toEqual([1, expect.stringContaining(`saved in ${out()};`)]);
    expect(again.stderr).not.toContain('40 rows:');
  });

  test('before its first row is not advised to resume', async () => {
    rejectFrom('contoso.com');
    const { ended, stderr } = await enrich({ out: out() });
    expect(ended).toBe(1);
    expect(stderr).not.toContain('resume');
    expect(stderr).toMatch(/\n[^\n]+\.\n[^\n]+\n$/);
    expect(existsSync(out())).toBe(false);
  });

  test('with another list: the error is about the input, not about what is saved', async () => {
    writeFileSync(list, Array.from({ length: 60 }, (_, row) => `n${row}.example`).join('\n'));
    rejectFrom('n45.example');
    await enrich({ out: out() });
    writeFileSync(list, Array.from({ length: 60 }, (_, row) => `m${row}.example`).join('\n'));
    const { ended, stderr } = await enrich({ out: out(), quiet: true });
    expect([ended, stderr]).toEqual([
      1,
      'The input differs from the one that this output was started with.\nUse the same input, or another output file.\n',
    ]);
  });
});
