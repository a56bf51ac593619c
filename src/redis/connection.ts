import type { Redis } from 'ioredis';
import { systemClock } from '../base/clock';
import { PluginError } from '../base/errors';
import type { Log } from '../base/log';
import { CLUSTER, isRejectedCommand, NO_RESPONSE, NOTHING_LISTENS, REPLICA, reasonOf } from './loss-reason';
import type { SharedSettings } from './settings';
import { onSlowReplies } from './slow-replies';

/** Milliseconds: a shared service that is slower than this costs more than it saves. The first includes name, TLS and sign-in. */
const CONNECT_TIMEOUT = 1_500;
const COMMAND_TIMEOUT = 1_000;
const RECONNECT_AFTER = 1_000;
/** Milliseconds for which a Redis that rejects commands or is slow is left alone. */
const PAUSE = 30_000;
/** Milliseconds that the other side has to close a connection too; two seconds by default. */
const DISCONNECT_TIMEOUT = 50;

const DEFAULT_PORT = 6379;

/** The message of ioredis for a command without a reply in time. */
const TIMED_OUT = /Command timed out/;

/** The oldest Redis whose commands are used, and that BullMQ supports. */
const OLDEST = 7;

/** A connection to the shared Redis that reconnects by itself and never keeps an idle process alive. */
export interface RedisConnection {
  readonly client: Redis;
  /** The reason why Redis is unreachable, in plain words; undefined while it is reachable. */
  lossReason(): string | undefined;
  /** Whether Redis is reachable; reconnects if the connection was lost. */
  isReachable(): boolean;
  /**
   * Runs `work` while Redis is reachable, else `otherwise`. Logs once when Redis is lost and once when it is reachable again.
   */
  withFallback<T>(work: (client: Redis) => Promise<T>, otherwise: () => Promise<T> | T): Promise<T>;
  close(): Promise<void>;
}

/**
 * Opens a connection; commands fail at once while Redis is unreachable, so that nothing waits for it.
 * @throws PluginError CONFIG_INVALID when ioredis is not installed.
 */
export async function openRedis(
  settings: SharedSettings,
  log: Log,
  connectTimeout = CONNECT_TIMEOUT,
): Promise<RedisConnection> {
  const now = systemClock.monotonic;
  const { Redis } = await import('ioredis').catch((cause: unknown) => {
    throw new PluginError('CONFIG_INVALID', 'Shared services need the package ioredis.', {
      hint: 'Install it beside this package: `npm install ioredis@5 bullmq@6`.',
      cause,
    });
  });
  const { url, username, password, ca } = settings;
  const client = new Redis({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || DEFAULT_PORT),
    db: Number(url.pathname.slice(1) || 0),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(url.protocol === 'rediss:' ? { tls: ca === undefined ? {} : { ca } } : {}),
    lazyConnect: true,
    // Two requests less for each connection.
    disableClientInfo: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: connectTimeout + RECONNECT_AFTER,
    disconnectTimeout: DISCONNECT_TIMEOUT,
    commandTimeout: COMMAND_TIMEOUT,
    // A timer of ioredis would keep the process alive: the next use connects again instead.
    retryStrategy: () => null,
  });
  let available: boolean | undefined;
  let lost: string | undefined;
  function report(isAvailable: boolean, reason: string): void {
    if (available === isAvailable) return;
    lost = isAvailable ? undefined : reason;
    if (!isAvailable)
      log('warn', 'Redis is unreachable; using the local budget and cache', { server: url.host, reason });
    else if (available === false) log('warn', 'Redis is reachable again', { server: url.host });
    available = isAvailable;
  }
  let pausedUntil = Number.NEGATIVE_INFINITY;
  const isPaused = () => now() < pausedUntil;
  function pause(reason: string): void {
    pausedUntil = now() + PAUSE;
    report(false, reason);
  }
  function succeeded(): void {
    if (!isPaused()) report(true, '');
  }
  client.on('error', (error: Error) => {
    if (!isRejectedCommand(error)) return report(false, reasonOf(error));
    // Without the database of the address, ioredis would use the first one.
    pause(reasonOf(error));
    client.disconnect();
  });
  // Commands in flight time out together.
  let isClosing = false;
  client.on('close', () => {
    isClosing = false;
    report(false, 'the connection was closed');
  });
  client.on('ready', succeeded);
  client.on('connect', () => unrefOf(client));
  onSlowReplies(client, now, () => pause('it responds too slowly'));
  let connectedAt = Number.NEGATIVE_INFINITY;
  async function connect(): Promise<void> {
    // The timeout of ioredis ends with the first byte; each reply to the handshake has its own.
    const timer = setTimeout(() => {
      report(false, NO_RESPONSE);
      client.disconnect();
    }, connectTimeout);
    try {
      await client.connect();
    } catch (error) {
      report(false, reasonOf(error));
    } finally {
      clearTimeout(timer);
      connectedAt = now();
    }
  }
  await connect();

  function reconnect(): void {
    if (client.status === 'end' && now() - connectedAt >= RECONNECT_AFTER) void connect();
  }

  function isReachable(): boolean {
    if (isPaused()) return false;
    if (client.status === 'ready') return true;
    reconnect();
    return false;
  }

  return {
    client,
    lossReason: () => lost,
    isReachable,
    async withFallback(work, otherwise) {
      if (!isReachable()) return otherwise();
      // The socket does not keep the process alive, so the wait for a reply has to.
      const hold = setInterval(() => {}, COMMAND_TIMEOUT);
      try {
        const result = await work(client);
        succeeded();
        return result;
      } catch (error) {
        if (isRejectedCommand(error)) pause(reasonOf(error));
        else report(false, reasonOf(error));
        // A server that hangs would cost every command its timeout: connect again instead.
        if (!isClosing && client.status === 'ready' && TIMED_OUT.test(String(error))) {
          isClosing = true;
          client.disconnect();
        }
      } finally {
        clearInterval(hold);
      }
      return otherwise();
    },
    async close() {
      // For a connection that has ended, ioredis would wait two seconds.
      if (client.status !== 'end') client.disconnect();
    },
  };
}

