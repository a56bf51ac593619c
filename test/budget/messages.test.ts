import { LONGEST_BLOCK } from '../../src/budget/budget';
import { parseMessage, parseReply, replyText } from '../../src/budget/machine/messages';

const STATE = { windowAge: 0, used: 0, blockedFor: 0 };
const NOW = 5_000;

test.each([
  { take: 1, requests: 1_001, priority: 'bulk' },
  { accepted: 1e12 },
  { refused: 1e12 },
  { released: 1e12 },
])('%j reports more requests than one message may', (wish) => {
  expect(parseMessage(wish)).toBeUndefined();
});

test('a wait that is not a time counts as none named', () => {
  expect(parseMessage({ refused: 1, retryAfter: 1e300 })).toEqual({ refused: 1, retryAfter: undefined });
});

test('another process blocks this one for the longest block at most', () => {
  const state = { ...STATE, blockedFor: 8e15 };
  expect(parseReply({ state }, NOW)?.state.blockedUntil).toBe(NOW + LONGEST_BLOCK);
});

test('processes whose monotonic clocks differ mean the same moments', () => {
  const limit = { requests: 100, window: 10_000 };
  const state = { limit, used: 7, windowStart: 999_000, blockedUntil: 1_030_000 };
  const sent = JSON.parse(replyText({ granted: 3, requests: 20, state }, 1_000_000));
  expect(parseReply(sent, NOW)).toEqual({
    granted: 3,
    requests: 20,
    state: { limit, used: 7, windowStart: NOW - 1_000, blockedUntil: NOW + 30_000 },
  });
});

test.each([0, LONGEST_BLOCK + 1, 1e300])('a window of %d milliseconds sets no limit', (window) => {
  expect(
    parseReply({ state: { ...STATE, limit: { requests: 5, window } } }, NOW)?.state.limit,
  ).toBeUndefined();
});

test('ignores a limit below one request per window', () => {
  const state = { ...STATE, limit: { requests: 0.5, window: 1_000 } };
  expect(parseReply({ state }, NOW)?.state.limit).toBeUndefined();
});

test('a state with times beyond those of a date is not a message', () => {
  expect(parseReply({ state: { ...STATE, blockedFor: 1e300 } }, NOW)).toBeUndefined();
});
