import { PluginError } from '../../src/base/errors';
import { silentLog } from '../../src/base/log';
import { redact } from '../../src/base/redact';
import { run } from '../../src/doors/run/run';
import { complete } from '../../src/doors/war-room/completion';
import { inputRows } from '../../src/enrich/input-rows';
import { parseRetryAfter } from '../../src/http/retry';
import type { HttpResponse } from '../../src/http/transport';
import { parseCommandLine } from '../../src/xsoar/command-line';
import { substitute } from '../../src/xsoar/substitute';
import { processorTime } from '../support/patterns';
import { PARAMS, recordedPlugin } from '../support/recorder';

/** Milliseconds of processor time; each of these inputs took between ten seconds and minutes, or never ended. */
const LONGEST = 1_000;

const JSON_TYPE = { 'content-type': 'application/json' };

function ok(body: object): HttpResponse {
  return { status: 200, headers: JSON_TYPE, body: JSON.stringify(body) };
}

async function usedBy(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const ARTICLES = 'msg-defender-threat-intel-article-list';
const HOST = 'msg-defender-threat-intel-host';

/** Ends the commands of a test as SIGTERM does; never unless a test sets it. */
let interrupt: AbortSignal | undefined;
afterEach(() => {
  interrupt = undefined;
});

/** The text of every entry of one command against a response. */
async function texts(
  command: string,
  args: object,
  response?: Parameters<typeof recordedPlugin>[0],
): Promise<string> {
  const { plugin } = recordedPlugin(response, { command_timeout: 2 });
  const { entries } = await plugin.execute(command, { ...args }, interrupt);
  return entries.map(({ Contents }) => JSON.stringify(Contents)).join();
}

const INPUTS: readonly (readonly [string, () => Promise<unknown>])[] = [
  [
    'a Retry-After of 200 KB in a batch',
    () =>
      texts('ip', { ip: '192.0.2.1,192.0.2.2' }, () =>
        ok({
          responses: ['0', '1', '2', '3'].map((id) => ({
            id,
            status: 404,
            headers: { 'Retry-After': ':00AAA'.repeat(33_000) },
            body: {},
          })),
        }),
      ),
  ],
  [
    'a next page whose address looks like 40,000 tokens, responded by 403',
    () =>
      texts(ARTICLES, { all_results: 'true' }, ({ url }) =>
        url.includes('eyJ')
          ? { status: 403, headers: JSON_TYPE, body: '{}' }
          : ok({
              value: [{ id: 'a' }],
              '@odata.nextLink': `https://graph.microsoft.com/v1.0/security/threatIntelligence/articles/${'eyJ-'.repeat(15_000)}`,
            }),
      ),
  ],
  [
    'a next page that is percent-encoded 100,000 times',
    () =>
      texts(ARTICLES, { all_results: 'true' }, () =>
        ok({
          value: [{ id: 'a' }],
          '@odata.nextLink': `https://graph.microsoft.com/v1.0/security/threatIntelligence/articles/%${'25'.repeat(100_000)}`,
        }),
      ),
  ],
  ['a command name of 1 MB', () => texts('x'.repeat(1_000_000), {})],
  ['a command name that looks like tokens', () => texts('-eyJ'.repeat(250_000), {})],
  ['an argument name of 1 MB', () => texts(HOST, { ['-eyJ'.repeat(250_000)]: '1' })],
  ['a host of 1 MB', () => texts(HOST, { host_id: 'a.'.repeat(500_000) })],
  ['a host in brackets of 1 MB', () => texts(HOST, { host_id: '['.repeat(1_000_000) })],
  [
    'a host of 100,000 distinct characters',
    () =>
      texts(HOST, {
        host_id: Array.from({ length: 100_000 }, (_, at) =>
          String.fromCodePoint((at < 20_000 ? 0x4e00 : 0x20000 - 20_000) + at),
        ).join(''),
      }),
  ],
  ['an odata of 1 MB', () => texts(ARTICLES, { odata: '%24filter=%27'.repeat(80_000) })],
  ['a document with an app_id of 1 MB', () => execute({ app_id: '-eyJ'.repeat(250_000) })],
  [
    'a document with a private key of 1 MB',
    () =>
      execute({
        creds_certificate: {
          identifier: 'A'.repeat(40),
          password: '-----BEGIN PRIVATE KEY-----'.repeat(37_000),
        },
      }),
  ],
  [
    'a document with a thumbprint of 1 MB',
    () => execute({ creds_certificate: { identifier: 'A:'.repeat(500_000), password: 'x' } }),
  ],
];

test.each(INPUTS)('%s uses less than a second of processor time', async (_, work) => {
  expect(await usedBy(work)).toBeLessThan(LONGEST);
});

/** When the interruption comes: before the command, at its first wait, or between two steps of it. */
const MOMENTS: Readonly<Record<string, (abort: () => void) => void>> = {
  'before it starts': (abort) => abort(),
  'at its first wait': (abort) => queueMicrotask(abort),
  'between two steps': (abort) => setImmediate(abort),
};

describe.each(Object.keys(MOMENTS))('a command that is interrupted %s', (moment) => {
  test.each(INPUTS)('ends within a second of processor time: %s', async (_, work) => {
    const interrupted = new AbortController();
    interrupt = interrupted.signal;
    MOMENTS[moment]?.(() => interrupted.abort(new PluginError('CANCELLED', 'Interrupted by SIGTERM.')));
    expect(await usedBy(work)).toBeLessThan(LONGEST);
  });
});

test.each(INPUTS)('command_timeout ends a command within a second of processor time: %s', async (_, work) => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] });
  try {
    const time = await usedBy(async () => {
      const done = work();
      await jest.advanceTimersByTimeAsync(3_000);
      await done;
    });
    expect(time).toBeLessThan(LONGEST);
  } finally {
    jest.useRealTimers();
  }
});

