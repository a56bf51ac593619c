import { BOUNDS } from './bounds';
import { redact } from './redact';
import { sanitizeMultiline } from './sanitize';

/** Every code an error can carry, and when it is raised. */
export const ERROR_CODES = {
  INVOCATION_UNREADABLE: 'The document on stdin could not be read, or names no command.',
  COMMAND_UNKNOWN: 'No command of that name exists.',
  ARGUMENT_UNKNOWN: 'The command has no argument of that name.',
  ARGUMENT_MISSING: 'A required argument is missing.',
  ARGUMENT_INVALID: 'An argument has a value that is not allowed, or two arguments cannot be combined.',
  CONFIG_INVALID:
    'A parameter of the integration has a value that is not allowed, or a required parameter is missing.',
  AUTH_FAILED: 'The login service rejected the request, or returned something other than a token.',
  AUTH_PENDING: 'A device-code login was started and the code is not entered yet.',
  GRAPH_BAD_REQUEST: 'Graph rejected the request (400, and every 4xx that has no other code).',
  GRAPH_UNAUTHORIZED: 'Graph did not accept the token, not even a new one (401).',
  GRAPH_FORBIDDEN: 'The caller may not read threat intelligence (403).',
  GRAPH_NOT_FOUND: 'Graph has no record of that id (404).',
  GRAPH_THROTTLED: 'Graph throttled the request (429).',
  GRAPH_UNAVAILABLE: 'Microsoft Graph is temporarily unavailable (5xx).',
  GRAPH_UNEXPECTED: 'Graph returned something that its documentation does not allow.',
  NETWORK_FAILED:
    'No response arrived: the connection was refused or reset, the name was not resolved, or the certificate is not trusted.',
  TIMED_OUT: 'One request, or the whole command, timed out.',
  CANCELLED: 'The caller cancelled the command.',
  TOO_LARGE: 'A response, document or message exceeds a memory limit; the message names the limit.',
  STATE_UNAVAILABLE:
    'The file that stores sign-ins for the command line could not be read, locked or written.',
  PLATFORM_REFUSED: 'The platform rejected reading or storing the state of the integration.',
  INTERNAL: 'An internal error in mdti.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

export interface ErrorDetails {
  /** A fix for the user; never a cause that we cannot know. */
  readonly hint?: string | undefined;
  /** HTTP status of the response that caused the error. */
  readonly status?: number | undefined;
  /** Graph's `request-id`, for a support case. */
  readonly requestId?: string | undefined;
  /** Seconds after which the service accepts a retry. */
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

const BRAND = Symbol.for('msg-defender-threat-intel.PluginError');

/**
 * The one error that reaches users. The message says what was attempted and what the service responded; whatever looks like a
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

/** Credentials are masked before the cut, which could leave half of one. */
function clean(text: string): string {
  const masked = redact(sanitizeMultiline(text.slice(0, 8 * BOUNDS.message)));
  return masked.length > BOUNDS.message ? `${masked.slice(0, BOUNDS.message)}…` : masked;
}

/** Identified by a brand instead of its class: lazily loaded chunks carry a copy of the class. */
export function isPluginError(error: unknown): error is PluginError {
  return typeof error === 'object' && error !== null && BRAND in error;
}

/** Converts any thrown value to a PluginError: anything that is not ours is an internal error, without language-level text. */
export function toPluginError(error: unknown): PluginError {
  if (isPluginError(error)) return error;
  if (error instanceof DOMException && error.name === 'AbortError')
    return new PluginError('CANCELLED', 'The command was cancelled.', { hint: 'Run the command again.' });
  if (isOutOfFiles(error))
    return new PluginError(
      'INTERNAL',
      'The command failed: this process has reached its limit of open files.',
      {
        hint: 'Raise the limit (`ulimit -n`) and run the command again.',
        cause: error,
      },
    );
  if (error instanceof Error && error.name === 'ReplyError')
    return new PluginError('CONFIG_INVALID', `Redis rejected a command: ${kindOf(error)}.`, {
      hint: 'Check the memory, the role and the log of the Redis server that MDTI_SHARED names.',
      cause: error,
    });
  return new PluginError('INTERNAL', 'The command failed because of an internal error.', {
    hint: 'Run it again with MDTI_LOG=debug and report the log line "internal fault".',
    cause: error,
  });
}

/** The message, and the hint on a line below it. */
export function errorText({ message, hint }: Pick<PluginError, 'message' | 'hint'>): string {
  return hint === undefined ? message : `${message}\n${hint}`;
}

function isOutOfFiles(error: unknown): boolean {
  return error instanceof Error && ['EMFILE', 'ENFILE'].includes(codeOf(error));
}

/** The first word of a reply of Redis, such as `OOM`; the rest may repeat what it was sent. */
function kindOf({ message }: Error): string {
  return /^[A-Z]{1,20}\b/.exec(message)?.[0] ?? 'ERR';
}

/** The code of an error of Node or the system, such as `ENOENT`; an empty string for any other value. */
export function codeOf(error: unknown): string {
  const isObject = typeof error === 'object' && error !== null;
  return isObject && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
