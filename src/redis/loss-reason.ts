export const NOTHING_LISTENS = 'nothing listens there';
export const NO_RESPONSE = 'it did not respond in time';
export const REPLICA = 'it is a replica, which is read-only';
export const CLUSTER = 'it is a cluster, which is not supported';

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED/, NOTHING_LISTENS],
  [/ENOTFOUND|EAI_AGAIN/, 'the host name is not known'],
  [/WRONGPASS/, 'the user name or the password is wrong'],
  [/NOAUTH/, 'it requires a password'],
  [/NOPERM/, 'the ACL user lacks a permission'],
  [/DB index/, 'it has no database of that number'],
  [/READONLY/, REPLICA],
  [/MASTERDOWN/, 'it is a replica that lost its master'],
  [/OOM/, 'its memory is full (maxmemory)'],
  [/MISCONF/, 'it cannot save its data to disk'],
  [/CLUSTERDOWN|MOVED|CROSSSLOT/, CLUSTER],
  [/max number of clients/, 'it accepts no more connections (maxclients)'],
  [/LOADING/, 'it is still loading its data'],
  [/Protocol error|WRONG_VERSION_NUMBER/i, 'it does not respond as a Redis server'],
  [/timed out|ETIMEDOUT/i, NO_RESPONSE],
  [/certificate|self.signed/i, 'its certificate is not trusted'],
  [/ECONNRESET|closed|EPIPE/i, 'the connection was closed'],
];

/** A reason in plain words; never the text of the server, which may repeat what it was sent. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? `${error.message} ${'code' in error ? String(error.code) : ''}` : '';
  return REASONS.find(([pattern]) => pattern.test(text))?.[1] ?? 'the connection failed';
}

/** Whether a server that is reachable rejected a command, which it will do again soon. */
export function isRejectedCommand(error: unknown): boolean {
  return error instanceof Error && error.name === 'ReplyError' && !error.message.startsWith('LOADING');
}
