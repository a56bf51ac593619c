import type { Identity } from '../auth/identity';
import type { Clock } from '../base/clock';
import { type PluginError, toPluginError } from '../base/errors';
import type { Log } from '../base/log';
import { cloudHint, cloudOf } from '../config/clouds';
import type { Config } from '../config/config';
import type { RawParams } from '../config/read';
import { openServices } from '../engine/open-services';
import { networkError } from '../http/network-error';
import { environmentProxy } from '../http/proxy';
import { isTransportError } from '../http/transport';
import type { Store } from '../state/store';
import type { CheckResult } from './check-result';
import { CHECKS, type CheckContext } from './checks';
import type { ProbeResult } from './probes';
import { probeTenant } from './tenant-probes';

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

/**
 * Checks a sign-in step by step; what needs a check that failed is skipped. Reads only, and stores nothing but a new token.
 * @throws the signal's reason.
 */
export async function* runChecks(options: DoctorOptions): AsyncGenerator<CheckResult> {
  const failed = new Set<string>();
  let context: CheckContext;
  try {
    context = openContext(options);
  } catch (error) {
    yield { check: 'parameters', ...failureOf(error) };
    for (const { check } of CHECKS) yield skipped(check, 'parameters');
    return;
  }
  yield { check: 'parameters', ...parameters(context.config, context.login.identity) };
  for (const { check, needs, run } of CHECKS) {
    options.signal.throwIfAborted();
    const missing = needs.find((need) => failed.has(need));
    const result =
      missing === undefined ? { check, ...(await run(context).catch(failureOf)) } : skipped(check, missing);
    options.signal.throwIfAborted();
    if (result.status === 'fail' || missing !== undefined) failed.add(check);
    yield result;
  }
}

/**
 * Probes what this tenant does with query options, see `probeTenant`.
 * @throws PluginError CONFIG_INVALID for a parameter that makes no sense, and what a sign-in fails with.
 */
export async function* runProbes(options: DoctorOptions): AsyncGenerator<ProbeResult> {
  yield* probeTenant(openContext(options));
}

function openContext({ params, environment, signal, ...ports }: DoctorOptions): CheckContext {
  const services = openServices(params, ports);
  const { config, login, transport, rejected } = services;
  const proxyFor = config.transport.proxy ? environmentProxy(environment) : undefined;
  const budget = services.retryContext(config.limits.commandTimeout);
  const graph = services.graphWithin(budget);
  return { config, login, graph, transport, rejected, budget, proxyFor, ca: ports.ca, signal, probes: [] };
}

function parameters(config: Config, identity: Identity): Omit<CheckResult, 'check'> {
  const parts = [
    `sign-in by ${identity.flow}`,
    ...('clientId' in identity && identity.clientId ? [`application ${identity.clientId}`] : []),
    ...('tenant' in identity && identity.tenant ? [`tenant ${identity.tenant}`] : []),
    `cloud ${cloudOf(config.graph) ?? 'private'}`,
  ];
  const message = parts.join(', ');
  const reminder = cloudHint(config.graph);
  return reminder === undefined ? { status: 'ok', message } : { status: 'warn', message, fix: reminder };
}

function failureOf(error: unknown): Omit<CheckResult, 'check'> {
  const known: PluginError = isTransportError(error)
    ? networkError('the request', error)
    : toPluginError(error);
  return { status: 'fail', message: known.message, fix: known.hint };
}

function skipped(check: string, missing: string): CheckResult {
  return { check, status: 'skip', message: `skipped: it needs ${missing}` };
}
