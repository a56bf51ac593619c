import type { Log } from '../base/log';
import { responseCacheFolder } from '../base/user-paths';
import { openDiskCache } from '../cache/open-disk-cache';
import { type RawParams, textParam } from '../config/read';
import { readTimesToLive, TIMES_TO_LIVE, type TimesToLive } from '../config/times-to-live';
import type { ClientCache } from '../graph/cached-client';
import { readSharedSettings } from '../redis/settings';
import { sharedResponseCache } from '../redis/shared-ports';

interface ResponseCacheOptions {
  readonly log: Log;
  /** Whether responses are reused although `cache_ttl` is not set. */
  readonly byDefault: boolean;
  readonly trustsState: boolean;
}

/**
 * Opens the response cache of this machine, or of all engines; undefined if it is switched off. Nothing is read before the first
 * request.
 * @throws PluginError CONFIG_INVALID for a `cache_ttl` that makes no sense.
 */
export function openResponseCache(params: RawParams, options: ResponseCacheOptions): ClientCache | undefined {
  const setting = textParam(params, 'cache_ttl');
  if (setting === undefined && !options.byDefault) return undefined;
  const times: TimesToLive | undefined = setting === undefined ? TIMES_TO_LIVE : readTimesToLive(setting);
  if (times === undefined) return undefined;
  const { log, trustsState } = options;
  const local = openDiskCache(responseCacheFolder(process.env), log);
  const settings = readSharedSettings(process.env);
  const cache = settings === undefined ? local : sharedResponseCache(settings, local, log);
  return { cache, times, trustsState };
}
