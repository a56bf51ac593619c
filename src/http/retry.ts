import { BOUNDS } from '../base/bounds';
import { type Clock, sleep } from '../base/clock';
import { isPluginError, PluginError, toPluginError } from '../base/errors';
import type { Log } from '../base/log';
import type { AbortSignalLike } from '../base/plain-abort';
import { counted } from '../base/sanitize';
import { LONGEST_BLOCK, type Priority } from '../budget/budget';
import { isTransportError } from './transport';

/**
 * The failures that are retried, with their number of attempts; `Infinity` means until the deadline of the command. The rows are statuses
 * (https://learn.microsoft.com/graph/throttling, best practices) and the faults of an exchange. A failure without a row is never retried.
 */
const ATTEMPTS: Readonly<Record<string, number>> = {
  408: Number.POSITIVE_INFINITY,
  429: Number.POSITIVE_INFINITY,
  500: 2,
  502: Number.POSITIVE_INFINITY,
  503: Number.POSITIVE_INFINITY,
  504: Number.POSITIVE_INFINITY,
  reset: Number.POSITIVE_INFINITY,
  timeout: Number.POSITIVE_INFINITY,
  broken: Number.POSITIVE_INFINITY,
  refused: 3,
  unresolved: 3,
  unreachable: 3,
  'open-files': 3,
};

/** Milliseconds before the second attempt; each further one waits twice as long, up to the longest. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 32_000;

/** The most that is added to a wait that the service requested: a share of it, and milliseconds. */
const JITTER = 0.05;
const LONGEST_JITTER = 250;

/** The backoff that the requests of an instance share. */
export interface BackoffState {
  /** Set by a 429, and by a failing login that every request waits for: nothing is sent before that time of the monotonic clock. */
  backoff?: { readonly until: number; readonly error: PluginError } | undefined;
}

/** The state that the requests of one command share: its deadline and its backoff. */
export interface RetryContext {
  readonly clock: Clock;
  readonly log: Log;
  /** The deadline of the command, on the monotonic clock. */
  readonly deadline: number;
  /** The backoff of all requests of the instance. */
  readonly backoffState: BackoffState;
  /** Priority of the requests; interactive by default. */
  readonly priority?: Priority | undefined;
  /** Keeps long work going although single requests of it keep failing; without it every request may use the command's time. */
  readonly longWork?: LongWork | undefined;
  /** Without it an outage may take the whole time of the command. */
  readonly outage?: Outage | undefined;
  /** The sign-in failure after the last attempt; the other requests of the command fail with it and do not sign in again. */
  noToken?: PluginError | undefined;
}

/** The duration of an outage that a command tolerates, and the start of the current one. */
interface Outage {
  /** Milliseconds. */
  readonly limit: number;
  /** Start of the first attempt that failed since the last success, on the monotonic clock. */
  since?: number | undefined;
  /** The last failure since then. */
  failure?: PluginError | undefined;
}

/** Failures of a service that is down. A 500 concerns one request, and a 429 includes the time to retry. */
const OUTAGE = /^(5(?!00)\d\d|reset|timeout|broken)$/;

/** State shared by the requests of a long run. */
export interface LongWork {
  /** Attempts of one request while others succeed. If none succeeds, the service is unavailable and all requests wait. */
  readonly maxAttempts: number;
  /** Completed requests, including permanently rejected ones: a 404 shows that the service works. */
  completed: number;
  /** No other requests are left that could show it: the attempts are limited in any case. */
  readonly isLast?: true;
}

/** Thrown by an attempt for a failure that affects every request of the command; all of them wait. */
export class SharedFailure extends Error {
  /** @param noToken whether sign-in failed: after the last attempt, no other request of the command tries again */
  constructor(
    readonly failure: unknown,
    readonly noToken = false,
  ) {
    super('every request meets it');
  }
}

/** A 2xx with a damaged body: its content type is JSON, its body is not. */
export class BrokenBody extends Error {}

/**
 * Attempts until it works, by the rules above.
 * @param attempt receives the number of the attempt, starting at 1.
 * @throws PluginError of the last attempt; TIMED_OUT or CANCELLED, the reason of the signal.
 */
