/**
 * Treatment of query options that the metadata annotates as unsupported (`model/capabilities.ts`): `documented` supports all of
 * them, `annotated` responds with 400, `careless` ignores them.
 */
export const MOODS = ['documented', 'annotated', 'careless'] as const;
export type Mood = (typeof MOODS)[number];

/**
 * The entitlement of the tenant: `none` fails every threat intelligence request with 500 `generalException`, `unverified` with a
 * bare HTML 500, as tenants without a Defender XDR or Sentinel entitlement have been seen to get.
 */
const ENTITLEMENTS = ['active', 'none', 'unverified'] as const;
export type Entitlement = (typeof ENTITLEMENTS)[number];

/** Differences between this Graph and the documented one. */
export interface Quirks {
  mood: Mood;
  /** The largest `$top` that is accepted; 400 above it. Null accepts any. */
  maxTop: number | null;
  /** Treats `$top` as the total number of rows: there is no `nextLink` then. */
  topIsTotal: boolean;
  /** Writes the path of `nextLink` in lower case. */
  lowerCaseLinks: boolean;
}

/**
 * The kind of failure: `throttle` sends 429 with `Retry-After`; `error` the given status (503 unless given) with an error
 * body; `reset` cuts the connection before a response; `truncate` in the middle of one; `garble` sends 200 with text that is
 * not JSON; `wrap` puts a single entity into `value`, as some of Graph's samples show it.
 */
export type FaultKind = 'throttle' | 'error' | 'reset' | 'truncate' | 'garble' | 'wrap';

export interface FaultRule {
  readonly kind: FaultKind;
  /** Prefix of the request path; `/v1.0` by default. `/` includes the login service. */
  readonly match?: string;
  /** Number of requests that still get this fault; decremented with each. */
  times: number;
  /** Seconds, for `throttle` and `error`; 1 by default for a throttle. */
  readonly retryAfter?: number;
  /** For `error`. */
  readonly status?: number;
}

/**
 * A number of Graph requests in a span of time; what is beyond it gets 429 until the span is over. Of a batch each item
 * counts, and the batch does not (https://learn.microsoft.com/graph/throttling).
 */
export interface SandboxBudget {
  readonly requests: number;
  /** Seconds. */
  readonly window: number;
  /** Rejects without `Retry-After`. */
  readonly silent?: boolean;
  /** Requests that were rejected; counted up. */
  refused?: number;
}

/** Switches of a running sandbox; each may be changed at any time. */
export interface Faults extends Quirks {
  /** Milliseconds that each request waits. */
  latency: number;
  /** Maximum number of rows on a page, regardless of `$top`. */
  pageSize: number;
  budget: SandboxBudget | null;
  entitlement: Entitlement;
  /** Claims (JSON) that a token must have been requested with; 401 with a claims challenge otherwise. */
  claims: string | null;
  /** Rejects `$batch` with 501. */
  noBatch: boolean;
  rules: FaultRule[];
}

/** A fault that is a complete response; the others affect the connection or a successful response. */
export interface InjectedFault {
  readonly status: number;
  readonly retryAfter: number | undefined;
}

export const GRAPH = '/v1.0';

export function initialFaults(given: Partial<Faults> = {}): Faults {
  return {
    latency: given.latency ?? 0,
    pageSize: given.pageSize ?? 100,
    budget: given.budget ?? null,
    mood: given.mood ?? 'documented',
    maxTop: given.maxTop ?? null,
    topIsTotal: given.topIsTotal ?? false,
    lowerCaseLinks: given.lowerCaseLinks ?? false,
    entitlement: given.entitlement ?? 'active',
    claims: given.claims ?? null,
    noBatch: given.noBatch ?? false,
    rules: (given.rules ?? []).map((rule) => ({ ...rule })),
  };
}

/** Takes the first rule that matches a path and decrements its count. `kinds` limits it to faults that can occur at this point. */
export function takeRule(faults: Faults, path: string, kinds: readonly FaultKind[]): FaultRule | undefined {
  const met = faults.rules.find(
    (rule) => rule.times > 0 && kinds.includes(rule.kind) && path.startsWith(rule.match ?? GRAPH),
  );
  if (met) met.times -= 1;
  return met;
}

/** The response of a rule in place of the service; undefined for a rule of another kind. */
export function refusalOf(rule: FaultRule | undefined): InjectedFault | undefined {
  if (rule?.kind === 'throttle') return { status: 429, retryAfter: rule.retryAfter ?? 1 };
  if (rule?.kind === 'error') return { status: rule.status ?? 503, retryAfter: rule.retryAfter };
  return undefined;
}

/** Counts requests against a budget, whose spans follow one another from the first request on. The clock gives milliseconds. */
export function makeMeter(clock: () => number): (budget: SandboxBudget | null) => InjectedFault | undefined {
  let opened: number | undefined;
  let used = 0;
  return (budget) => {
    if (!budget) return undefined;
    const now = clock();
    const span = budget.window * 1000;
    opened ??= now;
    const since = now - opened;
    if (since >= span) {
      opened = now - (since % span);
      used = 0;
    }
    used += 1;
    if (used <= budget.requests) return undefined;
    budget.refused = (budget.refused ?? 0) + 1;
    const retryAfter = Math.ceil((opened + span - now) / 1000);
    return { status: 429, retryAfter: budget.silent ? undefined : retryAfter };
  };
}
