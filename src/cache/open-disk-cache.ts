import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../base/log';
import type { ResponseCache } from './response-cache';

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
