/**
 * What goes wrong: `throttle` answers 429 with `Retry-After`; `error` the given status (503 unless given) with an error
 * body; `reset` cuts the connection before an answer; `truncate` in the middle of one; `garble` answers 200 with text that is
 * no JSON; `wrap` puts a single entity into `value`, as some of Graph's samples show it.
 */
export type FaultKind = 'throttle' | 'error' | 'reset' | 'truncate' | 'garble' | 'wrap';

export interface FaultRule {
  readonly kind: FaultKind;
  /** What the request path begins with; `/v1.0` unless given. `/` meets the login service as well. */
  readonly match?: string;
  /** How many requests are left to meet it; counted down. */
  times: number;
  /** Seconds, for `throttle` and `error`; a throttle says 1 unless given. */
  readonly retryAfter?: number;
  /** For `error`. */
  readonly status?: number;
}

/**
 * A number of Graph requests in a span of time; what is beyond it gets 429 until the span is over. Of a batch each item
 * counts, and the batch does not (https://learn.microsoft.com/graph/throttling).
 */
export interface Budget {
  readonly requests: number;
  /** Seconds. */
  readonly window: number;
}

/** Switches of a running sandbox; each may be changed at any time. */
export interface Faults {
  /** Milliseconds each request waits. */
  latency: number;
  /** Rows a page holds at most, whatever `$top` wishes. */
  pageSize: number;
  budget: Budget | null;
  rules: FaultRule[];
}

/** A fault that an answer of its own tells of; the others happen to the connection or to a good answer. */
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
    rules: (given.rules ?? []).map((rule) => ({ ...rule })),
  };
}

/** Takes the first rule that a path meets and counts it down. `kinds` narrows to what can happen where it is asked. */
export function takeRule(faults: Faults, path: string, kinds: readonly FaultKind[]): FaultRule | undefined {
  const met = faults.rules.find(
    (rule) => rule.times > 0 && kinds.includes(rule.kind) && path.startsWith(rule.match ?? GRAPH),
  );
  if (met) met.times -= 1;
  return met;
}

/** What a rule answers in place of the service; undefined for a rule of another kind. */
export function refusalOf(rule: FaultRule | undefined): InjectedFault | undefined {
  if (rule?.kind === 'throttle') return { status: 429, retryAfter: rule.retryAfter ?? 1 };
  if (rule?.kind === 'error') return { status: rule.status ?? 503, retryAfter: rule.retryAfter };
  return undefined;
}

/** Counts requests against a budget, whose spans follow one another from the first request on. The clock gives milliseconds. */
export function makeMeter(clock: () => number): (budget: Budget | null) => InjectedFault | undefined {
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
    return { status: 429, retryAfter: Math.ceil((opened + span - now) / 1000) };
  };
}
