import type { ChunkStore } from './chunk-store';
import { folderChunkStore } from './folder-chunk-store';

/** Precedes the name of a job in a location that is a container of blobs. */
export const BLOB_PREFIX = 'blob:';

/** Opens the store that a job's location names: a folder, or a container of blobs. */
export async function openChunkStore(location: string, environment: NodeJS.ProcessEnv): Promise<ChunkStore> {
  if (!location.startsWith(BLOB_PREFIX)) return folderChunkStore(location);
  return (await import('./blob-chunk-store')).blobChunkStore(location, environment);
}
