import { PluginError } from '../../../src/base/errors';
import type { Line } from '../../../src/doors/io/line-reader';
import { runDocument } from '../../../src/doors/run/run';
import { type ServeOptions, serve } from '../../../src/doors/serve/serve';
import { NO_INSTRUMENTS } from '../../../src/metrics/instruments';

jest.mock('../../../src/doors/run/run', () => ({
  ...jest.requireActual('../../../src/doors/run/run'),
  runDocument: jest.fn(),
}));

interface ServeResponse {
  readonly id?: unknown;
  readonly for?: unknown;
  readonly state?: object;
  readonly entries?: readonly { readonly Contents: string }[];
  readonly errors?: readonly { readonly code: string }[];
}

type RunOptions = Parameters<typeof runDocument>[1];

/** The documents in progress, each of which ends when the test says so. */
let working: { readonly id: unknown; readonly options: RunOptions; end(response?: object): void }[];
const log = jest.fn();

beforeEach(() => {
  working = [];
  log.mockClear();
  jest.mocked(runDocument).mockImplementation(
    (document, options) =>
      new Promise((resolve, reject) => {
        const { id } = (document ?? {}) as { id?: unknown };
        const end = (response: object = { entries: [] }) =>
          response instanceof Error ? reject(response) : resolve({ document: response as never, status: 0 });
        options.signal?.addEventListener('abort', () => reject(options.signal?.reason));
        working.push({ id, options, end });
      }),
  );
});

/** Lets everything run that waits for nothing. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
}

/** `mdti serve` whose stdin stays open until `close`. */
function serving(options: Partial<ServeOptions> = {}, write?: (line: string) => Promise<void> | void) {
  const pending: Line[] = [];
  const responses: ServeResponse[] = [];
  let isOpen = true;
  let wake = () => {};
  let read = 0;
  async function* input() {
    for (;;) {
      const line = pending.shift();
      if (line !== undefined) {
        read += 1;
        yield line;
      } else if (isOpen)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      else return;
    }
  }
  const done = serve(input(), write ?? ((line) => void responses.push(JSON.parse(line))), {
    log,
    ...options,
  });
  let isOver = false;
  void done.then(
    () => {
      isOver = true;
    },
    () => {},
  );
  return {
    responses,
    done,
    isOver: () => isOver,
    read: () => read,
    async send(...lines: (object | string)[]) {
      for (const line of lines)
        pending.push(
          typeof line === 'string'
            ? { text: line }
            : 'tooLong' in line || 'emptyBefore' in line
              ? (line as Line)
              : { text: JSON.stringify(line) },
        );
      wake();
      await settle();
    },
    async close() {
      isOpen = false;
      wake();
      await settle();
    },
  };
}

const codes = (responses: readonly ServeResponse[]) =>
  responses.map(({ id, errors }) => [id, errors?.map(({ code }) => code)]);
const textOf = (response: ServeResponse | undefined) => response?.entries?.[0]?.Contents;

const document = (id: unknown, more: object = {}) => ({ id, command: 'ip', ...more });
const SEND_ONE = 'Send one document of `mdti run` per line.';

