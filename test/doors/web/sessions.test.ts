import { openSessions } from '../../../src/doors/web/sessions';

const HOURS = 60 * 60 * 1000;

function opened(port = 8080) {
  let now = 0;
  const sessions = openSessions(port, () => now);
  return {
    sessions,
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
    /** Signs a browser in; returns the header that it sends from then on. */
    signIn: () => sessions.trade(sessions.issueToken())?.split(';')[0] ?? '',
  };
}

test('a token signs one browser in, once', () => {
  const { sessions } = opened();
  const token = sessions.issueToken();
  expect(token).toMatch(/^[\w-]{43}$/);
  const cookie = sessions.trade(token);
  expect(cookie).toMatch(/^mdti_8080=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=43200$/);
  expect(sessions.trade(token)).toBeUndefined();
  expect(sessions.trade('guessed')).toBeUndefined();
});

test('a session lasts 12 hours', () => {
  const { sessions, signIn, advance } = opened();
  const cookie = signIn();
  advance(12 * HOURS - 1);
  expect(sessions.isSignedIn(cookie)).toBe(true);
  advance(1);
  expect(sessions.isSignedIn(cookie)).toBe(false);
});

test.each([
  ['among others, with spaces', (cookie: string) => `a=1;  ${cookie} ; b=2`, true],
  ['none', () => undefined, false],
  ['another value', (cookie: string) => `${cookie}x`, false],
  ['only the name', () => 'mdti_8080=', false],
  ['a longer name', (cookie: string) => `x${cookie}`, false],
  ['of another port', (cookie: string) => cookie.replace('8080', '8081'), false],
  ['behind 8 KiB of others', (cookie: string) => `a=${'x'.repeat(8_192)}; ${cookie}`, false],
  ['within 8 KiB of others', (cookie: string) => `a=${'x'.repeat(8_000)}; ${cookie}`, true],
])('a Cookie header %s', (_, header, expected) => {
  const { sessions, signIn } = opened();
  expect(sessions.isSignedIn(header(signIn()))).toBe(expected);
});

test('up to four tokens wait for a browser; a fifth one replaces the oldest', () => {
  const { sessions } = opened();
  const tokens = Array.from({ length: 5 }, () => sessions.issueToken());
  expect(tokens.map((token) => sessions.trade(token) !== undefined)).toEqual([false, true, true, true, true]);
});

test('16 browsers are signed in at once; one more signs the oldest out', () => {
  const { sessions, signIn } = opened();
  const cookies = Array.from({ length: 16 }, signIn);
  expect(cookies.every((cookie) => sessions.isSignedIn(cookie))).toBe(true);
  const next = signIn();
  expect([cookies[0], cookies[1], next].map((cookie) => sessions.isSignedIn(cookie))).toEqual([
    false,
    true,
    true,
  ]);
});
