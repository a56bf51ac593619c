/** The cached response of Graph to one request. */
export interface CachedResponse {
  /** Graph's response as JSON; undefined if Graph has no such record. */
  readonly json: string | undefined;
  /** Time of the request, in milliseconds since the epoch. */
  readonly requestedAt: number;
  /** Time at which the response expires, in milliseconds since the epoch. */
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
