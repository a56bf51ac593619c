import { silentLog } from '../../../src/base/log';
import { type RunOptions, run, runDocument } from '../../../src/doors/run/run';
import { openEngine } from '../../../src/engine/engine';
import { openResponseCache } from '../../../src/engine/open-response-cache';
import { NO_INSTRUMENTS } from '../../../src/metrics/instruments';
import { memoryStore } from '../../../src/state/store';

jest.mock('../../../src/engine/engine');
jest.mock('../../../src/engine/open-response-cache', () => ({ openResponseCache: jest.fn() }));

const OK = { Type: 1, ContentsFormat: 'text', Contents: 'ok' };
const FAILED = { Type: 4, ContentsFormat: 'text', Contents: 'failed', EntryContext: null };

/** Every engine ends with this outcome; `change` is what its command does to the state. */
function engineWith(outcome: object, change?: (state: object) => object): void {
  jest.mocked(openEngine).mockImplementation(
    (options) =>
      ({
        execute: async () => {
          if (change !== undefined) await options?.store?.update(change as never);
          return { entries: [OK], errors: [], ...outcome };
        },
      }) as never,
  );
}

beforeEach(() => {
  jest.mocked(openEngine).mockClear();
  jest.mocked(openResponseCache).mockReset();
  engineWith({});
});

const opened = () => jest.mocked(openEngine).mock.lastCall?.[0];

test.each([
  [[OK], 0],
  [[FAILED], 1],
  [[OK, FAILED], 1],
  [[OK, OK, FAILED, OK], 1],
])('entries %j give the exit status %i', async (entries, status) => {
  engineWith({ entries });
  expect((await runDocument({ command: 'ip' }, { log: silentLog })).status).toBe(status);
});

test('a document that is empty but for its command has no state and no last run', async () => {
  for (const rest of [{}, { args: null, params: null, integrationContext: null, lastRun: null }])
    expect(await run(`\uFEFF${JSON.stringify({ command: 'ip', ...rest })}`, { log: silentLog })).toEqual({
      status: 0,
      document: { entries: [OK], integrationContext: {}, lastRun: {} },
    });
});

test('the result has the errors, incidents and state of the command', async () => {
  const outcome = { errors: [{ code: 'GRAPH_UNAVAILABLE' }], incidents: [], lastRun: { time: 't' } };
  engineWith(outcome, (state) => ({ ...state, tokens: {} }));
  const states: object[] = [];
  const invocation = {
    command: 'fetch-incidents',
    integrationContext: { theirs: 1 },
    lastRun: { time: 's' },
  };
  const { document } = await runDocument(invocation, {
    log: silentLog,
    onState: (state) => states.push(state),
  });
  expect(document).toEqual({ entries: [OK], ...outcome, integrationContext: { theirs: 1, tokens: {} } });
  expect(states).toEqual([{ theirs: 1, tokens: {} }]);
});

test('a state change is in the result', async () => {
  engineWith({}, (state) => ({ ...state, tokens: {} }));
  const { document } = await runDocument({ command: 'ip' }, { log: silentLog });
  expect(document).toMatchObject({ entries: [OK], integrationContext: { tokens: {} } });
});

test('a byte order mark within a value stays', async () => {
  const lastRun = { time: 'a\uFEFFb' };
  const { document } = await run(JSON.stringify({ command: 'ip', lastRun }), { log: silentLog });
  expect(document.lastRun).toEqual(lastRun);
});

test('the last run of a command that moves none is unchanged', async () => {
  const { document } = await runDocument({ command: 'ip', lastRun: { time: 's' } }, { log: silentLog });
  expect(document.lastRun).toEqual({ time: 's' });
});

test.each([
  ['{', 'is not a JSON object'],
  ['[]', 'is not a JSON object'],
  ['{}', 'does not name a command'],
  ['{"command":7}', 'does not name a command'],
  ['{"command":"ip","args":7}', 'has "args" that is not an object'],
])('%s is rejected: it %s', async (text, why) => {
  const { document, status } = await run(text, { log: silentLog });
  expect([status, document.errors]).toEqual([2, [{ code: 'INVOCATION_UNREADABLE' }]]);
  expect((document.entries as (typeof OK)[])[0]?.Contents).toMatch(
    `The document on stdin ${why}.\nSend {"command": "…"`,
  );
});

test('a document that is too deep is rejected by its bound', async () => {
  const { document, status } = await run(`${'['.repeat(300)}${']'.repeat(300)}`, { log: silentLog });
  expect([status, document.errors]).toEqual([2, [{ code: 'TOO_LARGE' }]]);
  expect((document.entries as (typeof OK)[])[0]?.Contents).toMatch(
    /^The document on stdin is nested more than 200 levels.*\.\nSend a smaller document/,
  );
});

test('an engine that cannot be opened is an error document', async () => {
  jest.mocked(openEngine).mockImplementation(() => {
    throw new Error('boom');
  });
  expect(await run('{"command":"ip"}', { log: silentLog })).toMatchObject({
    status: 2,
    document: { errors: [{ code: 'INTERNAL' }] },
  });
});

