import type { Clock } from '../base/clock';
import type { Log } from '../base/log';
import type { Config } from '../config/config';
import type { GraphTraffic } from '../graph/batching-transport';
import type { ClientCache } from '../graph/cached-client';
import type { BackoffState } from '../http/retry';
import type { Transport } from '../http/transport';
import type { Store } from '../state/store';

/** Services that an instance uses, in addition to its parameters. */
export interface InstancePorts {
  /** The store that keeps tokens across commands; in memory by default. */
  readonly store?: Store;
  readonly log?: Log;
  readonly clock?: Clock;
  /** Returns the parameters that an earlier instance read; without it, they are read again. */
  readonly readConfig?: (() => Config) | undefined;
  /** Carries every HTTP exchange; axios by default. */
  readonly transport?: Transport;
  /** The path to Graph that commands of one tenant and application share; separate for each instance by default. */
  readonly traffic?: SharedTraffic;
  /** Cache for responses of Graph; no cache by default. */
  readonly responseCache?: ClientCache | undefined;
  /** A certificate to trust in addition to Node's own, PEM. */
  readonly ca?: string | undefined;
  /** HTTPS origins that the caller allows for login and Graph, besides the known clouds and MDTI_ALLOW_ENDPOINTS. */
  readonly allowEndpoints?: readonly string[] | undefined;
}

/** The path to Graph that commands of one tenant and application share. */
export interface SharedTraffic {
  readonly send: GraphTraffic;
  /** The backoff after a 429, shared by all of them. */
  readonly backoffState: BackoffState;
  /** Tokens that Graph accepted. */
  readonly acceptedTokens: Set<string>;
}
