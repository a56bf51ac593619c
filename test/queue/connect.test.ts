import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RedisOptions } from 'ioredis';
import { silentLog } from '../../src/base/log';
import { connectQueue } from '../../src/doors/queue/connect';
import { checkRedis, openRedis } from '../../src/redis/connection';

jest.mock('../../src/redis/connection', () => ({
  ...jest.requireActual('../../src/redis/connection'),
  openRedis: jest.fn(),
  checkRedis: jest.fn(),
}));

const key = join(mkdtempSync(join(tmpdir(), 'mdti-queue-')), 'mdti.key');
writeFileSync(key, randomBytes(32).toString('base64'), { mode: 0o600 });
const ENVIRONMENT = { MDTI_SHARED: 'redis://192.0.2.1', MDTI_SHARED_KEY_FILE: key };

/** A client that reports errors like that of ioredis: without a listener they end the process. */
const client = Object.assign(new EventEmitter(), { disconnect: jest.fn() });
const duplicate = jest.fn((_: RedisOptions) => {
  process.nextTick(() => client.emit('ready'));
  return client;
});
const connection = { client: { duplicate }, close: jest.fn(async () => {}) };

beforeEach(() => {
  jest.clearAllMocks();
  client.removeAllListeners();
  jest.mocked(checkRedis).mockResolvedValue(undefined);
  jest.mocked(openRedis).mockResolvedValue(connection as never);
});

test('without a Redis server queues cannot be used', async () => {
  await expect(connectQueue({}, silentLog)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: 'Queues need a Redis server, and none is configured.',
    hint: 'Set MDTI_SHARED=redis://HOST:6379 and MDTI_SHARED_KEY_FILE; see docs/scale-out.md.',
  });
});

test('a server that cannot be used for queues is one error, and the connection is closed', async () => {
  const log = jest.fn();
  const unusable = new Error('Redis evicts keys');
  jest.mocked(checkRedis).mockImplementation(async () => {
    jest.mocked(openRedis).mock.lastCall?.[1]('warn', 'Redis was lost', {});
    throw unusable;
  });
  await expect(connectQueue(ENVIRONMENT, log)).rejects.toBe(unusable);
  expect(connection.close).toHaveBeenCalledTimes(1);
  expect(log).not.toHaveBeenCalled();
  expect(checkRedis).toHaveBeenCalledWith(connection, expect.anything(), { queues: true });
});

test('a queue connects again for as long as it takes, and logs what happens to the connection', async () => {
  const log = jest.fn();
  const queue = await connectQueue(ENVIRONMENT, log);
  const [[{ retryStrategy, ...options }]] = duplicate.mock.calls as [[RedisOptions]];
  expect(options).toEqual({ maxRetriesPerRequest: null, enableOfflineQueue: true, lazyConnect: false });
  expect([1, 2, 5, 6, 7, 1_000].map((attempt) => retryStrategy?.(attempt))).toEqual([
    200, 400, 3_200, 5_000, 5_000, 5_000,
  ]);
  queue.client.emit('error', new Error('ECONNRESET'));
  jest.mocked(openRedis).mock.lastCall?.[1]('warn', 'Redis was lost', {});
  expect(log.mock.calls).toEqual([['warn', 'Redis was lost', {}]]);
  await queue.close();
  expect([client.disconnect.mock.calls.length, connection.close.mock.calls.length]).toEqual([1, 1]);
});

test.each([
  ['it did not respond in time', []],
  [
    'it accepts no more connections (maxclients)',
    ['ERR max number of clients reached', 'ERR max number of clients reached'],
  ],
])('a second connection that does not open in five seconds is an error: %s', async (reason, errors) => {
  jest.useFakeTimers();
  duplicate.mockImplementationOnce(() => client);
  const queue = connectQueue(ENVIRONMENT, silentLog);
  queue.catch(() => {});
  // The listener for errors is there once the wait has begun.
  while (client.listenerCount('error') === 0) await Promise.resolve();
  for (const error of errors) client.emit('error', new Error(error));
  jest.advanceTimersByTime(5_000);
  jest.useRealTimers();
  await expect(queue).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: `Redis at 192.0.2.1 cannot be used: ${reason}.`,
  });
  expect([client.disconnect.mock.calls.length, connection.close.mock.calls.length]).toEqual([1, 1]);
});
