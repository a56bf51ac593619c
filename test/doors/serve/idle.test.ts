import { idleWatch } from '../../../src/doors/serve/idle';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function watched(seconds: string | undefined) {
  const onIdle = jest.fn();
  const wait = (milliseconds: number) => jest.advanceTimersByTime(milliseconds);
  return { idle: idleWatch(seconds, onIdle), onIdle, wait };
}

test('a process without documents ends after the limit', () => {
  const { onIdle, wait } = watched('5');
  wait(4_999);
  expect(onIdle).not.toHaveBeenCalled();
  wait(1);
  expect(onIdle).toHaveBeenCalledTimes(1);
});

test('documents in progress keep the process running, and the idle time starts at the last response', () => {
  const { idle, onIdle, wait } = watched('5');
  wait(4_000);
  idle.received();
  idle.received();
  wait(100_000);
  idle.responded();
  wait(100_000);
  expect(onIdle).not.toHaveBeenCalled();
  idle.responded();
  wait(4_999);
  expect(onIdle).not.toHaveBeenCalled();
  wait(1);
  expect(onIdle).toHaveBeenCalledTimes(1);
});

test('a response to no document does not change the count', () => {
  const { idle, onIdle, wait } = watched('5');
  idle.responded();
  idle.received();
  wait(100_000);
  expect(onIdle).not.toHaveBeenCalled();
});

test('the end of the process stops the idle timer', () => {
  const { idle, onIdle, wait } = watched('5');
  idle.stop();
  wait(100_000);
  expect(onIdle).not.toHaveBeenCalled();
});

test.each([undefined, '', '0', '-1', '1.5', '5s', 'x5', '12345678'])('%j is no limit', (seconds) => {
  watched(seconds);
  expect(jest.getTimerCount()).toBe(0);
});