test.each([
  ['20,000 columns', 20_000, 20_000],
  ['a header of 1 MB above short records', 150_000, 5],
])('the column of a CSV with %s is found within a second of processor time', async (_, columns, cells) => {
  const header = Array.from({ length: columns }, (_, at) => `c${at}`).join();
  async function* chunks() {
    yield `${header}\n${`${Array(cells).fill('x').join()}\n`.repeat(5)}`;
  }
  const time = await usedBy(() => expect(inputRows(chunks())).rejects.toThrow('no column is named'));
  expect(time).toBeLessThan(LONGEST);
});

function execute(params: object): Promise<unknown> {
  const document = { command: 'test-module', params: { ...PARAMS, credentials: {}, ...params } };
  return run(JSON.stringify(document), { log: silentLog, ...(interrupt && { signal: interrupt }) });
}

test.each<[string, () => unknown]>([
  ['an open reference, 300,000 times', () => parseCommandLine(`!ip ip=${'${'.repeat(300_000)}`)],
  ['open references in quotes', () => substitute('"${"'.repeat(200_000), {})],
  ['closed references', () => substitute('${a}'.repeat(100_000), {})],
  ['a line to complete', () => complete(`!ip ${'- '.repeat(300_000)}${'-'.repeat(300_000)}`)],
  ['a string with 250,000 beginnings of a token', () => redact('-eyJ'.repeat(250_000))],
  [
    'a string with many beginnings of a private key',
    () => redact('-----BEGIN PRIVATE KEY-----'.repeat(37_000)),
  ],
  ['a Retry-After of 1 MB', () => parseRetryAfter('AAA:0'.repeat(200_000), 0)],
])('%s uses less than a second of processor time', (_, work) => {
  const attempt = () => {
    try {
      work();
    } catch {
      // A refusal is as good as a result, if it comes soon.
    }
  };
  expect(processorTime(attempt)).toBeLessThan(LONGEST);
});

test('cuts quoted values in errors at 100 characters', async () => {
  const outcome = await texts('x'.repeat(1_000_000), {});
  expect(outcome).toContain(`There is no command \\"${'x'.repeat(100)}…\\".`);
});

describe('a JSON web token is masked', () => {
  const TOKEN = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGV4In0.c2lnbmF0dXJl';
  test.each([
    ['alone', TOKEN, '***'],
    ['behind a hyphen', `key-${TOKEN} and more`, 'key-*** and more'],
    ['behind other text', `a.b ${TOKEN}`, 'a.b ***'],
    ['twice', `${TOKEN} ${TOKEN}`, '*** ***'],
    ['in JSON', `{"t":"${TOKEN}"}`, '{"t":"***"}'],
    [
      'not where it is only a word',
      'eyJ eyJabc.de heyJhbGciOiJub25lIn0.a',
      'eyJ eyJabc.de heyJhbGciOiJub25lIn0.a',
    ],
  ])('%s', (_, text, masked) => {
    expect(redact(text)).toBe(masked);
  });
});
