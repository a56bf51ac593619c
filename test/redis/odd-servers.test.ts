import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { checkRedis, openRedis } from '../../src/redis/connection';
import { redisStore } from '../../src/redis/login-store';
import { memoryStore } from '../../src/state/store';

/** Milliseconds to connect: for servers that never respond, and for those whose response a slow machine must not miss. */
const SHORT = 100;
const LONG = 60_000;

const KEY = Buffer.alloc(32, 7);
const INFO = 'redis_version:7.2.0\r\nrole:master\r\ncluster_enabled:0\r\nloading:0\r\n';

let server: Server | undefined;
const sockets = new Set<Socket>();

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  server?.close();
});

/** A server that responds to each command, by its name; a name without a reply gets none. */
async function serverOf(talk: (socket: Socket) => void, path = '') {
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    talk(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: new URL(`redis://127.0.0.1:${(server.address() as AddressInfo).port}${path}`),
    username: undefined,
    password: undefined,
    sealingKey: KEY,
    ca: undefined,
    rate: undefined,
  };
}

/** A Redis that has these replies besides those to the handshake. */
function replying(replies: Readonly<Record<string, string>>): (socket: Socket) => void {
  const all: Readonly<Record<string, string>> = { info: bulk(INFO), client: '+OK\r\n', ...replies };
  return (socket) =>
    socket.on('data', (data) => {
      // Each command is an array: its name is the first text.
      for (const [, name = ''] of data.toString().matchAll(/\*\d+\r\n\$\d+\r\n(\w+)\r\n/g))
        socket.write(all[name.toLowerCase()] ?? '');
    });
}

function bulk(text: string): string {
  return `$${text.length}\r\n${text}\r\n`;
}

test.each<[string, (socket: Socket) => void, string, connectTimeout?: number]>([
  [
    'an HTTP server',
    (socket) => socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    'it does not respond as a Redis server',
  ],
  [
    'an SSH server',
    (socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\n'),
    'it does not respond as a Redis server',
  ],
  ['a server that closes', (socket) => socket.end(), 'the connection was closed'],
  ['a port that never responds', () => {}, 'it did not respond in time', SHORT],
  [
    'a server that responds to no command and continues to write',
    (socket) => socket.write('$2000000000\r\n'),
    'it did not respond in time',
    SHORT,
  ],
  [
    'a Redis without a free connection',
    (socket) => socket.end('-ERR max number of clients reached\r\n'),
    'it accepts no more connections (maxclients)',
  ],
])(
  '%s is named after one attempt, and costs the next command nothing',
  async (_, talk, reason, connectTimeout = LONG) => {
    const log = jest.fn();
    const settings = await serverOf(talk);
    const redis = await openRedis(settings, log, connectTimeout);
    expect(redis.lossReason()).toBe(reason);
    expect(
      await redis.withFallback(
        () => new Promise(() => {}),
        () => 'local',
      ),
    ).toBe('local');
    await expect(checkRedis(redis, settings, { queues: true })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: `Redis at ${settings.url.host} cannot be used: ${reason}.`,
    });
    expect(log).toHaveBeenCalledTimes(1);
    await redis.close();
  },
);

test('a database that does not exist is not replaced by the first one', async () => {
  const settings = await serverOf(replying({ select: '-ERR DB index is out of range\r\n' }), '/99');
  const log = jest.fn();
  const redis = await openRedis(settings, log, LONG);
  expect([redis.isReachable(), redis.lossReason()]).toEqual([false, 'it has no database of that number']);
  expect(log).toHaveBeenCalledTimes(1);
  await redis.close();
});

test.each([
  ['role:slave', 'it is a replica, which is read-only'],
  ['cluster_enabled:1', 'it is a cluster, which is not supported'],
])('a server with %s is rejected before a job is there', async (field, reason) => {
  const info = INFO.replace(new RegExp(`${field.split(':')[0]}:\\w+`), field);
  const settings = await serverOf(replying({ info: bulk(info) }));
  const redis = await openRedis(settings, () => {}, LONG);
  await expect(checkRedis(redis, settings, { queues: true })).rejects.toMatchObject({
    message: `Redis at ${settings.url.host} cannot be used: ${reason}.`,
  });
  await redis.close();
});

test.each([
  ["-READONLY You can't write against a read only replica.", 'it is a replica, which is read-only'],
  ["-OOM command not allowed when used memory > 'maxmemory'.", 'its memory is full (maxmemory)'],
  ['-MISCONF Redis is configured to save RDB snapshots', 'it cannot save its data to disk'],
  ['-CLUSTERDOWN Hash slot not served', 'it is a cluster, which is not supported'],
  ['-NOPERM User default has no permissions', 'the ACL user lacks a permission'],
])('a Redis that rejects writes is logged once and left alone (%s)', async (reply, reason) => {
  const settings = await serverOf(replying({ set: `${reply}\r\n`, get: '$-1\r\n' }));
  const log = jest.fn();
  const redis = await openRedis(settings, log, LONG);
  const store = redisStore(redis, 'app', KEY, memoryStore());
  for (let count = 0; count < 3; count++) {
    await store.read();
    await store.update((state) => ({ ...state, count }));
  }
  expect(await store.read()).toEqual({ count: 2 });
  expect(log.mock.calls).toEqual([
    ['warn', expect.stringContaining('Redis is unreachable'), { server: settings.url.host, reason }],
  ]);
  await redis.close();
});

test('a server that confirms no lock ends a change, which is stored locally', async () => {
  const settings = await serverOf(replying({ set: '+OK\r\n', get: '+OK\r\n', eval: '+OK\r\n' }));
  const redis = await openRedis(settings, () => {}, LONG);
  const local = memoryStore();
  const change = jest.fn(() => ({ token: 'a' }));
  await redisStore(redis, 'app', KEY, local).update(change);
  expect([change.mock.calls.length, await local.read()]).toEqual([1, { token: 'a' }]);
  await redis.close();
});
