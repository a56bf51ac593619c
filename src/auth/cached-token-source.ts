import type { Clock } from '../base/clock';
import { toPluginError } from '../base/errors';
import type { Log } from '../base/log';
import type { AbortSignalLike } from '../base/plain-abort';
import { rememberSecret } from '../base/secrets';
import { isRetryable } from '../http/retry';
import type { TokenSource } from '../http/token-source';
import type { State, Store } from '../state/store';
import type { TokenFlow } from './flow';
import { type IssuedToken, tokenIn, withoutLogins, withToken } from './login-state';

export interface CachePorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Returns tokens from the state while they are valid; otherwise runs the flow inside a change of the state. Of many commands with an
 * expired token, one signs in and the others use its token.
 * @param identity whose token it is (see `identityKey`).
 * @param credential what the flow signs in with (see `credentialOf`): a token that another one obtained is not used.
 */
export function cachedTokenSource(
  identity: string,
  flow: TokenFlow,
  { store, clock, log }: CachePorts,
  credential?: string,
): TokenSource {
  /** The token or the failure of each command, by its signal, so that a command contacts the login service once. */
  const issuing = new WeakMap<AbortSignalLike, Promise<IssuedToken>>();
  /** The state as a command found it: its requests, which may be thousands, do not each unseal a file. */
  const found = new WeakMap<AbortSignalLike, Promise<State>>();

  function stateFor(signal: AbortSignalLike): Promise<State> {
    const state = found.get(signal) ?? store.read();
    found.set(signal, state);
    return state;
  }

  async function issue(
    signal: AbortSignalLike,
    refused: string | undefined,
    claims: string | undefined,
  ): Promise<IssuedToken> {
    let issued: IssuedToken | undefined;
    await store.update(async (state) => {
      const known = tokenIn(state, identity, clock.now(), credential);
      if (known !== undefined && known.value !== refused) {
        issued = known;
        rememberSecret(known.value);
        return state;
      }
      const { token, state: changed } = await flow(state, signal, claims);
      issued = token;
      rememberSecret(token.value);
      const seconds = Math.round((token.expiresAt - clock.now()) / 1000);
      log('info', 'token issued', { identity, seconds });
      return withToken(changed, identity, token, clock.now(), credential);
    }, signal);
    if (issued === undefined) throw new Error('the store did not run the change');
    return issued;
  }

  function issueOnce(signal: AbortSignalLike, refused?: string, claims?: string): Promise<IssuedToken> {
    const promise = issuing.get(signal) ?? issue(signal, refused, claims);
    issuing.set(signal, promise);
    promise.catch((error: unknown) => {
      if (isRetryable(toPluginError(error))) issuing.delete(signal);
    });
    return promise;
  }

  /** A token that this command got itself is replaced too, once for all its requests: long work outlives it, or it lacks the claims. */
  async function replace(signal: AbortSignalLike, refused: string, claims?: string): Promise<IssuedToken> {
    const before = issuing.get(signal);
    if ((await before)?.value === refused && issuing.get(signal) === before) issuing.delete(signal);
    return issueOnce(signal, refused, claims);
  }

  return {
    async get(signal) {
      const issued = issuing.get(signal);
      const own = issued && (await issued);
      if (own !== undefined && own.expiresAt > clock.now()) return { value: own.value, cached: false };
      if (own !== undefined) issuing.delete(signal);
      const known = tokenIn(await stateFor(signal), identity, clock.now(), credential);
      if (known !== undefined) {
        rememberSecret(known.value);
        return { value: known.value, cached: true };
      }
      return { value: (await issueOnce(signal)).value, cached: false };
    },
    async renew(refused, signal, claims) {
      return { value: (await replace(signal, refused, claims)).value, cached: false };
    },
    forget: (signal) => store.update(withoutLogins, signal),
  };
}
