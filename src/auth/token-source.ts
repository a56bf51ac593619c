/** An access token for Graph. */
export interface Token {
  readonly value: string;
  /** It came out of the state and may have lost its validity since. */
  readonly cached: boolean;
}

/** How a token is had. Raises PluginError AUTH_FAILED, CONFIG_INVALID or NETWORK_FAILED. */
export interface TokenSource {
  /** The cached token while it is good, else a new one. */
  get(signal: AbortSignal): Promise<Token>;
  /** A new token, in place of one that Graph refused. */
  renew(refused: string, signal: AbortSignal): Promise<Token>;
  /** Forgets every token of this identity. */
  forget(): Promise<void>;
}
