import { EventEmitter } from 'node:events';
import type { Redis } from 'ioredis';
import { runWorker } from '../../src/queue/worker';
import { MemoryRegistry } from '../support/memory-queue';

/** What BullMQ's worker does when it is closed. */
const bull = { close: jest.fn<Promise<void>, []>(), pause: jest.fn(async () => {}) };
jest.mock('bullmq', () => ({
  Worker: class {
    on() {}
    close = () => bull.close();
    pause = () => bull.pause();
  },
}));

class FakeRedis extends EventEmitter {
  status = 'ready';
  disconnect = jest.fn();
}

let redis: FakeRedis;
beforeEach(() => {
  redis = new FakeRedis();
  jest.clearAllMocks();
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
});
afterEach(() => jest.useRealTimers());

function stop(): Promise<void> {
  return runWorker(['contoso'], {
    redis: redis as unknown as Redis,
    registry: new MemoryRegistry(),
    log: () => {},
    storeFor: () => {
      throw new Error('no chunk is worked on');
    },
    enrich: async () => ({ text: '', counts: {} }),
    signal: AbortSignal.abort(),
  });
}

test('a worker that stops lets its chunks finish while Redis is reachable', async () => {
  bull.close.mockResolvedValueOnce();
  await stop();
  expect(redis.disconnect).not.toHaveBeenCalled();
  expect(jest.getTimerCount()).toBe(0);
});

test('an error of the socket before its close does not end a worker with that error', async () => {
  const closing = new Promise<void>((resolve) => {
    bull.close.mockImplementationOnce(() => {
      resolve();
      return new Promise(() => {});
    });
  });
  const stopped = stop();
  await closing;
  await new Promise(setImmediate);
  redis.emit('error', new Error('read ECONNRESET'));
  redis.emit('close');
  await stopped;
  expect([redis.disconnect.mock.calls.length, bull.pause.mock.calls.length]).toEqual([1, 1]);
  expect(jest.getTimerCount()).toBe(0);
});

test('a worker stops at once where Redis is already lost', async () => {
  redis.status = 'reconnecting';
  bull.close.mockReturnValueOnce(new Promise(() => {}));
  await stop();
  expect(redis.disconnect).toHaveBeenCalledTimes(1);
});

test('a worker whose queue cannot be closed reports that, and leaves no timer behind', async () => {
  bull.close.mockRejectedValueOnce(new Error('NOPERM'));
  await expect(stop()).rejects.toThrow('NOPERM');
  expect(jest.getTimerCount()).toBe(0);
});
