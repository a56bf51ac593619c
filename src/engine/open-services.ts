import { identityKey, unusedLoginParameters } from '../auth/identity';
import { type Login, openLogin } from '../auth/login';
import { type Clock, systemClock } from '../base/clock';
import { type Log, logOnce, silentLog, warnOnce } from '../base/log';
import type { RequestBudget } from '../budget/budget';
import { accessHints } from '../commands/login/access-hints';
import { type Config, readConfig } from '../config/config';
import { ALLOW_ENDPOINTS, allowedEndpoints, isLoopback } from '../config/endpoints';
import type { RawParams } from '../config/read';
import { batchingTransport } from '../graph/batching-transport';
import { cachedClient } from '../graph/cached-client';
import { type GraphClient, graphClient } from '../graph/client';
import { withCloudHint } from '../graph/cloud-hint';
import { type RejectedOptions, rejectedOptions } from '../graph/rejected-options';
import { schemaDriftLog } from '../graph/schema-drift-log';
import { axiosTransport } from '../http/axios-transport';
import { environmentProxy } from '../http/proxy';
import type { BackoffState, RetryContext } from '../http/retry';
import type { Transport } from '../http/transport';
import { memoryStore } from '../state/store';
import type { InstancePorts, SharedTraffic } from './instance-ports';
import { openBudget } from './open-budget';

export type { InstancePorts, SharedTraffic } from './instance-ports';

/** Everything that is made once from the parameters of an integration instance. */
export interface InstanceServices {
  readonly config: Config;
  readonly transport: Transport;
  readonly login: Login;
  readonly clock: Clock;
  readonly log: Log;
  /** The query options that Graph rejected for this tenant. */
  readonly rejected: RejectedOptions;
  /**
   * Opens a Graph client.
   * @param memoryBytes bytes that the responses to one `execute` may contain.
   */
  graphWithin(retry: RetryContext, memoryBytes?: number): GraphClient;
  /** Returns a new retry budget that lasts for this many milliseconds; all retry budgets back off together. */
  retryContext(milliseconds: number, more?: Pick<RetryContext, 'priority' | 'longWork'>): RetryContext;
}

/** Opens the traffic of one tenant and application, for callers that share it among instances. */
export function openTraffic(
  transport: Transport,
  {
    log = silentLog,
    clock = systemClock,
    budget,
  }: Pick<InstancePorts, 'log' | 'clock'> & { budget: RequestBudget },
): SharedTraffic {
  const backoffState: BackoffState = {};
  return {
    backoffState,
    acceptedTokens: new Set(),
    send: batchingTransport({ transport, log, clock, budget, backoffState }),
  };
}

/**
 * Opens the services of one integration instance. Sends nothing.
 * @throws PluginError CONFIG_INVALID for a parameter that makes no sense or is missing.
 */
export function openServices(params: RawParams, ports: InstancePorts = {}): InstanceServices {
  const { store = memoryStore(), log = silentLog, clock = systemClock } = ports;
  const config = ports.readConfig?.() ?? checkedConfig(params, ports);
  const transport = ports.transport ?? openTransport(params, ports);
  const login = openLogin(config, { transport, store, clock, log });
  const traffic =
    ports.traffic ?? openTraffic(transport, { log, clock, budget: openBudget(params, { log, clock }) });
  const logDrift = schemaDriftLog(log);
  const rejected = rejectedOptions(identityKey(login.identity, config), { store, clock });
  return {
    config,
    transport,
    login,
    clock,
    log,
    rejected,
    graphWithin(retry, memoryBytes) {
      const timeout = config.limits.requestTimeout;
      const sendPorts = {
        retry,
        transport,
        traffic: traffic.send,
        tokens: login.tokens,
        timeout,
        memoryBytes,
        acceptedTokens: traffic.acceptedTokens,
        hints: accessHints(login.identity.flow),
      };
      const client = graphClient(config.graph, sendPorts, rejected);
      const hinted = logDrift(withCloudHint(client, config.graph));
      if (ports.responseCache === undefined) return hinted;
      const { acceptedTokens } = traffic;
      const { tokens } = login;
      const cachePorts = {
        ...ports.responseCache,
        origin: config.graph,
        retry,
        tokens,
        now: clock.now,
        acceptedTokens,
      };
      return cachedClient(hinted, cachePorts);
    },
    retryContext: (milliseconds, { priority, longWork } = {}) => ({
      priority,
      longWork,
      clock,
      log,
      deadline: clock.monotonic() + milliseconds,
      // Work endlessly waits until the service is available again.
      outage: Number.isFinite(milliseconds) ? { limit: config.limits.outageTimeout } : undefined,
      backoffState: traffic.backoffState,
    }),
  };
}

/** Opens the transport that the parameters request, for callers that share one connection pool among instances. */
export function openTransport(
  params: RawParams,
  ports: Pick<InstancePorts, 'ca' | 'clock' | 'log' | 'allowEndpoints'>,
): Transport {
  const { ca, clock = systemClock } = ports;
  const { insecure, proxy } = checkedConfig(params, ports).transport;
  const proxyFor = proxy ? environmentProxy(process.env) : undefined;
  return axiosTransport({ insecure, ca, proxyFor, clock });
}

/** Reads the parameters and logs, once per log, what an administrator should know about them. */
export function checkedConfig(
  params: RawParams,
  { log = silentLog, allowEndpoints = [] }: Pick<InstancePorts, 'log' | 'allowEndpoints'>,
): Config {
  const { origins, ignored } = allowedEndpoints(process.env);
  const config = readConfig(params, { origins: new Set([...origins, ...allowEndpoints]), ignored });
  for (const entry of ignored)
    warnOnce(log, 'an entry that is not an https origin is ignored', { variable: ALLOW_ENDPOINTS, entry });
  for (const origin of new Set(config.customEndpoints.map((endpoint) => endpoint.origin))) {
    if (allowEndpoints.includes(origin)) continue;
    const same = config.customEndpoints.filter((endpoint) => endpoint.origin === origin);
    const parameter = same.map((endpoint) => endpoint.parameter).join(', ');
    // On this machine it is a sandbox, or a proxy of this user.
    const level = isLoopback(origin) ? 'info' : 'warn';
    logOnce(log, level, 'an endpoint outside the known Microsoft clouds is used', { parameter, origin });
  }
  for (const unused of unusedLoginParameters(config.login))
    warnOnce(log, 'a sign-in parameter is set and not used', unused);
  if (config.transport.insecure) warnOnce(log, 'certificates are not checked', { parameter: 'insecure' });
  return config;
}
