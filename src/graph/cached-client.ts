import { isPluginError, toPluginError } from '../base/errors';
import { isRecord, parseJson } from '../base/json';
import { type AnswerCache, answerKey, type CachedAnswer } from '../cache/answer-cache';
import { type AnswerKind, type TimesToLive, timeToLive } from '../config/times-to-live';
import type { GraphClient } from './client';
import { type Exchange, tokenWithRetry } from './exchange';
import { formatQuery } from './odata';
import type { GraphRequest, GraphResult, RequestCount } from './request';

export interface ClientCache {
  readonly cache: AnswerCache;
  readonly times: TimesToLive;
  /** Answers of requests before this time are not used, milliseconds since the epoch. */
  readonly notBefore?: number | undefined;
  /** Longest time since the request, milliseconds. */
  readonly maxAge?: number | undefined;
  /**
   * Whether a token out of the state proves a sign-in: it does where the state is this user's own. A token that a caller brought
   * along counts once Graph has accepted it.
   */
  readonly trustsState: boolean;
}

export interface CachedClientPorts extends ClientCache, Pick<Exchange, 'budget' | 'tokens'> {
  readonly origin: string;
  readonly now: () => number;
  /** Tokens that Graph accepted. */
  readonly worked: ReadonlySet<string>;
}

/**
 * Wraps a Graph client so that answers are reused. They are read only after the caller's own sign-in succeeded, and only those of
 * the token's tenant. Failures are never stored; lists whose rows are received page by page are not cached.
 */
export function cachedClient(client: GraphClient, ports: CachedClientPorts): GraphClient {
  const { cache, origin, now, times } = ports;

  /** @throws PluginError where the sign-in fails: then every request would. */
  async function tenantOf(signal: AbortSignal): Promise<string | undefined> {
    const token = await tokenWithRetry(ports, signal);
    const isProven = !token.cached || ports.trustsState || ports.worked.has(token.value);
    return isProven ? tenantIn(token.value) : undefined;
  }

  const onTheWay = new Map<string, Promise<GraphResult | undefined>>();

  /** The result of an equal request that is on its way, else of a new one. A command that was cancelled cancels no other. */
  async function shared(
    key: string,
    request: GraphRequest,
    joined: Promise<GraphResult | undefined> | undefined,
    signal: AbortSignal,
    count?: RequestCount,
  ): Promise<GraphResult | undefined> {
    const other = joined ?? onTheWay.get(key);
    const result = await other?.catch(() => undefined);
    if (result !== undefined && result.kind !== 'failed') return result;
    const own = send(key, request, signal, count);
    onTheWay.set(key, own);
    try {
      return await own;
    } finally {
      if (onTheWay.get(key) === own) onTheWay.delete(key);
    }
  }

  async function send(
    key: string,
    request: GraphRequest,
    signal: AbortSignal,
    count?: RequestCount,
  ): Promise<GraphResult | undefined> {
    const askedAt = now();
    const [result] = await client.execute([request], signal, undefined, count);
    const kind = result === undefined ? undefined : kindOf(request, result);
    const lives = kind === undefined ? 0 : timeToLive(times, kind, key);
    if (result !== undefined && lives > 0)
      await cache.setMany([[key, { json: jsonOf(result), askedAt, expiresAt: askedAt + lives }]]);
    return result;
  }

  return {
    async execute(requests, signal, onRows, count) {
      if (onRows !== undefined) return client.execute(requests, signal, onRows, count);
      let tenant: string | undefined;
      try {
        tenant = await tenantOf(signal);
      } catch (thrown) {
        if (isPluginError(thrown) && thrown.code === 'CANCELLED') throw thrown;
        return requests.map((request) => ({ kind: 'failed', request, error: toPluginError(thrown) }));
      }
      if (tenant === undefined) return client.execute(requests, signal, undefined, count);
      const keyOf = (request: GraphRequest) => answerKey(origin, tenant, identityOf(request));
      const distinct = [...new Map(requests.map((request) => [keyOf(request), request]))];
      const results = new Map<string, GraphResult>();
      // Looked up before the cache: what is on its way now is stored by the time that the cache answers.
      const joined = distinct.map(([key]) => onTheWay.get(key));
      const found = await cache.getMany(distinct.map(([key]) => key));
      // One by one, so that an answer can be reused immediately; on the wire they still share batches.
      await Promise.all(
        distinct.map(async ([key, request], place) => {
          const known = isUsable(found[place], ports) ? resultOf(request, found[place]) : undefined;
          const result = known ?? (await shared(key, request, joined[place], signal, count));
          if (result !== undefined) results.set(key, result);
        }),
      );
      return requests.flatMap((request) => {
        const result = results.get(keyOf(request));
        return result === undefined ? [] : [{ ...result, request } as GraphResult];
      });
    },
  };
}

/** The `tid` claim of a JWT. It is not verified: the token is the caller's own, and Graph has to accept it. */
function tenantIn(token: string): string | undefined {
  const [, claims = '', signature] = token.split('.');
  if (signature === undefined) return undefined;
  const payload = parseJson(Buffer.from(claims, 'base64url').toString('utf8'));
  return isRecord(payload) && typeof payload.tid === 'string' && payload.tid !== '' ? payload.tid : undefined;
}

function identityOf({ path, query, answers, rows }: GraphRequest): string {
  return JSON.stringify([answers, path, formatQuery(query), ...(answers === 'entity' ? [] : [rows])]);
}

function isUsable(
  answer: CachedAnswer | undefined,
  { notBefore = 0, maxAge = Number.POSITIVE_INFINITY, now }: CachedClientPorts,
): answer is CachedAnswer {
  return answer !== undefined && answer.askedAt >= notBefore && now() - answer.askedAt <= maxAge;
}

function kindOf({ path }: GraphRequest, result: GraphResult): AnswerKind | undefined {
  if (result.kind === 'failed') return undefined;
  if (result.kind === 'missing') return 'not-found';
  if (result.kind === 'collection') return 'list';
  if (path.includes('/vulnerabilities/')) return 'cve';
  if (!path.endsWith('/reputation')) return 'record';
  const verdict = isRecord(result.value) ? result.value.classification : undefined;
  return verdict === 'malicious' || verdict === 'suspicious' || verdict === 'neutral' ? verdict : 'unknown';
}

function jsonOf(result: GraphResult): string | undefined {
  if (result.kind === 'entity') return JSON.stringify(result.value);
  if (result.kind !== 'collection') return undefined;
  const { kind, request, askedAt, ...list } = result;
  return JSON.stringify(list);
}

function resultOf(request: GraphRequest, { json, askedAt }: CachedAnswer): GraphResult | undefined {
  if (json === undefined) return { kind: 'missing', request, askedAt };
  const value = parseJson(json);
  if (request.answers === 'entity') return { kind: 'entity', request, value, askedAt };
  if (!isRecord(value) || !Array.isArray(value.rows)) return undefined;
  return { rows: value.rows, more: value.more === true, ...value, kind: 'collection', request, askedAt };
}
