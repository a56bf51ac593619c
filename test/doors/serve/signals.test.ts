import { PassThrough } from 'node:stream';
import { idleWatch } from '../../../src/doors/serve/idle';
import { serveProcess } from '../../../src/doors/serve/process';
import { serve } from '../../../src/doors/serve/serve';

jest.mock('../../../src/doors/serve/idle', () => {
  const real = jest.requireActual('../../../src/doors/serve/idle');
  return { idleWatch: jest.fn(real.idleWatch) };
});
jest.mock('../../../src/doors/serve/serve', () => {
  const real = jest.requireActual('../../../src/doors/serve/serve');
  return { ...real, serve: jest.fn(real.serve) };
});

let stdin: PassThrough;
let status: number | undefined;
beforeEach(() => {
  stdin = new PassThrough();
  status = undefined;
  jest.spyOn(process, 'stdin', 'get').mockReturnValue(stdin as never);
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal);
  jest.restoreAllMocks();
});

/** Starts `mdti serve` in this process; returns its first response. */
async function serving(): Promise<string> {
  const response = new Promise<string>((resolve) =>
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      resolve(String(text));
      return true;
    }),
  );
  void serveProcess().then((ended) => {
    status = ended;
  });
  stdin.write('{"id":1,"command":"nothing"}\n');
  return response;
}

/** Lets everything run that waits for nothing. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends mdti serve while stdin is open, and closes stdin',
  async (signal) => {
    expect(JSON.parse(await serving())).toMatchObject({ id: 1, errors: [{ code: expect.anything() }] });
    await settle();
    expect([status, stdin.destroyed]).toEqual([undefined, false]);
    process.emit(signal, signal);
    await settle();
    expect([status, stdin.destroyed]).toEqual([0, true]);
  },
);

test('mdti serve exits with the status of the signal even if its reader reads nothing', async () => {
  jest.mocked(serve).mockImplementationOnce(async (_, __, { signal }) => {
    await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
  });
  const stdout = { isTTY: false, writableLength: 1, write: () => false };
  jest.spyOn(process, 'stdout', 'get').mockReturnValue(stdout as never);
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
  const ended = serveProcess();
  await settle();
  process.emit('SIGINT', 'SIGINT');
  await settle();
  jest.runAllTimers();
  jest.useRealTimers();
  expect(await ended).toBe(130);
});

test('a second signal meets no handler and ends the process', async () => {
  await serving();
  process.emit('SIGINT', 'SIGINT');
  expect(['SIGINT', 'SIGTERM'].map((signal) => process.listenerCount(signal))).toEqual([0, 0]);
  await settle();
});

test('the end of stdin ends mdti serve', async () => {
  await serving();
  stdin.end();
  await settle();
  expect(status).toBe(0);
});

test('a process without documents ends as after a signal', async () => {
  process.env.MDTI_IDLE_SECONDS = '3600';
  await serving();
  delete process.env.MDTI_IDLE_SECONDS;
  const [seconds, onIdle] = jest.mocked(idleWatch).mock.lastCall ?? [];
  expect(seconds).toBe('3600');
  onIdle?.();
  await settle();
  expect(status).toBe(0);
});

test('documents and their responses are counted', async () => {
  const watch = { received: jest.fn(), responded: jest.fn(), stop: jest.fn() };
  jest.mocked(idleWatch).mockReturnValueOnce(watch);
  jest.mocked(serve).mockImplementationOnce(async (_lines, _write, { onDocument, onResponse }) => {
    onDocument?.();
    onDocument?.();
    onResponse?.();
  });
  expect(await serveProcess()).toBe(0);
  expect([watch.received, watch.responded, watch.stop].map(({ mock }) => mock.calls.length)).toEqual([
    2, 1, 1,
  ]);
});

test('the log is on stderr', async () => {
  const response = serving();
  stdin.write('{"id":2,"command":"ip","door":"xsoar","args":{"hostname":"x"}}\n');
  await response;
  await settle();
  expect(jest.mocked(process.stderr.write)).toHaveBeenCalledWith(
    expect.stringContaining('unexpected arguments ignored'),
  );
});