describe('a line', () => {
  test('that is too long is answered with its length, and the next one is served', async () => {
    const { responses, send } = serving();
    await send({ tooLong: 20_000_000 }, document(1));
    working[0]?.end();
    await settle();
    expect(codes(responses)).toEqual([
      [null, ['INVOCATION_UNREADABLE']],
      [1, undefined],
    ]);
    expect(textOf(responses[0])).toBe(`Line 1 of stdin has more than 20,000,000 characters.\n${SEND_ONE}`);
  });

  test.each([
    ['{"id": 1', 'is not JSON'],
    ['mdti host contoso.com', 'is not JSON'],
    ['[{"id": 1}]', 'is not a JSON object'],
    ['null', 'is not a JSON object'],
    ['5', 'is not a JSON object'],
  ])('%s is answered with its number: it %s', async (line, why) => {
    const { responses, send } = serving();
    await send('', '  ', line, line);
    expect(codes(responses)).toEqual([
      [null, ['INVOCATION_UNREADABLE']],
      [null, ['INVOCATION_UNREADABLE']],
    ]);
    expect(textOf(responses[0])).toBe(`Line 3 of stdin ${why}.\n${SEND_ONE}`);
    expect(textOf(responses[1])).toContain('Line 4 of stdin');
    await send({ text: line, emptyBefore: 2 });
    expect(textOf(responses[2])).toContain('Line 7 of stdin');
    expect(working).toEqual([]);
  });

  test('that is too deep is answered with its bound', async () => {
    const { responses, send } = serving();
    await send(`{"id":1,"command":"ip","args":{"a":${'['.repeat(300)}${']'.repeat(300)}}}`);
    expect(codes(responses)).toEqual([[null, ['INVOCATION_UNREADABLE']]]);
    expect(textOf(responses[0])).toMatch(
      /^Line 1 of stdin is nested more than 200 levels.*\.\nSend one document/,
    );
    expect(working).toEqual([]);
  });

  test.each(['', ' \r'])('of spaces %j is none', async (line) => {
    const { responses, send } = serving();
    await send(line);
    expect([responses, working]).toEqual([[], []]);
  });

  test.each<[string, unknown]>([
    ['{"command":"ip"}', null],
    ['{"id":null,"command":"ip"}', null],
    ['{"id":{"a":[1]},"command":"ip"}', { a: [1] }],
    ['[]', null],
    ['7', null],
  ])('%s is answered under its id', async (line, id) => {
    const { responses, send } = serving();
    await send(line);
    working[0]?.end();
    await settle();
    expect(responses.map((response) => response.id)).toEqual([id]);
  });
});

describe('cancelling', () => {
  test('a document ends it with an error', async () => {
    const { responses, send } = serving();
    await send(document('a'), document('b'), { cancel: 'a' });
    expect(codes(responses)).toEqual([['a', ['CANCELLED']]]);
    expect(textOf(responses[0])).toBe('The document was cancelled.\nSend the document again.');
  });

  test('an unknown id does nothing', async () => {
    const { responses, send } = serving();
    await send(document(1), { cancel: 2 }, { cancel: '1' });
    expect(responses).toEqual([]);
    working[0]?.end();
    await settle();
    expect(codes(responses)).toEqual([[1, undefined]]);
  });

  test('an id that several documents have ends those in progress', async () => {
    const { responses, send } = serving();
    await send(document(1), document(1), document(1));
    working[0]?.end();
    await settle();
    await send({ cancel: 1 });
    expect(codes(responses)).toEqual([
      [1, undefined],
      [1, ['CANCELLED']],
      [1, ['CANCELLED']],
    ]);
  });

  test('nothing: a document without a command is rejected, and no other one is cancelled', async () => {
    const { responses, send } = serving();
    await send(document(1), { id: 2 }, '{}');
    expect([responses, working.map(({ id }) => id)]).toEqual([[], [1, 2, undefined]]);
  });

  test('a line with a command is a document', async () => {
    const { send } = serving();
    await send(document(1, { cancel: 2 }), document(2, { cancel: 1 }));
    expect(working.map(({ id }) => id)).toEqual([1, 2]);
  });
});

