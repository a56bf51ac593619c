import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../base/log';

/** What Graph once returned for one request. */
export interface CachedResponse {
  /** JSON of what Graph returned; undefined where Graph has no such record. */
  readonly json: string | undefined;
  /** When the request was sent, milliseconds since the epoch. */
  readonly requestedAt: number;
  /** When the response is no longer used, milliseconds since the epoch. */
  readonly expiresAt: number;
}

/**
 * Port: responses of Graph that are shared between commands. A key names the Graph origin, the tenant and the request (see
 * `responseKey`), so no tenant reads the responses of another. Neither method rejects: a cache that fails costs speed only.
 */
export interface ResponseCache {
  /** Returns one element per key, in the order of the keys; expired responses count as missing. */
  getMany(keys: readonly string[]): Promise<readonly (CachedResponse | undefined)[]>;
  setMany(responses: readonly (readonly [key: string, response: CachedResponse])[]): Promise<void>;
}

/** The folder of cached responses: MDTI_RESPONSES, else `mdti/responses` below the folder that the system has for caches. */
export function responseCacheFolder(
  environment: NodeJS.ProcessEnv,
  home = homedir(),
  platform = process.platform,
): string {
  if (environment.MDTI_RESPONSES) return environment.MDTI_RESPONSES;
  const caches =
    platform === 'win32'
      ? environment.LOCALAPPDATA || join(home, 'AppData', 'Local')
      : platform === 'darwin'
        ? join(home, 'Library', 'Caches')
        : environment.XDG_CACHE_HOME || join(home, '.cache');
  return join(caches, 'mdti', 'responses');
}

/** One cache for each folder of this process. */
const opened = new Map<string, Promise<ResponseCache>>();

/** Opens the cache in a folder at the first read or write. */
export function openDiskCache(folder: string, log: Log): ResponseCache {
  const open = () => {
    const known =
      opened.get(folder) ?? import('./disk-cache').then(({ diskCache }) => diskCache({ folder, log }));
    opened.set(folder, known);
    return known;
  };
  return {
    getMany: async (keys) => (await open()).getMany(keys),
    setMany: async (responses) => (await open()).setMany(responses),
  };
}
