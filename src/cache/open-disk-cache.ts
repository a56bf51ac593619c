import type { Log } from '../base/log';
import type { ResponseCache } from './response-cache';

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
