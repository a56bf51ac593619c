import type { Identity } from '../auth/identity';
import { openLogin } from '../auth/login';
import { type Clock, systemClock } from '../clock';
import { cloudOf, cloudReminder } from '../config/clouds';
import { type Config, readConfig } from '../config/config';
import type { RawParams } from '../config/read';
import { type PluginError, toPluginError } from '../errors';
import { graphClient } from '../graph/client';
import { environmentProxy } from '../http/proxy';
import { isTransportError } from '../http/transport';
import { unanswered } from '../http/unanswered';
import type { Log } from '../log';
import { openTransport } from '../plugin';
import type { Store } from '../state/store';
import type { Finding } from './finding';
import { STEPS, type Visit } from './steps';

export interface Patient {
  readonly params: RawParams;
  readonly store: Store;
  readonly log: Log;
  readonly ca: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly clock?: Clock;
}

/** Walks the way in, step by step; what hangs on a step that failed is skipped. It reads, and changes nothing but the kept token. */
export async function* examine(patient: Patient): AsyncGenerator<Finding> {
  const missed = new Set<string>();
  let visit: Visit;
  try {
    visit = open(patient);
  } catch (error) {
    yield { step: 'parameters', ...told(error) };
    for (const { step } of STEPS) yield skipped(step, 'parameters');
    return;
  }
  yield { step: 'parameters', ...parameters(visit.config, visit.login.identity) };
  for (const { step, needs, examine: look } of STEPS) {
    const missing = needs.find((need) => missed.has(need));
    const finding =
      missing === undefined ? { step, ...(await look(visit).catch(told)) } : skipped(step, missing);
    if (finding.verdict === 'fail' || missing !== undefined) missed.add(step);
    yield finding;
  }
}

function open({ params, store, log, ca, environment, signal, clock = systemClock }: Patient): Visit {
  const config = readConfig(params);
  const proxyFor = config.transport.proxy ? environmentProxy(environment) : undefined;
  const transport = openTransport(params, { ca, clock, log });
  const login = openLogin(config, { transport, store, clock, log });
  const { commandTimeout, requestTimeout: timeout } = config.limits;
  const patience = { clock, log, ends: clock.now() + commandTimeout };
  const graph = graphClient(config.graph, { ...patience, transport, tokens: login.tokens, timeout });
  return { config, login, graph, patience, proxyFor, ca, signal, looks: [] };
}

function parameters(config: Config, identity: Identity): Omit<Finding, 'step'> {
  const parts = [
    `login by ${identity.flow}`,
    ...('clientId' in identity && identity.clientId ? [`application ${identity.clientId}`] : []),
    ...('tenant' in identity && identity.tenant ? [`tenant ${identity.tenant}`] : []),
    `cloud ${cloudOf(config.graph) ?? 'of your own'}`,
  ];
  const says = parts.join(', ');
  const reminder = cloudReminder(config.graph);
  return reminder === undefined ? { verdict: 'ok', says } : { verdict: 'warn', says, mend: reminder };
}

function told(error: unknown): Omit<Finding, 'step'> {
  const known: PluginError = isTransportError(error)
    ? unanswered('The service', error)
    : toPluginError(error);
  return { verdict: 'fail', says: known.message, mend: known.hint };
}

function skipped(step: string, missing: string): Finding {
  return { step, verdict: 'skip', says: `not examined: ${missing} comes before it` };
}
