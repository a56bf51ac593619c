import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Browsers that are signed in at once; one more signs the oldest one out. */
const MAX_SESSIONS = 16;

/** Tokens that were printed and not used. */
const MAX_TOKENS = 4;

/** Seconds that a cookie is valid. */
const LIFETIME = 12 * 60 * 60;

/** Trades a token that works once for the cookie of a browser. Memory contains digests only. */
export interface Sessions {
  /** A new token for the address that is printed. */
  issueToken(): string;
  /** Returns the value of the `Set-Cookie` header; undefined for an unknown or used token. */
  trade(token: string): string | undefined;
  /** Whether a `Cookie` header carries a session. */
  isSignedIn(header: string | undefined): boolean;
}

/** @param now milliseconds of a monotonic clock */
export function openSessions(port: number, now: () => number): Sessions {
  const tokens: Buffer[] = [];
  const sessions: { readonly digest: Buffer; readonly until: number }[] = [];
  // Cookies do not know ports: two servers on this machine would overwrite each other's.
  const name = `mdti_${port}`;

  return {
    issueToken() {
      const token = randomBytes(32).toString('base64url');
      tokens.push(digestOf(token));
      if (tokens.length > MAX_TOKENS) tokens.shift();
      return token;
    },
    trade(token) {
      const digest = digestOf(token);
      const at = tokens.findIndex((known) => timingSafeEqual(known, digest));
      if (at < 0) return undefined;
      tokens.splice(at, 1);
      const session = randomBytes(32).toString('base64url');
      sessions.push({ digest: digestOf(session), until: now() + LIFETIME * 1000 });
      if (sessions.length > MAX_SESSIONS) sessions.shift();
      return `${name}=${session}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${LIFETIME}`;
    },
    isSignedIn(header) {
      const value = header
        ?.slice(0, 8192)
        .split(';')
        .map((pair) => pair.trim())
        .find((pair) => pair.startsWith(`${name}=`));
      if (value === undefined) return false;
      const digest = digestOf(value.slice(name.length + 1));
      return sessions.some((known) => known.until > now() && timingSafeEqual(known.digest, digest));
    },
  };
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
