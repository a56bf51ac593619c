import { writeFileSync } from 'node:fs';
import type { EnrichCall } from '../../../src/doors/cli/enrich/enrich-call';
import { enrichPeriodically } from '../../../src/doors/queue/periodic';
import { submitAndWait } from '../../../src/doors/queue/submit';
import { enrichSandbox } from '../../support/enrich-list';

jest.mock('../../../src/doors/queue/submit', () => ({ submitAndWait: jest.fn() }));
jest.mock('../../../src/doors/queue/periodic', () => ({ enrichPeriodically: jest.fn() }));

const NOW = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;

const set = enrichSandbox();
const { out } = set;
const enrich = (options: Partial<EnrichCall['options']>) =>
  set.enrich({ queue: 'nightly', out: out(), ...options });

beforeEach(() => {
  writeFileSync(set.list, 'id,host\n1,contoso.com\n2,example.org\n');
  jest.spyOn(Date, 'now').mockReturnValue(NOW);
  jest.mocked(submitAndWait).mockReset().mockResolvedValue(0);
  jest.mocked(enrichPeriodically).mockReset().mockResolvedValue(0);
});
afterEach(() => jest.restoreAllMocks());

async function rowsOf(source: AsyncIterable<string> | undefined): Promise<string[]> {
  const rows: string[] = [];
  for await (const row of source ?? []) rows.push(row);
  return rows;
}

describe('the job that is submitted', () => {
  test.each<[string, Partial<EnrichCall['options']>, object]>([
    [
      'by default',
      {},
      { tenant: 'default', format: 'ndjson', folder: undefined, notBefore: undefined, renewal: undefined },
    ],
    [
      'with all options',
      { tenant: 'contoso', output: 'csv', folder: '/srv/jobs' },
      { tenant: 'contoso', format: 'csv', folder: '/srv/jobs' },
    ],
    ['with --fresh', { fresh: true }, { notBefore: NOW, renewal: '--fresh' }],
    ['with --fresh=false', { fresh: false }, { notBefore: undefined, renewal: undefined }],
    ['with --max-age', { 'max-age': '1h' }, { notBefore: NOW - HOUR, renewal: '--max-age' }],
    ['with --fresh and --max-age', { fresh: true, 'max-age': '1h' }, { notBefore: NOW, renewal: '--fresh' }],
  ])('%s', async (_, options, expected) => {
    expect(await enrich(options)).toEqual({ ended: 0, stderr: '' });
    const [source, submitted] = jest.mocked(submitAndWait).mock.lastCall ?? [];
    expect(submitted).toMatchObject({ queue: 'nightly', out: out(), ...expected });
    expect(await rowsOf(source)).toEqual(['contoso.com', 'example.org']);
    expect(enrichPeriodically).not.toHaveBeenCalled();
  });

  test('has the column that was named', async () => {
    await enrich({ column: 'id' });
    expect(await rowsOf(jest.mocked(submitAndWait).mock.lastCall?.[0])).toEqual(['1', '2']);
  });

  test.each([0, 1, 3])('ends the command with its status %d', async (status) => {
    jest.mocked(submitAndWait).mockResolvedValue(status);
    expect(await enrich({})).toEqual({ ended: status, stderr: '' });
  });

  test('can be submitted again after it was removed', async () => {
    jest.mocked(submitAndWait).mockResolvedValue('gone');
    expect(await enrich({})).toEqual({
      ended: 1,
      stderr: 'Run the same command to submit it again.\n',
    });
  });

  test('needs a file for its rows', async () => {
    expect((await enrich({ out: undefined })).ended).toEqual({
      code: 'INVOCATION_UNREADABLE',
      message: '--queue needs --out FILE.',
      hint: 'The job continues after this command exits. Add `--out rows.ndjson`.',
    });
    expect(submitAndWait).not.toHaveBeenCalled();
  });

  test('needs a --max-age that is a duration', async () => {
    expect((await enrich({ 'max-age': 'x' })).ended).toMatchObject({
      message: '--max-age: "x" is not a duration.',
    });
  });
});

describe('--every', () => {
  test('submits the list again in each period, with the same options', async () => {
    jest.mocked(enrichPeriodically).mockResolvedValue(3);
    expect(await enrich({ every: '1m', tenant: 'contoso' })).toEqual({ ended: 3, stderr: '' });
    const [open, options, period] = jest.mocked(enrichPeriodically).mock.lastCall ?? [];
    expect([period, options]).toMatchObject([60_000, { queue: 'nightly', tenant: 'contoso', out: out() }]);
    expect(await rowsOf(await open?.())).toEqual(['contoso.com', 'example.org']);
    writeFileSync(set.list, 'contoso.com\n');
    expect(await rowsOf(await open?.())).toEqual(['contoso.com']);
    expect(submitAndWait).not.toHaveBeenCalled();
  });

  test.each([
    ['59s', undefined, '--every: "59s" is too short.'],
    ['1h', '-', '--every needs a file: stdin can be read once.'],
  ])('%s of %s is rejected with an example', async (every, from, message) => {
    expect((await set.enrich({ queue: 'nightly', out: out(), every }, from)).ended).toEqual({
      code: 'INVOCATION_UNREADABLE',
      message,
      hint: 'Write `mdti enrich list.txt --queue nightly --out rows.ndjson --every 24h`.',
    });
    expect(enrichPeriodically).not.toHaveBeenCalled();
  });
});