test('the parameters, the certificate and the endpoints of a sandbox win over the document', async () => {
  const override = {
    params: { app_id: 'sandbox', graph_endpoint: 'https://localhost:1' },
    ca: 'certificate',
  };
  await runDocument({ command: 'ip', params: { app_id: 'mine', limit: 1 } }, { log: silentLog, override });
  expect(opened()).toMatchObject({
    params: { app_id: 'sandbox', graph_endpoint: 'https://localhost:1', limit: 1 },
    ca: 'certificate',
    allowEndpoints: ['https://localhost:1'],
  });
});

test('unexpected arguments are dropped and logged for the platform only', async () => {
  const execute = jest.fn(async (..._: unknown[]) => ({ entries: [OK], errors: [] }));
  jest.mocked(openEngine).mockReturnValue({ execute } as never);
  const log = jest.fn();
  const call = { command: 'ip', args: { ip: '192.0.2.1', a: 1, b: 2 } };
  await runDocument(call, { log });
  expect(execute.mock.calls[0]?.[1]).toEqual(call.args);
  expect(log).not.toHaveBeenCalled();
  await runDocument({ ...call, door: 'xsoar' }, { log });
  expect(execute.mock.calls[1]?.[1]).toEqual({ ip: '192.0.2.1' });
  expect(log.mock.calls).toEqual([
    ['warn', 'unexpected arguments ignored', { command: 'ip', arguments: 'a, b' }],
  ]);
});

describe('the response cache', () => {
  const shared: RunOptions['shared'] = () => ({ store: memoryStore() });
  const override = { params: {}, ca: '' };
  const CACHE = { cache: 'stored', ttl: 1 };

  test.each([
    ['one document', {}, {}, 0],
    ['many documents of one process', {}, { shared }, 1],
    ['many documents in a sandbox', {}, { shared, override }, 0],
    ['many documents of the platform', { door: 'xsoar' }, { shared }, 0],
    ['one document that asks for it', { params: { cache_ttl: '60' } }, {}, 1],
    ['an empty parameter', { params: { cache_ttl: '' } }, {}, 0],
    ['a missing parameter', { params: { cache_ttl: null } }, {}, 0],
  ])('of %s', async (_, document, options, times) => {
    jest.mocked(openResponseCache).mockReturnValue(CACHE as never);
    await runDocument({ command: 'ip', ...document }, { log: silentLog, ...options });
    expect(openResponseCache).toHaveBeenCalledTimes(times);
    expect(opened()?.responseCache).toBe(times === 0 ? undefined : CACHE);
  });

  test.each([
    [undefined, true],
    [null, true],
    [{}, false],
  ])('of a document with the integrationContext %j', async (integrationContext, trustsState) => {
    await runDocument({ command: 'ip', integrationContext }, { log: silentLog, shared });
    expect(jest.mocked(openResponseCache).mock.lastCall?.[1]).toMatchObject({ byDefault: true, trustsState });
  });

  test('is counted per tenant where the process is measured', async () => {
    jest.mocked(openResponseCache).mockReturnValue(CACHE as never);
    const cache = jest.fn(() => 'counted' as never);
    const instruments = { ...NO_INSTRUMENTS, cache };
    await runDocument({ command: 'ip', params: { tenant_id: 't' } }, { log: silentLog, shared, instruments });
    expect(opened()?.responseCache).toEqual({ ...CACHE, cache: 'counted' });
    expect(cache).toHaveBeenCalledWith('stored', 't');
    jest.mocked(openResponseCache).mockReturnValue(undefined);
    await runDocument({ command: 'ip' }, { log: silentLog, shared, instruments });
    expect(opened()?.responseCache).toBeUndefined();
  });

  test('that cannot be opened is reported by the engine, not here', async () => {
    jest.mocked(openResponseCache).mockImplementation(() => {
      throw new Error('cache_ttl');
    });
    const { status } = await runDocument({ command: 'ip', params: { cache_ttl: 'x' } }, { log: silentLog });
    expect([status, opened()?.responseCache]).toEqual([0, undefined]);
  });
});

test('documents of the platform and documents with a lastRun share their engine with no other', async () => {
  const kept = {};
  const options = { log: silentLog, shared: () => ({ store: memoryStore(), kept }) };
  for (const more of [{}, { door: 'xsoar' }, { lastRun: { time: 's' } }, {}])
    await runDocument({ command: 'ip', args: { ip: '192.0.2.1' }, ...more }, options);
  expect(openEngine).toHaveBeenCalledTimes(3);
});

test('an engine that could not be opened is opened again for the next document', async () => {
  const kept = {};
  const shared = () => ({ store: memoryStore(), kept });
  const document = { command: 'ip', args: { ip: '192.0.2.1' } };
  jest.mocked(openEngine).mockImplementationOnce(() => {
    throw new Error('EMFILE: too many open files');
  });
  const options = { log: silentLog, shared };
  await expect(runDocument(document, options)).rejects.toThrow('EMFILE');
  expect((await runDocument(document, options)).status).toBe(0);
  await runDocument(document, options);
  expect(openEngine).toHaveBeenCalledTimes(2);
});
