import type { Login } from './auth/login';
import type { Config } from './config/config';
import type { GraphClient } from './graph/client';

/** What stands ready for one command, made from its parameters. */
export interface Services {
  readonly config: Config;
  readonly login: Login;
  readonly graph: GraphClient;
  readonly signal: AbortSignal;
}
