import type { ErrorCode } from '../../base/errors';
import type { ErrorRecord } from '../invocation';

/** An error of a client. The subclasses name its kind; `code` is exact. */
export class MdtiError extends Error {
  override readonly name: string = 'MdtiError';
  readonly code: ErrorCode;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  /** Seconds after which the service wants the next request. */
  readonly retryAfter: number | undefined;

  constructor(message: string, { code, status, requestId, retryAfter }: ErrorRecord) {
    super(message);
    this.code = code;
    this.status = status;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }
}

/** A command or argument is not valid; nothing was sent. */
export class ArgumentError extends MdtiError {
  override readonly name = 'ArgumentError';
}

/** A parameter is missing or not valid; nothing was sent. */
export class ConfigError extends MdtiError {
  override readonly name = 'ConfigError';
}

/** The login service refused, or a user has not signed in yet. */
export class SignInError extends MdtiError {
  override readonly name = 'SignInError';
}

/** Microsoft Graph refused or failed; `status` and `requestId` are Graph's. */
export class GraphRequestError extends MdtiError {
  override readonly name = 'GraphRequestError';
}

/** No response: refused, reset, not resolved, not trusted, or timed out. */
export class NetworkError extends MdtiError {
  override readonly name = 'NetworkError';
}

/** The caller's signal ended the command. */
export class CancelledError extends MdtiError {
  override readonly name = 'CancelledError';
}

const CLASSES: readonly (readonly [RegExp, typeof MdtiError])[] = [
  [/^(ARGUMENT_|COMMAND_|INVOCATION_)/, ArgumentError],
  [/^CONFIG_/, ConfigError],
  [/^AUTH_/, SignInError],
  [/^GRAPH_/, GraphRequestError],
  [/^(NETWORK_FAILED|TIMED_OUT)$/, NetworkError],
  [/^CANCELLED$/, CancelledError],
];

/** Returns the error of an error entry. */
export function mdtiError(message: string, record: ErrorRecord): MdtiError {
  const found = CLASSES.find(([pattern]) => pattern.test(record.code))?.[1] ?? MdtiError;
  return new found(message, record);
}
