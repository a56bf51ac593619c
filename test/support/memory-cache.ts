import type { CachedResponse, ResponseCache } from '../../src/cache/response-cache';

/** A response cache in memory that nothing leaves. */
export function memoryCache(): ResponseCache {
  const stored = new Map<string, CachedResponse>();
  return {
    getMany: async (keys) => keys.map((key) => stored.get(key)),
    setMany: async (responses) => {
      for (const [key, response] of responses) stored.set(key, response);
    },
  };
}
