import { PassThrough } from 'node:stream';
import { serveProcess } from '../../../src/doors/serve/process';

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
