import type { AbortSignalLike } from '../base/plain-abort';
import type { State } from '../state/store';
import type { IssuedToken } from './login-state';

/** The result of a flow: the token, and the state if the flow stores more than that token in it. */
interface Issue {
  readonly token: IssuedToken;
  readonly state: State;
}

/**
 * One way to a token, run inside a change of the state.
 * @param claims JSON that the token must be requested with, where Graph demands it.
 * @throws PluginError AUTH_FAILED with the login service's own text, AUTH_PENDING, CONFIG_INVALID, NETWORK_FAILED,
 * TIMED_OUT or CANCELLED.
 */
export type TokenFlow = (state: State, signal: AbortSignalLike, claims?: string) => Promise<Issue>;
