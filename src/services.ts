import type { Identity } from './auth/identity';
import type { TokenSource } from './auth/token-source';
import type { Config } from './config/config';
import type { GraphClient } from './graph/client';

/** What stands ready for one command, made from its parameters. */
export interface Services {
  readonly config: Config;
  readonly identity: Identity;
  readonly tokens: TokenSource;
  readonly graph: GraphClient;
  readonly signal: AbortSignal;
}
