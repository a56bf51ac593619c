import { isPluginError, toPluginError } from '../base/errors';
import { isRecord, parseJson } from '../base/json';
import type { AbortSignalLike } from '../base/plain-abort';
import type { CachedResponse, ResponseCache } from '../cache/response-cache';
import { type ResponseKind, type TimesToLive, timeToLive } from '../config/times-to-live';
import { type SendPorts, tokenWithRetry } from './authorized-request';
import { BATCH_SIZE } from './batch';
import type { GraphClient } from './client';
import { formatQuery } from './odata';
import type { GraphRequest, GraphResult, RequestCount } from './request';

export interface ClientCache {
  readonly cache: ResponseCache;
  readonly times: TimesToLive;
  /** Responses of requests before this time are not used, milliseconds since the epoch. */
  readonly notBefore?: number | undefined;
  /** Longest time since the request, milliseconds. */
  readonly maxAge?: number | undefined;
  /**
   * Whether a token out of the state proves a sign-in: it does where the state is this user's own. A token that a caller brought
   * along counts once Graph has accepted it.
   */
  readonly trustsState: boolean;
}

interface CachedClientPorts extends ClientCache, Pick<SendPorts, 'retry' | 'tokens'> {
  readonly origin: string;
  readonly now: () => number;
  /** Tokens that Graph accepted. */
  readonly acceptedTokens: ReadonlySet<string>;
}

/**
 * Wraps a Graph client so that responses are reused. They are read only after the caller's own sign-in succeeded, and only those of
 * the token's tenant. Failures are never stored; lists whose rows are received page by page are not cached.
 */
export function cachedClient(client: GraphClient, ports: CachedClientPorts): GraphClient {
  const { cache, origin, now, times } = ports;

  /** @throws PluginError if the sign-in fails: then every request would. */
  let known: { readonly token: string; readonly tenant: string | undefined } | undefined;

  async function tenantOf(signal: AbortSignalLike): Promise<string | undefined> {
    const token = await tokenWithRetry(ports, signal);
    const isProven = !token.cached || ports.trustsState || ports.acceptedTokens.has(token.value);
    if (!isProven) return undefined;
    if (known?.token !== token.value) known = { token: token.value, tenant: tenantIn(token.value) };
    return known.tenant;
  }

  /** Requests of this process that are on their way, each with the results of its group. */
  const inFlight = new Map<string, Promise<Results>>();

  /** The results of equal requests that are on their way, else of new ones. A command that was cancelled cancels no other. */
  async function sendNow(
    group: readonly Keyed[],
    signal: AbortSignalLike,
    count: RequestCount | undefined,
  ): Promise<Results> {
    const own = send(group, signal, count);
    for (const { key } of group) inFlight.set(key, own);
    try {
      return await own;
    } finally {
      for (const { key } of group) if (inFlight.get(key) === own) inFlight.delete(key);
    }
  }

  async function send(
    group: readonly Keyed[],
    signal: AbortSignalLike,
    count: RequestCount | undefined,
  ): Promise<Results> {
    const requestedAt = now();
    const sent = await client.execute(
      group.map(({ request }) => request),
      signal,
      undefined,
      count,
    );
    const results = new Map<string, GraphResult>();
    const responses: (readonly [string, CachedResponse])[] = [];
    for (const [place, { key, request }] of group.entries()) {
      const result = sent[place];
      if (result === undefined) continue;
      results.set(key, result);
      const kind = kindOf(request, result);
      const lives = kind === undefined ? 0 : timeToLive(times, kind, key);
      if (lives > 0)
        responses.push([key, { json: jsonOf(result), requestedAt, expiresAt: requestedAt + lives }]);
    }
    if (responses.length > 0) await cache.setMany(responses);
    return results;
  }

  /** Waits for what other commands sent. What failed there is sent again. */
  async function joinInFlight(
    others: readonly (Keyed & { readonly other: Promise<Results> })[],
    signal: AbortSignalLike,
    count: RequestCount | undefined,
  ): Promise<Results> {
    const results = new Map<string, GraphResult>();
    const failed: Keyed[] = [];
    for (const { other, key, request } of others) {
      const result = (await other.catch(() => undefined))?.get(key);
      if (result === undefined || result.kind === 'failed') failed.push({ key, request });
      else results.set(key, result);
    }
    const again = failed.length === 0 ? new Map<string, GraphResult>() : await sendNow(failed, signal, count);
    return new Map([...results, ...again]);
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
      const keyed = requests.map((request) => ({
        key: responseKey(origin, tenant, request),
        request,
      }));
      const distinct = [...new Map(keyed.map((one) => [one.key, one])).values()];
      // Looked up before the cache: what is in flight now is stored by the time that the cache returns.
      const before = distinct.map(({ key }) => inFlight.get(key));
      const found = await cache.getMany(distinct.map(({ key }) => key));
      const cached = new Map<string, GraphResult>();
      const others: (Keyed & { readonly other: Promise<Results> })[] = [];
      const missing: Keyed[] = [];
      for (const [place, one] of distinct.entries()) {
        const response = found[place];
        const result = isUsable(response, ports) ? resultOf(one.request, response) : undefined;
        const other = before[place] ?? inFlight.get(one.key);
        if (result !== undefined) cached.set(one.key, result);
        else if (other !== undefined) others.push({ ...one, other });
        else missing.push(one);
      }
      // In groups, so that a slow request delays few others; on the wire all of them still share batches.
      const results = await Promise.all([
        ...groupsOf(missing).map((group) => sendNow(group, signal, count)),
        ...(others.length === 0 ? [] : [joinInFlight(others, signal, count)]),
      ]);
      const all = [cached, ...results];
      return keyed.flatMap(({ key, request }) => {
        const result = all.find((one) => one.has(key))?.get(key);
        return result === undefined ? [] : [{ ...result, request } as GraphResult];
      });
    },
  };
}

