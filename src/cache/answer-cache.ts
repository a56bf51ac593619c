/** What Graph once returned for one request. */
export interface CachedAnswer {
  /** JSON of what Graph returned; undefined where Graph has no such record. */
  readonly json: string | undefined;
  /** When the request was sent, milliseconds since the epoch. */
  readonly askedAt: number;
  /** When the answer is no longer used, milliseconds since the epoch. */
  readonly expiresAt: number;
}

/**
 * Port: answers of Graph that are shared between commands. A key names the Graph origin, the tenant and the request (see
 * `answerKey`), so no tenant reads the answers of another. Neither method rejects: a cache that fails costs speed only.
 */
export interface AnswerCache {
  /** Returns one element per key, in the order of the keys; expired answers count as missing. */
  getMany(keys: readonly string[]): Promise<readonly (CachedAnswer | undefined)[]>;
  setMany(answers: readonly (readonly [key: string, answer: CachedAnswer])[]): Promise<void>;
}

/** Builds the key of one answer. @param tenant the `tid` of the caller's own token */
export function answerKey(origin: string, tenant: string, request: string): string {
  return `${origin} ${tenant} ${request}`;
}
