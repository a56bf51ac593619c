import { type Clock, sleep } from '../base/clock';
import { isPluginError, PluginError, toPluginError } from '../base/errors';
import type { Log } from '../base/log';
import { formatCount } from '../base/sanitize';
import { isTransportError } from './transport';

/**
 * What is asked again, and how many attempts it is worth at most; where nothing is said, the time of the command ends it.
 * The rows are statuses (https://learn.microsoft.com/graph/throttling, best practices) and the faults of an exchange.
 * What has no row is never asked again.
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
};

/** Milliseconds before the second attempt; each further one waits twice as long, up to the longest. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 32_000;

/** The time that one command has, shared by all that it asks. */
export interface RetryBudget {
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds since the epoch: when the command's time is over. */
  readonly deadline: number;
  /** Set by a 429, and by an ill login that every request waits for: nothing is asked before that time. */
  backoff?: { readonly until: number; readonly error: PluginError };
}

/** Thrown by an attempt for trouble that every request of the command meets: none is asked before it may be over. */
export class SharedFailure extends Error {
  constructor(readonly failure: unknown) {
    super('every request meets it');
  }
}

/** What came broken: a 2xx whose body is no JSON although it says so. */
export class BrokenBody extends Error {}

/**
 * Attempts until it works, by the rules above.
 * @param attempt gets the number of the attempt, from 1 up.
 * @throws PluginError of the last attempt; TIMED_OUT or CANCELLED, as the signal says.
 */
export async function withRetry<T>(
  patience: RetryBudget,
  signal: AbortSignal,
  attempt: (number: number) => Promise<T>,
): Promise<T> {
  let trouble: PluginError | undefined;
  for (let number = 1; ; number++) {
    try {
      await waitForBackoff(patience, signal);
      return await attempt(number);
    } catch (thrown) {
      if (signal.aborted) throw abortError(signal, trouble);
      const met = thrown instanceof SharedFailure;
      trouble = toPluginError(met ? thrown.failure : thrown);
      await sleep(patience.clock, waitAfter(patience, trouble, number, met), signal).catch(() => {
        throw abortError(signal, trouble);
      });
    }
  }
}

/** Whether a trouble may be over at the next attempt; a refusal stays a refusal. */
export function isRetryable(trouble: PluginError): boolean {
  return Object.hasOwn(ATTEMPTS, kindOf(trouble));
}

/** Milliseconds to the next attempt. @throws the trouble itself, where there is to be none. */
function waitAfter(patience: RetryBudget, trouble: PluginError, number: number, met: boolean): number {
  if (!isRetryable(trouble)) throw trouble;
  const kind = kindOf(trouble);
  const { [kind]: most = 1 } = ATTEMPTS;
  if (number >= most) throw withSentence(trouble, `It was asked ${times(number)}.`);
  const wished = (trouble.retryAfter ?? 0) * 1000;
  const wait = wished > 0 ? wished : backOff(number);
  const until = patience.clock.now() + wait;
  const concernsAll = met || trouble.status === 429;
  if (concernsAll && until > (patience.backoff?.until ?? 0)) patience.backoff = { until, error: trouble };
  if (until >= patience.deadline) throw withSentence(trouble, impatience(patience, trouble, number));
  patience.log('warn', 'asking again', {
    attempt: number + 1,
    milliseconds: Math.round(wait),
    trouble: kind,
    requestId: trouble.requestId,
  });
  return wait;
}

/**
 * Waits until the service may be asked.
 * @throws PluginError of the 429, where that is not before the command ends.
 */
export async function waitForBackoff(patience: RetryBudget, signal: AbortSignal | undefined): Promise<void> {
  const { backoff, clock } = patience;
  if (backoff === undefined || backoff.until <= clock.now()) return;
  if (backoff.until >= patience.deadline) throw backoff.error;
  await sleep(clock, backoff.until - clock.now(), signal);
}

/** A row of the table: the fault of the exchange, or the status. */
function kindOf({ cause, status }: PluginError): string {
  if (isTransportError(cause)) return cause.fault;
  return cause instanceof BrokenBody ? 'broken' : String(status);
}

/** Half of the wait is fixed, half is chance: many that were refused together do not come back together. */
function backOff(number: number): number {
  const full = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (number - 1));
  return full / 2 + (Math.random() * full) / 2;
}

function impatience(
  { clock, deadline }: RetryBudget,
  { retryAfter = 0 }: PluginError,
  number: number,
): string {
  const left = formatCount(Math.max(0, Math.floor((deadline - clock.now()) / 1000)));
  return retryAfter > 0
    ? `The service asks to wait ${formatCount(retryAfter)} seconds, and the command has ${left} left (parameter command_timeout).`
    : `It was asked ${times(number)}; the command has ${left} seconds left (parameter command_timeout), too few to ask again.`;
}

function times(number: number): string {
  return number === 1 ? 'once' : number === 2 ? 'twice' : `${number} times`;
}

/** Why a command ended before its work did: its time was over, or somebody ended it. */
export function abortError(signal: AbortSignal, trouble?: PluginError): PluginError {
  const reason = isPluginError(signal.reason)
    ? signal.reason
    : new PluginError('CANCELLED', 'The command was cancelled.', { hint: 'Run the command again.' });
  return trouble === undefined ? reason : withSentence(reason, `The last trouble: ${trouble.message}`);
}

/** The same error with one more sentence. */
export function withSentence(error: PluginError, sentence: string): PluginError {
  return new PluginError(error.code, `${error.message.replace(/(?<![.!?:)\]\u201d"])$/, '.')} ${sentence}`, {
    hint: error.hint,
    status: error.status,
    requestId: error.requestId,
    retryAfter: error.retryAfter,
    cause: error.cause,
  });
}
