import { idleWatch } from '../../../src/doors/serve/idle';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** A process whose lines come when the test says so. */
function watched(seconds: string | undefined) {
  const onIdle = jest.fn();
  const idle = idleWatch(seconds, onIdle);
  let send: (line: object | undefined) => void = () => {};
  async function* input() {
    for (;;) {
      const line = await new Promise<object | undefined>((resolve) => {
        send = resolve;
      });
      if (line === undefined) return;
      yield line as { text: string };
    }
  }
  const read: unknown[] = [];
  const done = (async () => {
    for await (const line of idle.lines(input())) read.push(line);
  })();
  return {
    idle,
    onIdle,
    read,
    done,
    async line(line: object | undefined) {
      await jest.advanceTimersByTimeAsync(0);
      send(line);
      await jest.advanceTimersByTimeAsync(0);
    },
    wait: (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds),
  };
}

test('a process without documents ends after the limit', async () => {
  const { onIdle, wait } = watched('5');
  await wait(4_999);
  expect(onIdle).not.toHaveBeenCalled();
  await wait(1);
  expect(onIdle).toHaveBeenCalledTimes(1);
});

test('documents in progress keep it, and the time begins with the last response', async () => {
  const { idle, line, onIdle, read, wait } = watched('5');
  await wait(4_000);
  await line({ text: '{"id":1}' });
  await line({ tooLong: 9 });
  await wait(100_000);
  idle.responded();
  await wait(100_000);
  expect(onIdle).not.toHaveBeenCalled();
  idle.responded();
  await wait(4_999);
  expect(onIdle).not.toHaveBeenCalled();
  await wait(1);
  expect(onIdle).toHaveBeenCalledTimes(1);
  expect(read).toEqual([{ text: '{"id":1}' }, { tooLong: 9 }]);
});

test('an empty line starts the time anew and is no document', async () => {
  const { line, onIdle, wait } = watched('5');
  await wait(4_000);
  await line({ text: ' ' });
  await wait(4_999);
  expect(onIdle).not.toHaveBeenCalled();
  await wait(1);
  expect(onIdle).toHaveBeenCalledTimes(1);
});

test('a response to no document does not change the count', async () => {
  const { idle, line, onIdle, wait } = watched('5');
  idle.responded();
  await line({ text: '{"id":1}' });
  await wait(100_000);
  expect(onIdle).not.toHaveBeenCalled();
});

test('the end of the input or of the process ends the time', async () => {
  const ended = watched('5');
  await ended.line(undefined);
  await ended.done;
  const stopped = watched('5');
  stopped.idle.stop();
  await stopped.wait(100_000);
  expect([ended, stopped].map(({ onIdle }) => onIdle.mock.calls)).toEqual([[], []]);
});

test.each([undefined, '', '0', '-1', '1.5', '5s', 'x5', '12345678'])('%j is no limit', (seconds) => {
  watched(seconds);
  expect(jest.getTimerCount()).toBe(0);
});
