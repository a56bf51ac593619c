import { PluginError } from '../base/errors';
import type { AbortSignalLike } from '../base/plain-abort';
import { rememberSecret } from '../base/secrets';
import type { State, Store } from '../state/store';
import type { CachePorts } from './cached-token-source';
import { expiredCode, START, timeLeft } from './device-code-error';
import { loginIn, pendingIn, withLogin, withoutPending, withPending, withToken } from './login-state';
import type { TargetFor } from './msal/issue-token';
import type { UserIdentity } from './msal/user-token';
import { shownCode, shownPending, verificationPage } from './verification-page';

/** The page and the code that a user needs to sign in. */
interface CodeToType {
  readonly page: string;
  /** Whether the page belongs to Microsoft or to the configured login origin; otherwise it is defanged. */
  readonly trusted: boolean;
  readonly code: string;
  /** In words: `14 minutes`. */
  readonly lives: string;
}

/** The device-code login, cut in two: a process lives for one command. */
export interface DeviceLogin {
  /** Requests a code. A sign-in that works keeps working until the new one is done. */
  start(signal: AbortSignalLike): Promise<CodeToType>;
  /**
   * Sends one request to see whether the code was used to sign in, and stores the sign-in if so.
   * @throws PluginError AUTH_PENDING before the sign-in, AUTH_FAILED if it was rejected or the code expired.
   */
  complete(signal: AbortSignalLike): Promise<void>;
}

/** @param key see `identityKey`. */
export function deviceLogin(
  identity: UserIdentity,
  key: string,
  targetFor: TargetFor,
  { store, clock }: CachePorts,
): DeviceLogin {
  return {
    async start(signal) {
      const { startDeviceCode } = await import('./msal/acquire');
      const now = clock.now();
      const pending = await startDeviceCode(identity, targetFor(signal));
      rememberSecret(pending.deviceCode);
      await store.update((state) => withPending(state, key, pending), signal);
      const page = verificationPage(pending.verificationUri, targetFor(signal).authority);
      return {
        page: page.text,
        trusted: page.trusted,
        code: shownCode(pending.userCode),
        lives: timeLeft(pending, now),
      };
    },
    complete: (signal) =>
      changed(store, signal, async (state) => {
        const now = clock.now();
        const found = pendingIn(state, key);
        if (found === undefined) return { state, error: notStarted(loginIn(state, key) !== undefined) };
        rememberSecret(found.deviceCode);
        const pending = shownPending(found, targetFor(signal).authority);
        if (pending.expiresAt <= now)
          return { state: withoutPending(state, key), error: expiredCode(pending, now) };
        const { finishDeviceCode } = await import('./msal/acquire');
        const outcome = await finishDeviceCode(identity, pending, targetFor(signal));
        if ('error' in outcome)
          return { state: outcome.over ? withoutPending(state, key) : state, error: outcome.error };
        const done = withToken(withoutPending(state, key), key, outcome.token, now);
        const { refreshToken } = outcome;
        rememberSecret(outcome.token.value);
        rememberSecret(refreshToken);
        return { state: refreshToken === undefined ? done : withLogin(done, key, { refreshToken }) };
      }),
  };
}

interface Changed {
  readonly state: State;
  readonly error?: PluginError;
}

/** Makes a change to the state that is stored even if it ends with an error. */
async function changed(
  store: Store,
  signal: AbortSignalLike,
  change: (state: State) => Promise<Changed>,
): Promise<void> {
  let error: PluginError | undefined;
  await store.update(async (state) => {
    const outcome = await change(state);
    error = outcome.error;
    return outcome.state;
  }, signal);
  if (error !== undefined) throw error;
}

function notStarted(loggedIn: boolean): PluginError {
  return new PluginError(
    'AUTH_FAILED',
    loggedIn ? 'No sign-in is pending. The existing sign-in is unchanged.' : 'No sign-in is pending.',
    {
      hint: loggedIn
        ? 'Run !msg-defender-threat-intel-auth-test to check it.'
        : `${START} It returns a code to enter.`,
    },
  );
}
