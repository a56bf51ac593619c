import type { Login } from '../auth/login';
import { probe } from '../auth/probe';
import type { Config } from '../config/config';
import type { GraphClient } from '../graph/client';
import { type Patience, persist } from '../graph/retry';
import { type Look, lookAt } from '../http/look';
import { type ProxyFor, proxyName } from '../http/proxy';
import type { Finding } from './finding';
import { examineToken } from './token';

/** What the steps work with, and what the earlier ones saw. */
export interface Visit {
  readonly config: Config;
  readonly login: Login;
  readonly graph: GraphClient;
  readonly proxyFor: ProxyFor | undefined;
  readonly ca: string | undefined;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  readonly looks: Look[];
}

export interface Step {
  readonly step: string;
  /** Steps without which this one makes no sense. */
  readonly needs: readonly string[];
  /** @throws PluginError or TransportError for what stood in the way. */
  readonly examine: (visit: Visit) => Promise<Omit<Finding, 'step'>>;
}

/** Seconds: assertions and tokens are refused where clocks differ by more than five minutes. */
const SKEW = { bad: 300, notable: 60 };

/** The way in, in its order; parameters come before all of them. */
export const STEPS: readonly Step[] = [
  { step: 'proxy', needs: [], examine: proxy },
  { step: 'login service', needs: [], examine: (visit) => reach(visit, visit.config.authority) },
  { step: 'Graph', needs: [], examine: (visit) => reach(visit, visit.config.graph) },
  { step: 'clock', needs: [], examine: clockSkew },
  { step: 'token', needs: ['login service'], examine: token },
  { step: 'one call', needs: ['Graph', 'token'], examine: oneCall },
];

async function proxy({ config, proxyFor }: Visit): Promise<Omit<Finding, 'step'>> {
  if (proxyFor === undefined) return { verdict: 'ok', says: 'none: the parameter proxy is not ticked' };
  const ways = [config.authority, config.graph].map((origin) => {
    const address = proxyFor(new URL(origin));
    return `${address === undefined ? 'none' : proxyName(address)} for ${origin}`;
  });
  return { verdict: 'ok', says: [...new Set(ways)].join(', ') };
}

async function reach(visit: Visit, origin: string): Promise<Omit<Finding, 'step'>> {
  const { insecure } = visit.config.transport;
  const timeout = visit.config.limits.requestTimeout;
  const look = await lookAt(origin, { insecure, ca: visit.ca, proxyFor: visit.proxyFor, timeout });
  visit.looks.push(look);
  const says = `${origin} answers; its certificate is issued by ${look.issuer} and good until ${look.validTo}`;
  if (look.trusted) return { verdict: 'ok', says };
  return {
    verdict: 'warn',
    says: `${says}; it is not trusted here, and accepted all the same`,
    mend: 'Untick insecure, and make the issuing authority known by NODE_EXTRA_CA_CERTS.',
  };
}

async function clockSkew({ looks, patience: { clock } }: Visit): Promise<Omit<Finding, 'step'>> {
  const dates = looks.flatMap(({ date }) => (date === undefined ? [] : [date]));
  if (dates.length === 0) return { verdict: 'skip', says: 'no service told the time' };
  const seconds = Math.round((clock.now() - Math.max(...dates)) / 1000);
  const says = `this machine is ${Math.abs(seconds)} seconds ${seconds < 0 ? 'behind' : 'ahead'}`;
  const mend = 'Set the clock of this machine, by NTP.';
  if (Math.abs(seconds) > SKEW.bad) return { verdict: 'fail', says, mend };
  return Math.abs(seconds) > SKEW.notable ? { verdict: 'warn', says, mend } : { verdict: 'ok', says };
}

async function token({ login, config, patience, signal }: Visit): Promise<Omit<Finding, 'step'>> {
  const { value, cached } = await persist(patience, signal, () => login.tokens.get(signal));
  const { says, ...finding } = examineToken(value, config.graph, patience.clock.now());
  return { ...finding, says: `${cached ? 'kept from an earlier login' : 'newly issued'}: ${says}` };
}

async function oneCall({ graph, signal }: Visit): Promise<Omit<Finding, 'step'>> {
  await probe({ graph, signal });
  return { verdict: 'ok', says: 'Graph gave an article' };
}
