import type { Login } from '../auth/login';
import { largest } from '../base/largest';
import { counted } from '../base/sanitize';
import { accessHints } from '../commands/login/access-hints';
import { freshToken, probeGraph } from '../commands/login/probe';
import type { Config } from '../config/config';
import type { GraphClient } from '../graph/client';
import type { RejectedOptions } from '../graph/rejected-options';
import { type ProxyFor, proxyName } from '../http/proxy';
import { type RetryContext, withRetry } from '../http/retry';
import { probeTls, type TlsProbe } from '../http/tls-probe';
import type { Transport } from '../http/transport';
import type { CheckResult } from './check-result';
import { checkToken } from './token-check';

/** Services that the checks use, and results of earlier checks. */
export interface CheckContext {
  readonly config: Config;
  readonly login: Login;
  readonly graph: GraphClient;
  readonly transport: Transport;
  readonly rejected: RejectedOptions;
  readonly proxyFor: ProxyFor | undefined;
  readonly ca: string | undefined;
  readonly budget: RetryContext;
  readonly signal: AbortSignal;
  readonly probes: TlsProbe[];
}

type Outcome = Omit<CheckResult, 'check'>;

export interface Check {
  readonly check: string;
  /** Checks that must succeed before this one. */
  readonly needs: readonly string[];
  /** @throws PluginError or TransportError if the check fails with an error. */
  readonly run: (context: CheckContext) => Promise<Outcome>;
}

/** Seconds: assertions and tokens are rejected where clocks differ by more than five minutes. */
const SKEW = { bad: 300, notable: 60 };

/** The checks of a sign-in, in their order; the parameters are checked before all of them. */
export const CHECKS: readonly Check[] = [
  { check: 'proxy', needs: [], run: proxy },
  { check: 'login service', needs: [], run: (context) => reach(context, context.config.authority) },
  { check: 'Graph', needs: [], run: (context) => reach(context, context.config.graph) },
  { check: 'clock', needs: [], run: clockSkew },
  { check: 'token', needs: ['login service'], run: token },
  { check: 'one call', needs: ['Graph', 'token'], run: oneCall },
];

async function proxy({ config, proxyFor }: CheckContext): Promise<Outcome> {
  if (proxyFor === undefined) return { status: 'ok', message: 'none: the parameter proxy is not selected' };
  const routes = [config.authority, config.graph].map((origin) => {
    const address = proxyFor(new URL(origin));
    return `${address === undefined ? 'none' : proxyName(address)} for ${origin}`;
  });
  return { status: 'ok', message: [...new Set(routes)].join(', ') };
}

async function reach(context: CheckContext, origin: string): Promise<Outcome> {
  const { config, ca, proxyFor, signal } = context;
  const { insecure } = config.transport;
  const timeout = config.limits.requestTimeout;
  const probe = await probeTls(origin, { insecure, ca, proxyFor, timeout, signal });
  context.probes.push(probe);
  const message = `${origin} responds; its certificate is issued by ${probe.issuer} and valid until ${probe.validTo}`;
  if (probe.trusted) return { status: 'ok', message };
  return {
    status: 'warn',
    message: `${message}; it is not trusted here, and accepted because insecure is selected`,
    fix: 'Clear insecure, and add the issuing authority with NODE_EXTRA_CA_CERTS.',
  };
}

async function clockSkew({ probes, budget: { clock } }: CheckContext): Promise<Outcome> {
  const dates = probes.flatMap(({ date }) => (date === undefined ? [] : [date]));
  if (dates.length === 0) return { status: 'skip', message: 'no service sent the time' };
  const seconds = Math.round((clock.now() - largest(dates)) / 1000);
  const message = `this machine is ${counted(Math.abs(seconds), 'second')} ${seconds < 0 ? 'behind' : 'ahead'}`;
  const fix = 'Synchronize the clock of this machine by NTP.';
  if (Math.abs(seconds) > SKEW.bad) return { status: 'fail', message, fix };
  return Math.abs(seconds) > SKEW.notable ? { status: 'warn', message, fix } : { status: 'ok', message };
}

/** A fresh token: a stored one may lack a permission that was granted since. */
async function token({ login, config, budget, signal }: CheckContext): Promise<Outcome> {
  const { value } = await withRetry(budget, signal, () => freshToken(login.tokens, signal));
  const { message, ...outcome } = checkToken(
    value,
    config.graph,
    budget.clock.now(),
    accessHints(login.identity.flow).forbidden,
  );
  return { ...outcome, message: `newly issued: ${message}` };
}

async function oneCall({ graph, signal }: CheckContext): Promise<Outcome> {
  await probeGraph({ graph, signal });
  return { status: 'ok', message: 'Graph returned an article' };
}
