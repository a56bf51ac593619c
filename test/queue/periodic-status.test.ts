import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../src/base/log';
import { enrichPeriodically } from '../../src/doors/queue/periodic';
import { submitAndWait } from '../../src/doors/queue/submit';

jest.mock('../../src/doors/queue/submit');

const DAY = 86_400_000;

function optionsOf(out: string) {
  const place = { queue: 'nightly', tenant: 'contoso', out, folder: undefined };
  return { ...place, format: 'ndjson', log: silentLog } as const;
}

afterEach(() => jest.restoreAllMocks());

test.each([
  ['some rows refused', 3, 0, 'new'],
  ['all rows', 0, 0, 'new'],
  ['a cancelled job', 1, 1, 'old'],
])('a run of --every with %s', async (_, status, ended, rows) => {
  const out = join(mkdtempSync(join(tmpdir(), 'mdti-periodic-')), 'rows.ndjson');
  writeFileSync(out, 'old');
  const stop = new AbortController();
  let lines = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((line) => {
    lines += line;
    return true;
  });
  jest.mocked(submitAndWait).mockImplementation(async () => {
    writeFileSync(`${out}.next`, 'new');
    stop.abort();
    return status;
  });
  const open = async () => (async function* () {})();
  expect(await enrichPeriodically(open, optionsOf(out), DAY, stop.signal)).toBe(ended);
  expect([readFileSync(out, 'utf8'), existsSync(`${out}.next`)]).toEqual([rows, rows === 'old']);
  expect(lines).toMatch(rows === 'old' ? /^$/ : `${out} is complete. The next run starts at `);
});

test.each([
  [undefined, 'rows.ndjson.job'],
  ['shared', 'shared'],
])(
  '--every with --folder %j writes beside the output and requests what is older than its period',
  async (given, folder) => {
    const stop = AbortSignal.abort();
    const options = optionsOf('rows.ndjson');
    jest.mocked(submitAndWait).mockResolvedValue(1);
    const begun = Date.now();
    await enrichPeriodically(async () => (async function* () {})(), { ...options, folder: given }, DAY, stop);
    const [, submitted, signal] = jest.mocked(submitAndWait).mock.lastCall ?? [];
    expect(submitted).toEqual({
      ...options,
      out: 'rows.ndjson.next',
      folder,
      replace: true,
      periodic: true,
      notBefore: expect.any(Number),
    });
    expect(signal).toBe(stop);
    const age = begun - (submitted?.notBefore ?? 0);
    expect(age).toBeLessThanOrEqual(DAY);
    expect(age).toBeGreaterThan(DAY - 60_000);
  },
);

test('--every continues at the next interval if its job is gone', async () => {
  const out = join(mkdtempSync(join(tmpdir(), 'mdti-periodic-')), 'rows.ndjson');
  writeFileSync(out, 'old');
  const stop = new AbortController();
  let lines = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((line) => {
    lines += line;
    if (String(line).startsWith('The next run starts at')) stop.abort();
    return true;
  });
  jest.mocked(submitAndWait).mockResolvedValue('gone');
  const open = async () => (async function* () {})();
  expect(await enrichPeriodically(open, optionsOf(out), DAY, stop.signal)).toBe(0);
  expect(lines).toMatch(/^The next run starts at .*\n$/);
  expect(readFileSync(out, 'utf8')).toBe('old');
});