const opened = new Map<string, Promise<RedisConnection>>();

/** The connection that budget, responses and sign-ins of this process share. */
export function sharedConnection(settings: SharedSettings, log: Log): Promise<RedisConnection> {
  const key = `${settings.username ?? ''} ${settings.url.href}`;
  const connection = opened.get(key) ?? openRedis(settings, log);
  opened.set(key, connection);
  return connection;
}

/**
 * Checks once what must be right: the address, the password, the version, and (for queues) the eviction policy.
 * @throws PluginError CONFIG_INVALID with one sentence about the error.
 */
export async function checkRedis(
  { client, lossReason }: RedisConnection,
  { url }: SharedSettings,
  { queues }: { readonly queues: boolean },
): Promise<void> {
  const info = await client.info().catch((cause: unknown) => {
    // The command only says that there is no connection; the attempt to connect says why.
    const reason = lossReason() ?? reasonOf(cause);
    if (reason === NOTHING_LISTENS)
      throw new PluginError(
        'CONFIG_INVALID',
        `Redis cannot be used: nothing listens at ${url.hostname}:${url.port || DEFAULT_PORT}.`,
        { hint: 'Start Redis, or correct the address in MDTI_SHARED.', cause },
      );
    throw unusable(url, reason, cause);
  });
  const field = (name: string) => new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1];
  const version = field('redis_version') ?? '0';
  if (Number.parseInt(version, 10) < OLDEST)
    throw new PluginError('CONFIG_INVALID', `Redis at ${url.host} has version ${version}.`, {
      hint: `Use Redis ${OLDEST} or later.`,
    });
  if (field('role') === 'slave') throw unusable(url, REPLICA);
  if (field('cluster_enabled') === '1') throw unusable(url, CLUSTER);
  const policy = field('maxmemory_policy') ?? 'noeviction';
  if (queues && policy !== 'noeviction')
    throw new PluginError(
      'CONFIG_INVALID',
      `Redis at ${url.host} evicts keys (maxmemory-policy ${policy}), which loses jobs.`,
      { hint: 'Set `maxmemory-policy noeviction` in redis.conf.' },
    );
}

/** The error for a Redis server that cannot be used. */
export function unusable({ host }: URL, reason: string, cause?: unknown): PluginError {
  return new PluginError('CONFIG_INVALID', `Redis at ${host} cannot be used: ${reason}.`, {
    hint: 'Check MDTI_SHARED (redis:// without TLS, rediss:// with it), the password file and the ACL user.',
    cause,
  });
}

/** Lets the process exit while this connection is open. */
export function unrefOf(client: Redis): void {
  const { stream } = client as unknown as { readonly stream?: { unref?(): void } };
  stream?.unref?.();
}