export async function withRetry<T>(
  budget: RetryContext,
  signal: AbortSignalLike,
  attempt: (number: number) => Promise<T>,
): Promise<T> {
  const { longWork } = budget;
  const before = longWork?.completed ?? 0;
  let failure: PluginError | undefined;
  const { failure: down } = budget.outage ?? {};
  if (down !== undefined && outageTimeLeft(budget) <= 0)
    throw withSentence(down, 'Nothing more was sent (parameter outage_timeout).');
  if (budget.noToken !== undefined) throw budget.noToken;
  for (let number = 1; ; number++) {
    let started = budget.clock.monotonic();
    try {
      if (budget.backoffState.backoff !== undefined) await waitForBackoff(budget, signal);
      started = budget.clock.monotonic();
      const value = await attempt(number);
      if (budget.outage !== undefined) budget.outage.since = undefined;
      if (longWork !== undefined) longWork.completed += 1;
      return value;
    } catch (thrown) {
      if (signal.aborted) throw abortError(signal, failure);
      const shared = thrown instanceof SharedFailure;
      failure = toPluginError(shared ? thrown.failure : thrown);
      if (longWork !== undefined && !isRetryable(failure)) longWork.completed += 1;
      const tried = { number, shared, othersCompleted: (longWork?.completed ?? 0) > before, started };
      const wait = waitOrEnd(budget, failure, tried, shared && thrown.noToken);
      await sleep(budget.clock, wait, signal).catch(() => {
        throw abortError(signal, failure);
      });
    }
  }
}

function waitOrEnd(budget: RetryContext, failure: PluginError, tried: Tried, noToken: boolean): number {
  try {
    return waitAfter(budget, failure, tried);
  } catch (last) {
    if (noToken && budget.longWork === undefined) budget.noToken = toPluginError(last);
    throw last;
  }
}

/** Whether a failure may be over at the next attempt; a refusal stays a refusal. */
export function isRetryable(failure: PluginError): boolean {
  return Object.hasOwn(ATTEMPTS, kindOf(failure));
}

interface Tried {
  /** Attempts so far. */
  readonly number: number;
  /** The failure affects every request of the command. */
  readonly shared: boolean;
  /** Other requests were completed since the first attempt. */
  readonly othersCompleted: boolean;
  /** Start of the last attempt, on the monotonic clock. */
  readonly started: number;
}

/** Returns the milliseconds to wait before the next attempt. @throws the failure itself if no attempt is left. */
function waitAfter(
  budget: RetryContext,
  failure: PluginError,
  { number, shared, othersCompleted, started }: Tried,
): number {
  if (!isRetryable(failure)) throw failure;
  const kind = kindOf(failure);
  const concernsAll = shared || failure.status === 429;
  if (number >= maxAttempts(budget, kind, othersCompleted && !concernsAll))
    throw withSentence(failure, `It was sent ${times(number)}.`);
  // A service that names a longer time may have recovered long before.
  const retryAfter = Math.min(LONGEST_BLOCK, (failure.retryAfter ?? 0) * 1000);
  // Long work sends through a request budget, which itself probes when Graph accepts requests again.
  const isPaced = budget.longWork !== undefined && failure.status === 429;
  // The time of a request that timed out was a wait already.
  const waited = kind === 'timeout' ? budget.clock.monotonic() - started : 0;
  const timeLeft = budget.deadline - budget.clock.monotonic() - retryAfter - 1;
  const wait =
    retryAfter > 0
      ? retryAfter + Math.max(0, Math.min(jitter(retryAfter), timeLeft))
      : Math.max(0, backOff(isPaced ? 1 : number) - waited);
  const until = budget.clock.monotonic() + wait;
  const { backoffState } = budget;
  if (concernsAll && until > (backoffState.backoff?.until ?? 0))
    backoffState.backoff = { until, error: failure };
  if (until >= budget.deadline) throw withSentence(failure, outOfTime(budget, failure, number));
  noteOutage(budget, kind, started, failure);
  if (until - budget.clock.monotonic() >= outageTimeLeft(budget))
    throw withSentence(failure, `It was sent ${times(number)} (parameter outage_timeout).`);
  budget.log('warn', 'retrying', {
    attempt: number + 1,
    milliseconds: Math.round(wait),
    failure: kind,
    ...limitOf(budget, maxAttempts(budget, kind, othersCompleted && !concernsAll)),
    requestId: failure.requestId,
  });
  return wait;
}

