import { BOUNDS } from './bounds';
import { redact } from './redact';
import { sanitizeMultiline } from './sanitize';

/** Every code an error can carry, and when it is raised. */
export const ERROR_CODES = {
  INVOCATION_UNREADABLE: 'The document that should name a command could not be read as one.',
  COMMAND_UNKNOWN: 'No command of that name exists.',
  ARGUMENT_UNKNOWN: 'The command has no argument of that name.',
  ARGUMENT_MISSING: 'An argument that the command needs was not given.',
  ARGUMENT_INVALID: 'An argument was given a value that it cannot have, or two arguments exclude each other.',
  CONFIG_INVALID:
    'A parameter of the integration has a value that makes no sense, or one that is needed is missing.',
  AUTH_FAILED: 'The login service refused, or answered with something that is no token.',
  AUTH_PENDING: 'A device-code login was started and nobody has typed the code yet.',
  GRAPH_BAD_REQUEST: 'Graph refused the request itself (400 and other 4xx without a row of their own).',
  GRAPH_UNAUTHORIZED: 'Graph did not accept the token (401), a fresh one included.',
  GRAPH_FORBIDDEN: 'Graph knows the caller and does not let it read threat intelligence (403).',
  GRAPH_NOT_FOUND: 'Graph has no record of that id (404).',
  GRAPH_THROTTLED: 'Graph asked to slow down (429).',
  GRAPH_UNAVAILABLE: 'Graph is ill or out of reach (5xx): not our fault, not the caller’s.',
  GRAPH_UNEXPECTED: 'Graph answered with something that its documentation does not allow.',
  NETWORK_FAILED: 'No answer came: refused, reset, unresolved, or not trusted.',
  TIMED_OUT: 'The time for one exchange, or for the whole command, was over.',
  CANCELLED: 'The caller ended the command.',
  TOO_LARGE: 'A response, document or message exceeds a bound of memory; the message names the bound.',
  STATE_UNAVAILABLE: 'The file that keeps logins for the command line could not be read, locked or written.',
  PLATFORM_REFUSED: 'The platform refused to give or to take what it keeps for the plugin.',
  INTERNAL: 'A fault of ours.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

export interface ErrorDetails {
  /** What to do about it; never a cause that we cannot know. */
  readonly hint?: string | undefined;
  /** HTTP status of the answer that made the error. */
  readonly status?: number | undefined;
  /** Graph's `request-id`, for a support case. */
  readonly requestId?: string | undefined;
  /** Seconds after which the service wants to be asked again. */
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

const BRAND = Symbol.for('msg-defender-threat-intel.PluginError');

/**
 * The one error that reaches people. The message says what was attempted and what was answered; whatever looks like a
 * credential is masked when the error is made.
 */
export class PluginError extends Error {
  override readonly name = 'PluginError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(clean(message), details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint === undefined ? undefined : clean(details.hint);
    this.status = details.status;
    this.requestId = details.requestId;
    this.retryAfter = details.retryAfter;
    Object.defineProperty(this, BRAND, { value: true });
  }
}

function clean(text: string): string {
  const cut = text.length > BOUNDS.message ? `${text.slice(0, BOUNDS.message)}…` : text;
  return redact(sanitizeMultiline(cut));
}

/** Told by a brand rather than by class: lazily loaded chunks carry a copy of the class. */
export function isPluginError(error: unknown): error is PluginError {
  return typeof error === 'object' && error !== null && BRAND in error;
}

/** Whatever was thrown, as a PluginError: what is not ours already is a fault of ours, told without language-level text. */
export function toPluginError(error: unknown): PluginError {
  if (isPluginError(error)) return error;
  if (error instanceof DOMException && error.name === 'AbortError')
    return new PluginError('CANCELLED', 'The command was cancelled.', { hint: 'Run the command again.' });
  return new PluginError('INTERNAL', 'The command ended on a fault of the integration itself.', {
    hint: 'Run it again with MDTI_LOG=debug and report the log line "internal fault".',
    cause: error,
  });
}
