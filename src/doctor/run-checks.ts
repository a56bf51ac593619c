import type { Identity } from '../auth/identity';
import type { Clock } from '../base/clock';
import { type PluginError, toPluginError } from '../base/errors';
import type { Log } from '../base/log';
import { cloudOf, cloudReminder } from '../config/clouds';
import type { Config } from '../config/config';
import type { RawParams } from '../config/read';
import { openServices } from '../engine/open-services';
import { networkError } from '../http/network-error';
import { environmentProxy } from '../http/proxy';
import { isTransportError } from '../http/transport';
import type { Store } from '../state/store';
import type { CheckResult } from './check-result';
import { CHECKS, type CheckContext } from './checks';

export interface DoctorOptions {
  readonly params: RawParams;
  readonly store: Store;
  readonly log: Log;
  readonly ca: string | undefined;
  readonly allowEndpoints?: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly clock?: Clock;
}

/** Checks sign-in step by step; what depends on a failed check is skipped. It reads, and changes nothing except the stored token. */
export async function* runChecks(patient: DoctorOptions): AsyncGenerator<CheckResult> {
  const missed = new Set<string>();
  let visit: CheckContext;
  try {
    visit = open(patient);
  } catch (error) {
    yield { check: 'parameters', ...told(error) };
    for (const { check } of CHECKS) yield skipped(check, 'parameters');
    return;
  }
  yield { check: 'parameters', ...parameters(visit.config, visit.login.identity) };
  for (const { check, needs, run: look } of CHECKS) {
    const missing = needs.find((need) => missed.has(need));
    const finding =
      missing === undefined ? { check, ...(await look(visit).catch(told)) } : skipped(check, missing);
    if (finding.status === 'fail' || missing !== undefined) missed.add(check);
    yield finding;
  }
}

function open({ params, environment, signal, ...ports }: DoctorOptions): CheckContext {
  const services = openServices(params, ports);
  const { config, login } = services;
  const proxyFor = config.transport.proxy ? environmentProxy(environment) : undefined;
  const budget = services.budgetFor(config.limits.commandTimeout);
  const graph = services.graphWithin(budget);
  return { config, login, graph, budget, proxyFor, ca: ports.ca, signal, probes: [] };
}

function parameters(config: Config, identity: Identity): Omit<CheckResult, 'check'> {
  const parts = [
    `login by ${identity.flow}`,
    ...('clientId' in identity && identity.clientId ? [`application ${identity.clientId}`] : []),
    ...('tenant' in identity && identity.tenant ? [`tenant ${identity.tenant}`] : []),
    `cloud ${cloudOf(config.graph) ?? 'private'}`,
  ];
  const message = parts.join(', ');
  const reminder = cloudReminder(config.graph);
  return reminder === undefined ? { status: 'ok', message } : { status: 'warn', message, fix: reminder };
}

function told(error: unknown): Omit<CheckResult, 'check'> {
  const known: PluginError = isTransportError(error)
    ? networkError('The service', error)
    : toPluginError(error);
  return { status: 'fail', message: known.message, fix: known.hint };
}

function skipped(check: string, missing: string): CheckResult {
  return { check, status: 'skip', message: `not examined: ${missing} comes before it` };
}
