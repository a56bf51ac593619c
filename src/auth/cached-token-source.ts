import type { Clock } from '../clock';
import { isRecord } from '../json';
import type { Log } from '../log';
import type { Store } from '../state/store';
import type { Token, TokenSource } from './token-source';

/** What a flow answers with: the token, and when it ends (milliseconds since the epoch). */
export interface IssuedToken {
  readonly value: string;
  readonly expiresAt: number;
}

/** One flow of the login service. */
export type Acquire = (signal: AbortSignal) => Promise<IssuedToken>;

/** A token this close to its end is not used any more. */
const MARGIN = 5 * 60 * 1000;

const STATE_KEY = 'tokens';

/**
 * Tokens out of the state while they are good; a flow is asked only where there is none.
 * @param key whose token it is: cloud, tenant, application and flow.
 */
export function cachedTokenSource(
  key: string,
  acquire: Acquire,
  store: Store,
  clock: Clock,
  log: Log,
): TokenSource {
  let underWay: Promise<Token> | undefined;

  async function issue(signal: AbortSignal): Promise<Token> {
    const token = await acquire(signal);
    log('info', 'token issued', {
      identity: key,
      seconds: Math.round((token.expiresAt - clock.now()) / 1000),
    });
    await store.update((state) => ({
      ...state,
      [STATE_KEY]: { ...goodTokens(state[STATE_KEY], clock.now()), [key]: token },
    }));
    return { value: token.value, cached: false };
  }

  async function once(work: () => Promise<Token>): Promise<Token> {
    underWay ??= work().finally(() => {
      underWay = undefined;
    });
    return underWay;
  }

  async function known(refused?: string): Promise<Token | undefined> {
    const token = goodTokens((await store.read())[STATE_KEY], clock.now())[key];
    return token === undefined || token.value === refused ? undefined : { value: token.value, cached: true };
  }

  return {
    get: (signal) => once(async () => (await known()) ?? (await issue(signal))),
    renew: (refused, signal) => once(async () => (await known(refused)) ?? (await issue(signal))),
    forget: () =>
      store.update((state) => {
        const { [key]: _, ...others } = isRecord(state[STATE_KEY]) ? state[STATE_KEY] : {};
        return { ...state, [STATE_KEY]: others };
      }),
  };
}

/** The tokens in the state that can still be used; the rest is left out when the state is written next. */
function goodTokens(value: unknown, now: number): Record<string, IssuedToken> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, IssuedToken] => isGood(entry[1], now)),
  );
}

function isGood(token: unknown, now: number): token is IssuedToken {
  return (
    isRecord(token) &&
    typeof token.value === 'string' &&
    typeof token.expiresAt === 'number' &&
    token.expiresAt - now > MARGIN
  );
}
