import type { AbortSignalLike } from '../base/plain-abort';

/** An access token for Graph. */
export interface Token {
  readonly value: string;
  /** Read from the saved state; may be expired or revoked. */
  readonly cached: boolean;
}

/** Returns a token. Raises PluginError AUTH_FAILED, AUTH_PENDING, CONFIG_INVALID, NETWORK_FAILED, TIMED_OUT or CANCELLED. */
export interface TokenSource {
  /** Returns the cached token while it is valid, else a new one. @param signal aborted with the command */
  get(signal: AbortSignalLike): Promise<Token>;
  /**
   * Returns a new token for one that Graph rejected; one per command.
   * @param claims JSON of a claims challenge, which the new token is requested with.
   */
  renew(refused: string, signal: AbortSignalLike, claims?: string): Promise<Token>;
  /** Deletes every sign-in, also a pending one. */
  forget(signal: AbortSignalLike): Promise<void>;
}
