import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Clock } from '../base/clock';
import type { Log } from '../base/log';
import { statePaths } from '../base/user-paths';
import type { RequestBudget } from '../budget/budget';
import { localBudget } from '../budget/local-budget';
import { socketLocation } from '../budget/machine/socket-location';
import { splitAppId } from '../config/app-id';
import type { RawParams } from '../config/read';
import { readSharedSettings } from '../redis/settings';
import { sharedBudget } from '../redis/shared-ports';

/** Milliseconds until the budget of this machine is opened again after a failure. */
const OPEN_AGAIN = 1_000;

interface BudgetPorts {
  readonly clock: Clock;
  readonly log: Log;
  /** Serves the budget to other processes on this machine if no process does, for long work. Other processes only join. */
  readonly serves?: boolean;
}

/**
 * Opens the request budget of a tenant and application: shared over Redis when MDTI_SHARED is set, else among the processes of this
 * machine and user.
 * @throws PluginError CONFIG_INVALID for shared settings that make no sense
 */
export function openBudget(params: RawParams, ports: BudgetPorts): RequestBudget {
  const local = localBudget(ports.clock);
  const settings = readSharedSettings(process.env);
  if (settings !== undefined) return sharedBudget(settings, budgetName(params), local, ports.log);
  const folder = budgetFolder();
  return folder === undefined ? local : onThisMachine(folder, budgetName(params), local, ports);
}

/** Names a tenant and application without revealing them: engines with the same name share a budget. */
export function budgetName({ tenant_id, app_id, azure_ad_endpoint, graph_endpoint }: RawParams): string {
  const { clientId } = splitAppId(app_id);
  const owner = JSON.stringify([tenant_id ?? '', clientId, azure_ad_endpoint ?? '', graph_endpoint ?? '']);
  return createHash('sha256').update(owner).digest('base64url').slice(0, 22);
}

/** Whether another process of this user serves this budget, or did until it was killed. Windows does not list its pipes. */
function isServed(stateFolder: string, budget: string): boolean {
  if (process.platform === 'win32') return true;
  const { folder, name } = socketLocation(stateFolder, budget);
  try {
    return readdirSync(folder).some((file) => file.startsWith(`${name}.`) && !file.endsWith('.limit'));
  } catch {
    return false;
  }
}

/** Undefined for a user without a home folder, as in many containers. */
function budgetFolder(): string | undefined {
  try {
    return join(dirname(statePaths(process.env).file), 'budget');
  } catch {
    return undefined;
  }
}

/** The budget of this machine; its code is loaded where this process serves or another one does. */
function onThisMachine(
  folder: string,
  name: string,
  local: RequestBudget,
  { clock, log, serves = false }: BudgetPorts,
): RequestBudget {
  let opened: Promise<RequestBudget> | undefined;
  let openAgainAt = Number.NEGATIVE_INFINITY;
  let machine: RequestBudget | undefined;
  async function open(): Promise<RequestBudget> {
    const [{ machineBudget }, { budgetSockets: meetingPlace }] = await Promise.all([
      import('../budget/machine/machine-budget'),
      import('../budget/machine/budget-sockets'),
    ]);
    machine = machineBudget({ sockets: meetingPlace(folder, name), serves, local, clock, log });
    return machine;
  }
  return {
    take(requests, priority, signal) {
      if (machine !== undefined) return machine.take(requests, priority, signal);
      const isPausing = opened === undefined && clock.monotonic() < openAgainAt;
      if (isPausing || (!serves && !isServed(folder, name))) return local.take(requests, priority, signal);
      opened ??= open().catch((error: unknown) => {
        // Loading its code failed, for example because no file handle was free: a later request tries again.
        opened = undefined;
        openAgainAt = Math.max(openAgainAt, clock.monotonic() + OPEN_AGAIN);
        log('info', 'the budget of this machine is not used', { reason: String(error) });
        return local;
      });
      return opened.then((budget) => budget.take(requests, priority, signal));
    },
    refused: (retryAfter, requests) => (machine ?? local).refused(retryAfter, requests),
    accepted: (requests) => (machine ?? local).accepted?.(requests),
    released: (requests) => (machine ?? local).released?.(requests),
    opensAt: () => (machine ?? local).opensAt?.(),
    close() {
      openAgainAt = Number.POSITIVE_INFINITY;
      void opened?.then((budget) => budget.close?.());
    },
  };
}
