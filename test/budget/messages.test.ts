import { LONGEST_BLOCK } from '../../src/budget/budget';
import { parseMessage, parseReply } from '../../src/budget/machine/messages';

const STATE = { windowStart: 0, used: 0, blockedUntil: 0 };

test.each([
  { take: 1, requests: 1_001, priority: 'bulk' },
  { accepted: 1e12 },
  { refused: 1e12 },
  { released: 1e12 },
])('%j reports more requests than one message may', (wish) => {
  expect(parseMessage(wish)).toBeUndefined();
});

test('a wait that is no time counts as none named', () => {
  expect(parseMessage({ refused: 1, retryAfter: 1e300 })).toEqual({ refused: 1, retryAfter: undefined });
});

test('another process blocks this one for the longest block at most', () => {
  const state = { ...STATE, windowStart: 8e15, blockedUntil: 8e15 };
  const read = parseReply({ state })?.state;
  expect(read?.blockedUntil).toBeLessThanOrEqual(Date.now() + LONGEST_BLOCK);
  expect(read?.windowStart).toBeLessThanOrEqual(Date.now());
});

test.each([0, LONGEST_BLOCK + 1, 1e300])('a window of %d milliseconds is no limit', (window) => {
  expect(parseReply({ state: { ...STATE, limit: { requests: 5, window } } })?.state.limit).toBeUndefined();
});

test('a state with times beyond those of a date is no message', () => {
  expect(parseReply({ state: { ...STATE, blockedUntil: 1e300 } })).toBeUndefined();
});
