import { createHash } from 'node:crypto';
import type { Clock } from '../base/clock';
import type { Log } from '../base/log';
import type { Budget } from '../budget/budget';
import { localBudget } from '../budget/local-budget';
import type { RawParams } from '../config/read';
import { readSharedSettings } from '../redis/settings';
import { sharedBudget } from '../redis/shared-budget';

/**
 * Opens the request budget of a tenant and application: shared over Redis when MDTI_SHARED is set, else local.
 * @throws PluginError CONFIG_INVALID for shared settings that make no sense
 */
export function openBudget(
  params: RawParams,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Budget {
  const local = localBudget(clock);
  const settings = readSharedSettings(process.env);
  return settings === undefined ? local : sharedBudget(settings, budgetName(params), local, log);
}

/** Names a tenant and application without revealing them: engines with the same name share a budget. */
export function budgetName({ tenant_id, app_id, azure_ad_endpoint, graph_endpoint }: RawParams): string {
  const clientId = String(app_id ?? '').split('@')[0];
  const owner = JSON.stringify([tenant_id ?? '', clientId, azure_ad_endpoint ?? '', graph_endpoint ?? '']);
  return createHash('sha256').update(owner).digest('base64url').slice(0, 22);
}