/** Where the retries end: at a number of attempts, or after some more milliseconds; empty for long work, which waits as long as it takes. */
function limitOf(budget: RetryContext, attempts: number): { attempts?: number; timeLeft?: number } {
  if (Number.isFinite(attempts)) return { attempts };
  const timeLeft = Math.min(budget.deadline - budget.clock.monotonic(), outageTimeLeft(budget));
  return Number.isFinite(timeLeft) ? { timeLeft: Math.round(timeLeft) } : {};
}

function noteOutage({ outage }: RetryContext, kind: string, started: number, failure: PluginError): void {
  if (outage === undefined) return;
  const isDown = OUTAGE.test(kind);
  outage.since = isDown ? (outage.since ?? started) : undefined;
  outage.failure = isDown ? failure : undefined;
}

/** Milliseconds for which a service that is down is still requested; infinite while it is not down. */
export function outageTimeLeft({ outage, clock }: RetryContext): number {
  if (outage?.since === undefined) return Number.POSITIVE_INFINITY;
  return outage.since + outage.limit - clock.monotonic();
}

function maxAttempts({ longWork }: RetryContext, kind: string, othersCompleted: boolean): number {
  const { [kind]: most = 1 } = ATTEMPTS;
  if (longWork === undefined || kind === '500') return most;
  if (othersCompleted || longWork.isLast) return longWork.maxAttempts;
  return longWork.completed > 0 ? Number.POSITIVE_INFINITY : most;
}

/**
 * Waits until requests may be sent.
 * @throws PluginError of the 429, where that is not before the command's time is over.
 */
async function waitForBackoff(budget: RetryContext, signal: AbortSignalLike | undefined): Promise<void> {
  const { clock } = budget;
  const { backoff } = budget.backoffState;
  if (backoff === undefined || backoff.until <= clock.monotonic()) return;
  if (backoff.until >= budget.deadline) throw backoff.error;
  await sleep(clock, backoff.until - clock.monotonic(), signal);
}

/** A row of the table: the fault of the exchange, or the status. */
function kindOf({ cause, status }: PluginError): string {
  if (isTransportError(cause)) return cause.fault;
  return cause instanceof BrokenBody ? 'broken' : String(status);
}

/** Half of the wait is fixed, half is random, so that requests rejected together are not retried together. */
function backOff(number: number): number {
  const full = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (number - 1));
  return full / 2 + (Math.random() * full) / 2;
}

/** Returns random milliseconds, so that processes rejected together do not retry at the same moment. */
function jitter(wait: number): number {
  return Math.random() * Math.min(LONGEST_JITTER, wait * JITTER);
}

function outOfTime(
  { clock, deadline }: RetryContext,
  { retryAfter = 0 }: PluginError,
  number: number,
): string {
  const left = counted(Math.max(0, Math.floor((deadline - clock.monotonic()) / 1000)), 'second');
  return retryAfter > 0
    ? `Retry-After is ${counted(retryAfter, 'second')}, but the command has only ${left} left (parameter command_timeout).`
    : `It was sent ${times(number)}; the command has ${left} left (parameter command_timeout), not enough for a retry.`;
}

function times(number: number): string {
  return number === 1 ? 'once' : number === 2 ? 'twice' : `${number} times`;
}

/** Returns the error for a command that ended early: it timed out or was cancelled. */
export function abortError(signal: AbortSignalLike, failure?: PluginError): PluginError {
  const reason = isPluginError(signal.reason)
    ? signal.reason
    : new PluginError('CANCELLED', 'The command was cancelled.', { hint: 'Run the command again.' });
  return failure === undefined ? reason : withSentence(reason, `The last failure: ${failure.message}`);
}

/** Returns the error with a sentence added. */
export function withSentence(error: PluginError, sentence: string): PluginError {
  return new PluginError(error.code, `${error.message.replace(/(?<![.!?:)\]\u201d"])$/, '.')} ${sentence}`, {
    hint: error.hint,
    status: error.status,
    requestId: error.requestId,
    retryAfter: error.retryAfter,
    cause: error.cause,
  });
}

/** Returns the value of `Retry-After` in seconds, from seconds or a date (RFC 9110, 10.2.3). */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header.length > BOUNDS.header) return undefined;
  if (/^\s*\d{1,15}\s*$/.test(header)) return Number(header);
  const date = /[a-z]{3}/i.test(header) && /\d:\d\d/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
