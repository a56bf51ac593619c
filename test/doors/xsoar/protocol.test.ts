import { PluginError } from '../../../src/base/errors';
import { loop } from '../../../src/doors/xsoar-loop/loop';
import { integrationContext, lastRun, server } from '../../../src/doors/xsoar-loop/server';
import { errorEntry } from '../../../src/xsoar/entry';

const REFUSED = '[ERROR-fd5a7750-7182-4b38-90ba-091824478903]';

/** A line to a platform that sends these texts, one per call. */
function lineOf(...texts: string[]) {
  const written: unknown[] = [];
  return {
    written,
    read: async () => texts.shift(),
    write: (message: unknown) => void written.push(message),
  };
}

const calls = (line: { written: unknown[] }) =>
  line.written.map((message) => (message as { command?: string }).command);

test('a rejected call is an error with the reason of the platform alone', async () => {
  const platform = server(lineOf(`noise ${REFUSED}no such list`));
  await expect(platform.call('getLastRun', {})).rejects.toMatchObject({
    code: 'PLATFORM_REFUSED',
    message: 'The platform rejected getLastRun: no such list',
    hint: 'Run the command again. If it keeps failing, check the log of the platform.',
  });
});

test('a platform that is gone has neither a last run nor a context', async () => {
  expect(await lastRun(server(lineOf())).read()).toEqual({});
  expect(await integrationContext(server(lineOf())).read()).toEqual({});
});

test('the last run is read where the platform keeps it', async () => {
  const line = lineOf('{"time":"2026-01-01"}', '[]');
  const store = lastRun(server(line));
  expect([await store.read(), await store.read()]).toEqual([{ time: '2026-01-01' }, {}]);
  expect(line.written[0]).toEqual({ type: 'executeCommand', command: 'getLastRun', args: {} });
});

test('a line of the log is sent to the log of the platform, and a rejected one ends nothing', async () => {
  const line = lineOf(`${REFUSED}no log`, '{}');
  const platform = server(line);
  platform.log('info', 'text');
  expect(await platform.call('getLastRun', {})).toEqual({});
  expect(line.written[0]).toEqual({ type: 'log', command: 'info', args: { args: ['text'] } });
});

test('calls have their responses before a command is complete', async () => {
  const platform = server(lineOf('null'));
  const responses: unknown[] = [];
  void platform.call('getLastRun', {}).then((response) => responses.push(response));
  await platform.settled();
  expect(responses).toEqual([null]);
});

describe('the integration context', () => {
  const change = (line: ReturnType<typeof lineOf>) =>
    integrationContext(server(line)).update((state) => ({ ...state, ours: true }));

  test('is read as the platform cached it, and freshly before a change', async () => {
    const line = lineOf('{"context":{"a":1}}', '{"context":{}}', '{"context":{}}', '{}');
    const store = integrationContext(server(line));
    expect(await store.read()).toEqual({ a: 1 });
    await store.update((state) => ({ ...state, ours: true }));
    expect(line.written.slice(0, 3)).toEqual(
      [false, true, true].map((refresh) => ({
        type: 'executeCommand',
        command: 'getIntegrationContext',
        args: { refresh },
      })),
    );
  });

  test.each([
    ['with the version that was read', { version: 7, sequenceNumber: 3, primaryTerm: 1 }],
    ['whatever version is stored, where the platform has none', null],
  ])('is written %s', async (_, version) => {
    const text = JSON.stringify({ context: { theirs: 1 }, version });
    const line = lineOf(text, text, '{}');
    await change(line);
    expect(line.written.at(-1)).toEqual({
      type: 'executeCommand',
      command: 'setIntegrationContext',
      args: {
        value: { theirs: 1, ours: true },
        version: version ?? { version: -1, sequenceNumber: -1, primaryTerm: -1 },
        sync: true,
      },
    });
  });

  test('is not written where nothing changed, nor after a cancelled wait', async () => {
    const line = lineOf('{"context":{}}');
    const store = integrationContext(server(line));
    await store.update((state) => state);
    await expect(store.update((state) => ({ ...state, a: 1 }), AbortSignal.abort())).rejects.toThrow();
    expect(calls(line)).toEqual(['getIntegrationContext']);
  });

  const STALE = ['{"context":{}}', `${REFUSED}DB Version mismatch`];

  test('is written at the fifth attempt, and given up after it', async () => {
    const late = lineOf('{"context":{}}', ...Array(4).fill(STALE).flat(), '{"context":{}}', '{}');
    await change(late);
    expect(calls(late).filter((name) => name === 'setIntegrationContext')).toHaveLength(5);
    const never = lineOf('{"context":{}}', ...Array(9).fill(STALE).flat());
    await expect(change(never)).rejects.toThrow('DB Version mismatch');
    expect(calls(never).filter((name) => name === 'setIntegrationContext')).toHaveLength(5);
  });
});

describe('a fetch', () => {
  /** Runs one fetch that ends with this outcome; returns what the platform receives. */
  async function fetched(outcome: object, ...responses: string[]): Promise<unknown[]> {
    const line = lineOf('{"command":"fetch-incidents"}', ...responses);
    const open = () => ({ execute: async () => ({ entries: [], errors: [], ...outcome }) }) as never;
    await loop(line, { log: () => () => {}, open });
    return line.written;
  }
  const incidents = (contents: string) => ({
    type: 'result',
    results: [{ Type: 1, ContentsFormat: 'json', Contents: contents }],
  });

  test('without new articles gives an empty list, and moves no last run', async () => {
    expect(await fetched({})).toEqual([incidents('[]'), { type: 'completed' }]);
  });

  test('gives its incidents as JSON, then the last run', async () => {
    const written = await fetched({ incidents: [{ name: 'a' }], lastRun: { time: 't' } }, '{}');
    expect(written).toEqual([
      incidents('[{"name":"a"}]'),
      { type: 'executeCommand', command: 'setLastRun', args: { value: { time: 't' } } },
      { type: 'completed' },
    ]);
  });

  test('that fails is an exception with the text of the error', async () => {
    const failed = errorEntry(new PluginError('GRAPH_UNAVAILABLE', 'Graph is unavailable.'));
    expect(await fetched({ entries: [failed] })).toEqual([
      { type: 'exception', args: { exception: failed.Contents } },
      { type: 'completed' },
    ]);
  });

  test('whose last run is rejected says so after its incidents', async () => {
    const [, , exception, completed] = await fetched({ lastRun: { time: 't' } }, `${REFUSED}no disk`);
    expect(exception).toMatchObject({
      type: 'exception',
      args: { exception: expect.stringContaining('The platform rejected setLastRun: no disk') },
    });
    expect(completed).toEqual({ type: 'completed' });
  });
});

test('a ping with spaces around it is responded', async () => {
  const line = lineOf(' ping\r');
  await loop(line, { log: () => () => {} });
  expect(line.written).toEqual([{ type: 'pong' }]);
});
