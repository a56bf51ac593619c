import { createHash } from 'node:crypto';
import {
  isSeedUsed,
  loginIn,
  pendingIn,
  tokenIn,
  withLogin,
  withoutLogins,
  withoutPending,
  withPending,
  withToken,
  withUsedSeed,
} from '../../src/auth/login-state';
import fc from '../support/property';

const NOW = Date.UTC(2026, 0, 1);
const HOUR = 3600_000;
const token = { value: 'a-token', expiresAt: NOW + HOUR };
const login = { refreshToken: 'a-refresh-token' };
const pending = {
  deviceCode: 'the-code-of-the-device',
  userCode: 'C6JVTK8Z9',
  verificationUri: 'https://microsoft.com/devicelogin',
  expiresAt: NOW + 900_000,
};

test.each([
  [5 * 60_000 + 1, true],
  [5 * 60_000, false],
  [0, false],
  [-HOUR, false],
])('a token with %d milliseconds left: it is used is %s', (left, used) => {
  const state = withToken({}, 'me', token, NOW);
  expect(tokenIn(state, 'me', token.expiresAt - left)).toEqual(used ? token : undefined);
});

test('a token is that of the secret that obtained it, and an older state without this proof has none', () => {
  const state = withToken({}, 'me', token, NOW, 'a-secret');
  expect(tokenIn(state, 'me', NOW, 'a-secret')).toEqual(token);
  expect(tokenIn(state, 'me', NOW, 'another-secret')).toBeUndefined();
  expect(tokenIn(withToken({}, 'me', token, NOW), 'me', NOW, 'a-secret')).toBeUndefined();
});

test('the proof of a secret contains neither the secret nor a hash that two tokens share', () => {
  const proofs = ['one', 'two'].map((value) => {
    const { tokens } = withToken({}, 'me', { ...token, value }, NOW, 'a-secret');
    return (tokens as Record<string, { obtainedBy: string }>).me?.obtainedBy;
  });
  expect(proofs).toEqual([expect.stringMatching(/^[\w-]{43}$/), expect.stringMatching(/^[\w-]{43}$/)]);
  expect(proofs[0]).not.toBe(proofs[1]);
  const hash = createHash('sha256').update('a-secret').digest('base64url');
  for (const proof of proofs) expect([hash, 'a-secret']).not.toContain(proof);
});

test.each([
  ['no tokens at all', {}],
  ['a string in their place', { tokens: 'x' }],
  ['a list in their place', { tokens: [token] }],
  ['a string', { tokens: { me: 'a-token' } }],
  ['null', { tokens: { me: null } }],
  ['no value', { tokens: { me: { expiresAt: token.expiresAt } } }],
  ['an empty value', { tokens: { me: { ...token, value: '' } } }],
  ['a value that is not a string', { tokens: { me: { ...token, value: 5 } } }],
  ['an end that is not a number', { tokens: { me: { ...token, expiresAt: `${token.expiresAt}` } } }],
])('%s is not a token', (_, state) => {
  expect(tokenIn(state, 'me', NOW)).toBeUndefined();
  expect(tokenIn(withToken(state, 'another', token, NOW), 'me', NOW)).toBeUndefined();
  expect(tokenIn(withToken(state, 'another', token, NOW), 'another', NOW)).toEqual(token);
});

test('a new token leaves the good ones of others, and clears away those that have ended', () => {
  const before = {
    tokens: { good: token, ended: { value: 'x', expiresAt: NOW }, odd: 5, me: { ...token, value: 'old' } },
    theirs: 1,
  };
  expect(withToken(before, 'me', token, NOW)).toEqual({ tokens: { good: token, me: token }, theirs: 1 });
});

test.each([
  ['a string in the place of logins', { logins: 'x' }],
  ['a string', { logins: { me: 'a-refresh-token' } }],
  ['a refresh token that is not a string', { logins: { me: { refreshToken: 5 } } }],
  ['nothing', { logins: { me: null } }],
])('%s is not a login', (_, state) => {
  expect(loginIn(state, 'me')).toBeUndefined();
});

test('a sign-in is kept beside the others, and gives its refresh token alone', () => {
  const state = withLogin({ logins: { you: login }, theirs: 1 }, 'me', { refreshToken: 'mine' });
  expect(state).toEqual({ logins: { you: login, me: { refreshToken: 'mine' } }, theirs: 1 });
  expect(loginIn({ logins: { me: { ...login, more: 1 } } }, 'me')).toEqual(login);
});

test.each(Object.keys(pending))('a code that waits needs its %s', (name) => {
  for (const value of [undefined, null, true])
    expect(pendingIn({ pendingLogins: { me: { ...pending, [name]: value } } }, 'me')).toBeUndefined();
  expect(pendingIn({ pendingLogins: { me: pending } }, 'me')).toEqual(pending);
});

test.each(['a string', null, ['a list']])('%j is not a code that waits', (value) => {
  expect(pendingIn({ pendingLogins: { me: value } }, 'me')).toBeUndefined();
});

test('deletes a used code and keeps the others', () => {
  const two = withPending(withPending({ theirs: 1 }, 'you', pending), 'me', pending);
  expect(withoutPending(two, 'me')).toEqual({ theirs: 1, pendingLogins: { you: pending } });
  expect(withoutPending(withoutPending(two, 'me'), 'you')).toEqual({ theirs: 1 });
  expect(withoutPending({ theirs: 1 }, 'me')).toEqual({ theirs: 1 });
});

test('a refresh token of the parameters is used once, also after a reset by another command', () => {
  const state = withUsedSeed({ usedSeeds: { you: 'hash' } }, 'me', 'hash');
  expect([isSeedUsed(state, 'me', 'hash'), isSeedUsed(state, 'you', 'hash')]).toEqual([true, true]);
  expect([isSeedUsed(state, 'me', 'other'), isSeedUsed({}, 'me', 'hash')]).toEqual([false, false]);
  expect(isSeedUsed(withoutLogins(state), 'me', 'hash')).toBe(true);
});

test('a reset deletes all saved sign-ins and keeps unknown keys', () => {
  const state = withPending(
    withLogin(withToken({ theirs: 1 }, 'me', token, NOW), 'you', login),
    'me',
    pending,
  );
  expect(Object.keys(state)).toHaveLength(4);
  expect(withoutLogins(state)).toEqual({ theirs: 1, resets: 1 });
  expect(withoutLogins(withoutLogins(state))).toEqual({ theirs: 1, resets: 2 });
});

test('no state that another program left breaks a sign-in, and no identity reads what belongs to none', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom('tokens', 'logins', 'pendingLogins', 'usedSeeds', 'theirs'),
        fc.jsonValue(),
      ),
      fc.constantFrom('toString', '__proto__', 'constructor', 'me'),
      (state, identity) => {
        expect(tokenIn({ ...state, tokens: {} }, identity, NOW)).toBeUndefined();
        expect(loginIn({ ...state, logins: {} }, identity)).toBeUndefined();
        const kept = withLogin(withToken(state, 'me', token, NOW), 'me', login);
        expect(tokenIn(kept, 'me', NOW)).toEqual(token);
        expect(loginIn(kept, 'me')).toEqual(login);
        expect(kept.theirs).toEqual(state.theirs);
      },
    ),
  );
});
