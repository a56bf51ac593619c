import type { Login } from '../../auth/login';
import type { Clock } from '../../base/clock';
import type { AbortSignalLike } from '../../base/plain-abort';
import type { Config } from '../../config/config';
import type { GraphClient } from '../../graph/client';
import type { OnRows } from '../../graph/request';
import type { RetryContext } from '../../http/retry';
import type { Lookup } from '../../output/lookups';
import type { Store } from '../../state/store';

/** The services for one command, made from its parameters. */
export interface Services {
  readonly config: Config;
  readonly login: Login;
  readonly graph: GraphClient;
  readonly clock: Clock;
  /** The progress of the last incident fetch. */
  readonly lastRun: Pick<Store, 'read'>;
  /** The time that the command has. */
  readonly budget: RetryContext;
  readonly signal: AbortSignalLike;
  /** Receives the rows of a list page by page, instead of in the entry. */
  readonly onRows?: OnRows | undefined;
  /** Receives the result of each observable, even if the command then fails. */
  readonly report: (lookups: readonly Lookup[]) => void;
}
