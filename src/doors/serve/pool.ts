import { identityOf } from '../../auth/identity';
import { systemClock } from '../../base/clock';
import { isRecord, type JsonObject } from '../../base/json';
import type { RequestBudget } from '../../budget/budget';
import { type Config, readConfig } from '../../config/config';
import { allowedEndpoints, endpointsIn } from '../../config/endpoints';
import { openBudget } from '../../engine/open-budget';
import { checkedConfig, openTraffic, openTransport } from '../../engine/open-services';
import type { Transport } from '../../http/transport';
import { NO_INSTRUMENTS, tenantLabel } from '../../metrics/instruments';
import { memoryStore } from '../../state/store';
import type { RunOptions, Shared } from '../run/run';
import { countedValues } from './counted-values';

/** Instances that are kept open; the one that was used longest ago is dropped. */
const MOST = 256;

/**
 * Returns the state that documents with equal parameters share: one connection pool and, if those parameters contain a credential, the
 * tokens of every document without an `integrationContext`. Instances of one tenant and application share its request budget.
 */
export function pool({
  log,
  override,
  instruments = NO_INSTRUMENTS,
}: Pick<RunOptions, 'log' | 'override' | 'instruments'>): (
  params: JsonObject,
  integrationContext: unknown,
) => Shared {
  const opened = new Map<string, Opened>();
  const budgets = countedValues<RequestBudget>((budget) => budget.close?.());

  function open(params: JsonObject): Opened {
    const label = tenantLabel(params);
    const allowEndpoints = endpointsIn(override?.params);
    const transport = lazily(params, { log, ca: override?.ca, allowEndpoints });
    const tenant = tenantOf({ params });
    const budget = budgets.take(tenant, () =>
      instruments.budget(openBudget(params, { clock: systemClock, log, serves: true }), label),
    );
    const isShared = provesItself(params, allowEndpoints);
    const traffic = openTraffic(transport, { log, budget });
    let config: Config | undefined;
    const readOnce = () => {
      config ??= checkedConfig(params, { log, allowEndpoints });
      return config;
    };
    const ports = { readConfig: readOnce, transport, traffic };
    return { tenant, ports, shared: isShared ? { ...ports, store: memoryStore(), kept: {} } : undefined };
  }

  return (params, integrationContext) => {
    const key = keyOf(params);
    const instance = opened.get(key) ?? open(params);
    opened.delete(key);
    opened.set(key, instance);
    for (const [oldest, { tenant }] of opened) {
      if (opened.size <= MOST) break;
      opened.delete(oldest);
      budgets.release(tenant);
    }
    const { ports, shared } = instance;
    const bringsNone = integrationContext === undefined || integrationContext === null;
    if (bringsNone && shared !== undefined) return shared;
    return { ...ports, store: memoryStore(integrationContext ?? {}) };
  };
}

interface Opened {
  readonly tenant: string;
  readonly ports: Omit<Shared, 'store' | 'kept'>;
  /** The state that documents without `integrationContext` share; undefined if the parameters obtain no token. */
  readonly shared: Shared | undefined;
}

/**
 * Whether the parameters themselves obtain the token: by a secret, a certificate, a refresh token, or the identity of this machine. A
 * device code proves nothing: a caller who knows app_id and tenant_id would get the sign-in of a user.
 */
function provesItself(params: JsonObject, endpoints: readonly string[]): boolean {
  const allowed = allowedEndpoints(process.env);
  try {
    const config = readConfig(params, { ...allowed, origins: new Set([...allowed.origins, ...endpoints]) });
    const identity = identityOf(config.login);
    return identity.flow !== 'device-code' || identity.seed !== undefined;
  } catch {
    // The engine reports the parameter in an error entry.
  }
  return false;
}

/** Text of the parameters that does not depend on their order. */
export function keyOf(params: JsonObject): string {
  return JSON.stringify(
    Object.keys(params)
      .sort()
      .map((name) => [name, params[name]]),
  );
}

/** Names the tenant and application that a document is for; documents of one tenant wait for each other. */
export function tenantOf(document: unknown): string {
  const params = isRecord(document) && isRecord(document.params) ? document.params : {};
  const { tenant_id, app_id, azure_ad_endpoint, graph_endpoint } = params;
  return JSON.stringify([tenant_id, app_id, azure_ad_endpoint, graph_endpoint]);
}

/** Opens the transport at the first exchange, when the parameters are known to make sense. */
function lazily(params: JsonObject, options: Parameters<typeof openTransport>[1]): Transport {
  let transport: Transport | undefined;
  return (request) => {
    transport ??= openTransport(params, options);
    return transport(request);
  };
}