interface Keyed {
  readonly key: string;
  readonly request: GraphRequest;
}

type Results = ReadonlyMap<string, GraphResult>;

function groupsOf(all: readonly Keyed[]): (readonly Keyed[])[] {
  return Array.from({ length: Math.ceil(all.length / BATCH_SIZE) }, (_, group) =>
    all.slice(group * BATCH_SIZE, (group + 1) * BATCH_SIZE),
  );
}

/** The `tid` claim of a JWT. It is not verified: the token is the caller's own, and Graph has to accept it. */
function tenantIn(token: string): string | undefined {
  const [, claims = '', signature] = token.split('.');
  if (signature === undefined) return undefined;
  const payload = parseJson(Buffer.from(claims, 'base64url').toString('utf8'));
  return isRecord(payload) && typeof payload.tid === 'string' && payload.tid !== '' ? payload.tid : undefined;
}

/** Builds the key of one response. @param tenant the `tid` of the caller's own token */
function responseKey(origin: string, tenant: string, request: GraphRequest): string {
  return `${origin} ${tenant} ${identityOf(request)}`;
}

function identityOf({ path, query, returns, rows }: GraphRequest): string {
  return JSON.stringify([returns, path, formatQuery(query), ...(returns === 'entity' ? [] : [rows])]);
}

/** Milliseconds that the clock of another machine may be ahead. A response from later was saved while a clock was wrong. */
const MOST_SKEW = 300_000;

function isUsable(
  response: CachedResponse | undefined,
  { notBefore = 0, maxAge = Number.POSITIVE_INFINITY, now }: CachedClientPorts,
): response is CachedResponse {
  if (response === undefined || response.requestedAt < notBefore) return false;
  const age = now() - response.requestedAt;
  return age <= maxAge && age >= -MOST_SKEW;
}

function kindOf({ path }: GraphRequest, result: GraphResult): ResponseKind | undefined {
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
  const { kind, request, requestedAt, ...list } = result;
  return JSON.stringify(list);
}

function resultOf(request: GraphRequest, { json, requestedAt }: CachedResponse): GraphResult | undefined {
  if (json === undefined) return { kind: 'missing', request, requestedAt };
  const value = parseJson(json);
  if (request.returns === 'entity') return { kind: 'entity', request, value, requestedAt };
  if (!isRecord(value) || !Array.isArray(value.rows)) return undefined;
  return {
    rows: value.rows,
    more: value.more === true,
    ...value,
    kind: 'collection',
    request,
    requestedAt,
  };
}
