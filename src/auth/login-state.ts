import { createHmac } from 'node:crypto';
import { isRecord } from '../base/json';
import type { State } from '../state/store';

/** An access token, and when it ends (milliseconds since the epoch). */
export interface IssuedToken {
  readonly value: string;
  readonly expiresAt: number;
}

/** The sign-in of a user: what gets the next access token without that user. */
interface SavedLogin {
  readonly refreshToken: string;
}

/** A device code that was handed out and waits for a user. */
export interface PendingLogin {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** A token this close to its end (milliseconds) is not used any more. */
const MARGIN = 5 * 60 * 1000;

/** Keys of the state, each an object by identity (see `identityKey`): changed parameters never use another login. */
const TOKENS = 'tokens';
const LOGINS = 'logins';
export const PENDING = 'pendingLogins';
const SEEDS = 'usedSeeds';

/** The keys that a reset removes. */
export const LOGIN_KEYS: readonly string[] = [TOKENS, LOGINS, PENDING];

/** A number that each reset raises: a command that runs in the meantime sees that its tokens are older than the reset. */
export const RESETS = 'resets';

/**
 * The identity's token, as long as it can be used.
 * @param credential the secret or key that must have obtained it; undefined for a sign-in method without one
 */
export function tokenIn(
  state: State,
  identity: string,
  now: number,
  credential?: string,
): IssuedToken | undefined {
  const token = entryOf(state, TOKENS, identity);
  if (!isGood(token, now)) return undefined;
  const { value, expiresAt } = token;
  return credential === undefined || isObtainedBy(token, credential) ? { value, expiresAt } : undefined;
}

/** The property of a saved token that shows which credential obtained it. */
const OBTAINED_BY = 'obtainedBy';

interface SavedToken extends IssuedToken {
  readonly [OBTAINED_BY]?: unknown;
}

/** The credential that obtained a saved token, once compared. */
const obtainedBy = new WeakMap<object, string>();

function isObtainedBy(token: SavedToken, credential: string): boolean {
  if (obtainedBy.get(token) === credential) return true;
  if (token[OBTAINED_BY] !== fingerprint(token.value, credential)) return false;
  obtainedBy.set(token, credential);
  return true;
}

/** The state with a new token, without the tokens that can be used no more. */
export function withToken(
  state: State,
  identity: string,
  token: IssuedToken,
  now: number,
  credential?: string,
): State {
  const good = Object.entries(recordOf(state, TOKENS)).filter(([, known]) => isGood(known, now));
  const saved =
    credential === undefined ? token : { ...token, [OBTAINED_BY]: fingerprint(token.value, credential) };
  return { ...state, [TOKENS]: { ...Object.fromEntries(good), [identity]: saved } };
}

/** Keyed by the token, so that two fingerprints of one secret have nothing in common. */
function fingerprint(token: string, credential: string): string {
  return createHmac('sha256', token).update(credential).digest('base64url');
}

export function loginIn(state: State, identity: string): SavedLogin | undefined {
  const login = entryOf(state, LOGINS, identity);
  return isRecord(login) && typeof login.refreshToken === 'string'
    ? { refreshToken: login.refreshToken }
    : undefined;
}

export function withLogin(state: State, identity: string, login: SavedLogin): State {
  return withEntry(state, LOGINS, identity, login);
}

export function pendingIn(state: State, identity: string): PendingLogin | undefined {
  const pending = entryOf(state, PENDING, identity);
  return isPending(pending) ? pending : undefined;
}

export function withPending(state: State, identity: string, pending: PendingLogin): State {
  return withEntry(state, PENDING, identity, pending);
}

export function withoutPending(state: State, identity: string): State {
  return withoutEntry(state, PENDING, identity);
}

/** Whether a refresh token given as a parameter has made a sign-in here; it is kept as a hash, and no reset forgets it. */
export function isSeedUsed(state: State, identity: string, hash: string): boolean {
  return entryOf(state, SEEDS, identity) === hash;
}

export function withUsedSeed(state: State, identity: string, hash: string): State {
  return withEntry(state, SEEDS, identity, hash);
}

/** The state without any sign-in, of whichever identity. */
export function withoutLogins(state: State): State {
  const { [TOKENS]: _, [LOGINS]: __, [PENDING]: ___, [RESETS]: resets, ...rest } = state;
  return { ...rest, [RESETS]: typeof resets === 'number' ? resets + 1 : 1 };
}

function recordOf(state: State, key: string): State {
  const value = state[key];
  return isRecord(value) ? value : {};
}

function entryOf(state: State, key: string, identity: string): unknown {
  const record = recordOf(state, key);
  return Object.hasOwn(record, identity) ? record[identity] : undefined;
}

function withEntry(state: State, key: string, identity: string, value: unknown): State {
  return { ...state, [key]: { ...recordOf(state, key), [identity]: value } };
}

function withoutEntry(state: State, key: string, identity: string): State {
  const { [identity]: _, ...others } = recordOf(state, key);
  if (Object.keys(others).length > 0) return { ...state, [key]: others };
  const { [key]: __, ...rest } = state;
  return rest;
}

function isGood(token: unknown, now: number): token is SavedToken {
  return (
    isRecord(token) &&
    typeof token.value === 'string' &&
    token.value !== '' &&
    typeof token.expiresAt === 'number' &&
    token.expiresAt - now > MARGIN
  );
}

function isPending(value: unknown): value is PendingLogin {
  return (
    isRecord(value) &&
    typeof value.deviceCode === 'string' &&
    typeof value.userCode === 'string' &&
    typeof value.verificationUri === 'string' &&
    typeof value.expiresAt === 'number'
  );
}
