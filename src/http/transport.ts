import type { MemoryBudget } from '../base/memory-budget';
import type { AbortSignalLike } from '../base/plain-abort';

/** One HTTP exchange, as data. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds from the first byte sent to the last one received. */
  readonly timeout: number;
  readonly signal?: AbortSignalLike | undefined;
  /** Counts the bytes of the response as they arrive, after decompression. */
  readonly memory?: MemoryBudget | undefined;
  /** The request was sent before: it takes precedence over waiting requests. */
  readonly isRetry?: boolean | undefined;
  /** Never through a proxy, whatever the environment names. */
  readonly direct?: boolean;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; several values of one name joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends one request and returns the response with any status; redirects are not followed.
 * Rejects with a TransportError if no complete response arrived.
 */
export type Transport = (request: HttpRequest) => Promise<HttpResponse>;

/** The reason why no response arrived. */
export type TransportFault =
  | 'refused'
  | 'unresolved'
  | 'reset'
  | 'timeout'
  | 'untrusted'
  | 'too-large'
  | 'cancelled'
  | 'unreachable'
  | 'open-files'
  | 'proxy';

/** No response arrived from `origin`. Contains nothing of the request: neither headers nor body can leak from it. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  constructor(
    readonly fault: TransportFault,
    readonly origin: string,
    readonly reason: string,
  ) {
    super(`${origin}: ${reason}`);
  }
}

export function isTransportError(error: unknown): error is TransportError {
  return error instanceof Error && error.name === 'TransportError' && 'fault' in error;
}
