import { openLogin } from '../auth/login';
import { systemClock } from '../clock';
import { readConfig } from '../config/config';
import type { RawParams } from '../config/read';
import { type GraphClient, graphClient } from '../graph/client';
import type { Log } from '../log';
import { openTransport } from '../plugin';
import type { Store } from '../state/store';

export interface Ground {
  readonly store: Store;
  readonly log: Log;
  /** A certificate to trust beside Node's own, PEM. */
  readonly ca?: string | undefined;
}

/** Graph for work that may take hours: a service that is busy or ill is waited for, however long that takes. */
export function openGraph(params: RawParams, { store, log, ca }: Ground): GraphClient {
  const config = readConfig(params);
  const transport = openTransport(params, { ca, log });
  const login = openLogin(config, { transport, store, clock: systemClock, log });
  return graphClient(config.graph, {
    transport,
    tokens: login.tokens,
    clock: systemClock,
    log,
    timeout: config.limits.requestTimeout,
    ends: Number.POSITIVE_INFINITY,
  });
}
