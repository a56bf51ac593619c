import type { Login } from '../auth/login';
import { probeGraph } from '../commands/login/probe';
import type { Config } from '../config/config';
import type { GraphClient } from '../graph/client';
import { type ProxyFor, proxyName } from '../http/proxy';
import { type RetryBudget, withRetry } from '../http/retry';
import { probeTls, type TlsProbe } from '../http/tls-probe';
import type { CheckResult } from './check-result';
import { checkToken } from './token-check';

/** What the steps work with, and what the earlier ones saw. */
export interface CheckContext {
  readonly config: Config;
  readonly login: Login;
  readonly graph: GraphClient;
  readonly proxyFor: ProxyFor | undefined;
  readonly ca: string | undefined;
  readonly budget: RetryBudget;
  readonly signal: AbortSignal;
  readonly probes: TlsProbe[];
}

export interface Check {
  readonly check: string;
  /** Steps without which this one makes no sense. */
  readonly needs: readonly string[];
  /** @throws PluginError or TransportError for what stood in the way. */
  readonly run: (visit: CheckContext) => Promise<Omit<CheckResult, 'check'>>;
}

/** Seconds: assertions and tokens are refused where clocks differ by more than five minutes. */
const SKEW = { bad: 300, notable: 60 };

/** The checks of sign-in, in order; parameters come before all of them. */
export const CHECKS: readonly Check[] = [
  { check: 'proxy', needs: [], run: proxy },
  { check: 'login service', needs: [], run: (visit) => reach(visit, visit.config.authority) },
  { check: 'Graph', needs: [], run: (visit) => reach(visit, visit.config.graph) },
  { check: 'clock', needs: [], run: clockSkew },
  { check: 'token', needs: ['login service'], run: token },
  { check: 'one call', needs: ['Graph', 'token'], run: oneCall },
];

async function proxy({ config, proxyFor }: CheckContext): Promise<Omit<CheckResult, 'check'>> {
  if (proxyFor === undefined) return { status: 'ok', message: 'none: the parameter proxy is not ticked' };
  const ways = [config.authority, config.graph].map((origin) => {
    const address = proxyFor(new URL(origin));
    return `${address === undefined ? 'none' : proxyName(address)} for ${origin}`;
  });
  return { status: 'ok', message: [...new Set(ways)].join(', ') };
}

async function reach(visit: CheckContext, origin: string): Promise<Omit<CheckResult, 'check'>> {
  const { insecure } = visit.config.transport;
  const timeout = visit.config.limits.requestTimeout;
  const look = await probeTls(origin, { insecure, ca: visit.ca, proxyFor: visit.proxyFor, timeout });
  visit.probes.push(look);
  const message = `${origin} answers; its certificate is issued by ${look.issuer} and good until ${look.validTo}`;
  if (look.trusted) return { status: 'ok', message };
  return {
    status: 'warn',
    message: `${message}; it is not trusted here, and accepted all the same`,
    fix: 'Untick insecure, and make the issuing authority known by NODE_EXTRA_CA_CERTS.',
  };
}

async function clockSkew({ probes, budget: { clock } }: CheckContext): Promise<Omit<CheckResult, 'check'>> {
  const dates = probes.flatMap(({ date }) => (date === undefined ? [] : [date]));
  if (dates.length === 0) return { status: 'skip', message: 'no service told the time' };
  const seconds = Math.round((clock.now() - Math.max(...dates)) / 1000);
  const message = `this machine is ${Math.abs(seconds)} seconds ${seconds < 0 ? 'behind' : 'ahead'}`;
  const fix = 'Set the clock of this machine, by NTP.';
  if (Math.abs(seconds) > SKEW.bad) return { status: 'fail', message, fix };
  return Math.abs(seconds) > SKEW.notable ? { status: 'warn', message, fix } : { status: 'ok', message };
}

async function token({ login, config, budget, signal }: CheckContext): Promise<Omit<CheckResult, 'check'>> {
  const { value, cached } = await withRetry(budget, signal, () => login.tokens.get(signal));
  const { message, ...finding } = checkToken(value, config.graph, budget.clock.now());
  return { ...finding, message: `${cached ? 'kept from an earlier login' : 'newly issued'}: ${message}` };
}

async function oneCall({ graph, signal }: CheckContext): Promise<Omit<CheckResult, 'check'>> {
  await probeGraph({ graph, signal });
  return { status: 'ok', message: 'Graph gave an article' };
}
