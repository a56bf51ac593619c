import { silentLog } from '../../base/log';
import { counted, formatCount } from '../../base/sanitize';
import { responseCacheFolder } from '../../base/user-paths';
import { diskCache } from '../../cache/disk-cache';

/** `mdti cache [status|clear|prune]`: the responses of Graph that this user's commands reuse. */
export function cacheVerb(action?: string): string {
  const folder = responseCacheFolder(process.env);
  const cache = diskCache({ folder, log: silentLog });
  const { responses, bytes, segments } = cache.status();
  try {
    if (action === 'clear') {
      cache.clear();
      return `Deleted ${formatCount(responses)} responses (${megabytes(bytes)}) in ${folder}.`;
    }
    if (action === 'prune') return `Freed ${megabytes(cache.prune())} of ${megabytes(bytes)} in ${folder}.`;
    const files = counted(segments, 'file');
    return `${formatCount(responses)} responses, ${megabytes(bytes)} in ${files} in ${folder}.`;
  } finally {
    cache.close();
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}
