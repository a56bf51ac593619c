import type { Clock } from '../base/clock';
import type { Log } from '../base/log';
import type { Config } from '../config/config';
import type { GraphTraffic } from '../graph/batching-transport';
import type { ClientCache } from '../graph/cached-client';
import type { RetryContext } from '../http/retry';
import type { Transport } from '../http/transport';
import type { Store } from '../state/store';

/** What an instance runs with, beside its parameters. */
export interface InstancePorts {
  /** Where tokens outlive a command; in memory by default. */
  readonly store?: Store;
  readonly log?: Log;
  readonly clock?: Clock;
  /** Returns the parameters that an earlier instance read; without it they are read again. */
  readonly readConfig?: (() => Config) | undefined;
  /** Carries every HTTP exchange; axios by default. */
  readonly transport?: Transport;
  /** What commands of one tenant and application share on the way to Graph; separate for each instance by default. */
  readonly traffic?: SharedTraffic;
  /** Responses of Graph that are reused; none by default. */
  readonly responseCache?: ClientCache | undefined;
  /** A certificate to trust in addition to Node's own, PEM. */
  readonly ca?: string | undefined;
  /** Https origins that the caller allows for login and Graph besides the known clouds and MDTI_ALLOW_ENDPOINTS. */
  readonly allowEndpoints?: readonly string[] | undefined;
}

/** What commands of one tenant and application share on the way to Graph. */
export interface SharedTraffic {
  readonly send: GraphTraffic;
  /** Where a 429 is remembered for all of them. */
  readonly backoffState: Pick<RetryContext, 'backoff'>;
  /** Tokens that Graph accepted. */
  readonly acceptedTokens: Set<string>;
}
