import type { Login } from './auth/login';
import type { Clock } from './clock';
import type { Config } from './config/config';
import type { GraphClient } from './graph/client';
import type { Store } from './state/store';

/** What stands ready for one command, made from its parameters. */
export interface Services {
  readonly config: Config;
  readonly login: Login;
  readonly graph: GraphClient;
  readonly clock: Clock;
  /** Where the last fetch of incidents ended. */
  readonly lastRun: Pick<Store, 'read'>;
  readonly signal: AbortSignal;
}
