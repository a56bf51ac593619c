/** An access token for Graph. */
export interface Token {
  readonly value: string;
  /** It came out of the state and may have lost its validity since. */
  readonly cached: boolean;
}

/** Returns a token. Raises PluginError AUTH_FAILED, AUTH_PENDING, CONFIG_INVALID, NETWORK_FAILED, TIMED_OUT or CANCELLED. */
export interface TokenSource {
  /** The cached token while it is good, else a new one. The signal stands for the command. */
  get(signal: AbortSignal): Promise<Token>;
  /**
   * A new token, in place of one that Graph rejected; one per command.
   * @param claims JSON of a claims challenge, which the new token is requested with.
   */
  renew(refused: string, signal: AbortSignal, claims?: string): Promise<Token>;
  /** Forgets every login, also a pending one. */
  forget(signal: AbortSignal): Promise<void>;
}