describe('a response', () => {
  test('waits until the one before is written', async () => {
    const lines: string[] = [];
    let taken = () => {};
    const { send } = serving({}, (line) => {
      lines.push(line);
      return new Promise((resolve) => {
        taken = resolve;
      });
    });
    await send(document(1), document(2));
    for (const one of working) one.end();
    await settle();
    expect(lines).toEqual(['{"id":1,"entries":[]}\n']);
    taken();
    await settle();
    expect(lines).toEqual(['{"id":1,"entries":[]}\n', '{"id":2,"entries":[]}\n']);
  });

  test('that cannot be written is logged, and the next one is written', async () => {
    const write = jest.fn().mockRejectedValueOnce(new Error('EPIPE')).mockResolvedValue(undefined);
    const { send, close, isOver } = serving({}, write);
    await send(document(1), document(2));
    for (const one of working) one.end();
    await close();
    const lines = write.mock.calls.map(([line]) => line);
    expect(lines).toEqual(['{"id":1,"entries":[]}\n', '{"id":2,"entries":[]}\n']);
    expect(log.mock.calls).toEqual([['error', 'a response could not be written', { fault: 'Error: EPIPE' }]]);
    expect(isOver()).toBe(true);
  });

  test('that is not JSON costs one error', async () => {
    const { responses, send } = serving();
    await send(document(1), document(2));
    working[0]?.end({ entries: [1n] });
    working[1]?.end();
    await settle();
    expect(codes(responses)).toEqual([
      [null, ['INTERNAL']],
      [2, undefined],
    ]);
  });

  test('to a document that fails has its id and the error', async () => {
    const { responses, send } = serving();
    await send(document(1));
    working[0]?.end(new PluginError('CONFIG_INVALID', 'app_id is missing.'));
    await settle();
    expect(codes(responses)).toEqual([[1, ['CONFIG_INVALID']]]);
    expect(textOf(responses[0])).toBe('app_id is missing.');
  });
});

describe('a change of the state', () => {
  test('is sent at once to the platform only', async () => {
    const { responses, send } = serving();
    await send(document(1, { door: 'xsoar' }), document(2), document(3, { door: 'other' }));
    for (const { options } of working) options.onState?.({ tokens: {} });
    await settle();
    expect(responses).toEqual([{ state: { tokens: {} }, for: 1 }]);
  });

  test('that cannot be written costs the document nothing', async () => {
    const write = jest.fn().mockRejectedValueOnce(new Error('EPIPE')).mockResolvedValue(undefined);
    const { send, close } = serving({}, write);
    await send(document(1, { door: 'xsoar' }));
    working[0]?.options.onState?.({});
    working[0]?.end();
    await close();
    expect(write.mock.lastCall?.[0]).toBe('{"id":1,"entries":[]}\n');
    expect(log.mock.calls).toEqual([['error', 'a response could not be written', { fault: 'Error: EPIPE' }]]);
  });
});

describe('documents that wait', () => {
  const size = JSON.stringify(document(1)).length;

  test('are read up to a number of characters, and further as others end', async () => {
    const { send, read } = serving({ readAhead: 2 * size });
    await send(...Array.from({ length: 6 }, (_, id) => document(id)));
    expect(read()).toBe(3);
    working[0]?.end();
    await settle();
    expect(read()).toBe(4);
    for (const one of working) one.end();
    await settle();
    expect(read()).toBe(6);
  });

  test('do not hinder the end of the process', async () => {
    const ending = new AbortController();
    const { send, read, isOver } = serving({ readAhead: 0, signal: ending.signal, drain: 60_000 });
    await send(document(1), document(2));
    ending.abort();
    await settle();
    expect([read(), isOver()]).toEqual([1, false]);
    working[0]?.end();
    await settle();
    expect([read(), isOver()]).toEqual([1, true]);
  });
});

describe('the end', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] }));
  afterEach(() => jest.useRealTimers());

  test('of stdin comes when every document has its response', async () => {
    const { responses, send, close, isOver } = serving();
    await send(document(1), document(2));
    await close();
    expect(isOver()).toBe(false);
    for (const one of working) one.end();
    await settle();
    expect([responses.length, isOver(), jest.getTimerCount()]).toEqual([2, true, 0]);
  });

  test('waits until the last response is written', async () => {
    let taken = () => {};
    const { send, close, isOver } = serving({}, () => new Promise<void>((resolve) => (taken = resolve)));
    await send({ tooLong: 1 });
    await close();
    expect(isOver()).toBe(false);
    taken();
    await settle();
    expect(isOver()).toBe(true);
  });

  test('after a signal cancels what is in progress ten seconds later', async () => {
    const ending = new AbortController();
    const { responses, send, isOver } = serving({ signal: ending.signal });
    await send(document(1), document(2));
    ending.abort();
    await send(document(3));
    expect([working.length, isOver()]).toEqual([2, false]);
    working[0]?.end();
    jest.advanceTimersByTime(9_999);
    await settle();
    expect(codes(responses)).toEqual([[1, undefined]]);
    jest.advanceTimersByTime(1);
    await settle();
    expect(codes(responses)).toEqual([
      [1, undefined],
      [2, ['CANCELLED']],
    ]);
    expect(textOf(responses[1])).toBe('mdti serve is ending.\nSend the document again.');
    expect(isOver()).toBe(true);
  });

  test('after a signal cancels what is in progress, also while no further line is read', async () => {
    const ending = new AbortController();
    const { responses, send, isOver } = serving({ signal: ending.signal, readAhead: 0 });
    await send(document(1), document(2));
    ending.abort();
    await settle();
    jest.advanceTimersByTime(10_000);
    await settle();
    expect([codes(responses), isOver()]).toEqual([[[1, ['CANCELLED']]], true]);
  });

  test('by a signal after stdin closed still cancels', async () => {
    const ending = new AbortController();
    const { send, close, isOver } = serving({ signal: ending.signal, drain: 50 });
    await send(document(1));
    await close();
    jest.advanceTimersByTime(60_000);
    await settle();
    expect(isOver()).toBe(false);
    ending.abort();
    jest.advanceTimersByTime(50);
    await settle();
    expect([isOver(), jest.getTimerCount()]).toEqual([true, 0]);
  });

  test('by a signal that came before reads nothing', async () => {
    const { send, read, isOver } = serving({ signal: AbortSignal.abort() });
    await send(document(1));
    expect([read(), isOver(), jest.getTimerCount()]).toEqual([0, true, 0]);
  });

  test('by an error of stdin is that error', async () => {
    async function* broken(): AsyncGenerator<Line> {
      yield { text: ' ' };
      throw new Error('EIO');
    }
    await expect(serve(broken(), () => {}, { log })).rejects.toThrow('EIO');
  });
});

test('each document is a span with its command and tenant, and a long command is cut', async () => {
  const spans: unknown[] = [];
  const span: typeof NO_INSTRUMENTS.span = (name, attributes, work) => {
    spans.push([name, attributes]);
    return work();
  };
  const { send } = serving({ instruments: { ...NO_INSTRUMENTS, span } });
  await send(
    document(1, { params: { tenant_id: 'contoso.com' } }),
    { id: 2, command: 'x'.repeat(200), params: [] },
    { id: 3, command: { toString: null } },
    '{}',
  );
  expect(spans).toEqual([
    ['document', { command: 'ip', tenant: 'contoso.com' }],
    ['document', { command: 'x'.repeat(100), tenant: 'default' }],
    ['document', { command: '', tenant: 'default' }],
    ['document', { command: '', tenant: 'default' }],
  ]);
});

test('documents that share their parameters share what they opened', async () => {
  const { send } = serving();
  const params = { app_id: 'a', tenant_id: 't' };
  await send(document(1, { params }), document(2, { params }));
  const [first, second] = working.map(({ options }) => options.shared?.(params, {}));
  expect(first?.transport).toBeDefined();
  expect(second?.transport).toBe(first?.transport);
});

test('counts each line that gets a response, and the response; empty lines and cancellations are not counted', async () => {
  const onDocument = jest.fn();
  const onResponse = jest.fn();
  const { send, close, responses } = serving({ onDocument, onResponse });
  await send('', ' ', { cancel: 7 }, document(1), '[', { tooLong: 9 });
  expect([onDocument.mock.calls.length, onResponse.mock.calls.length]).toEqual([3, 2]);
  for (const one of working) one.end();
  await close();
  expect(responses).toHaveLength(3);
  expect([onDocument.mock.calls.length, onResponse.mock.calls.length]).toEqual([3, 3]);
});
