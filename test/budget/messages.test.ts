import { LONGEST_BLOCK } from '../../src/budget/budget';
import {
  limitIn,
  messageReader,
  messageText,
  parseMessage,
  parseReply,
  replyText,
} from '../../src/budget/machine/messages';

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

const WISHES = [
  { take: 0, requests: 1_000, priority: 'interactive' },
  { take: 7, requests: 20, priority: 'bulk' },
  { cancel: 7 },
  { accepted: 1_000 },
  { refused: 1, retryAfter: 5_000 },
  { refused: 0, retryAfter: undefined },
  { released: 2 },
  { ping: true },
] as const;

test.each(WISHES)('%j arrives unchanged', (wish) => {
  const read = messageReader(parseMessage);
  expect(read(Buffer.from(messageText(wish)))).toEqual([wish]);
});

test.each([
  null,
  undefined,
  'ping',
  [{ ping: true }],
  {},
  { ping: 'yes' },
  { take: -1, requests: 1, priority: 'bulk' },
  { take: 1.5, requests: 1, priority: 'bulk' },
  { take: '1', requests: 1, priority: 'bulk' },
  { take: 2 ** 53, requests: 1, priority: 'bulk' },
  { take: 1, requests: '1', priority: 'bulk' },
  { take: 1, requests: 1, priority: 'highest' },
  { take: 1, requests: 1 },
  { take: 1, priority: 'bulk', ping: true },
  { accepted: -1 },
  { refused: '1' },
  { released: null },
  { cancel: -1 },
])('%j is not a message', (value) => {
  expect(parseMessage(value)).toBeUndefined();
});

test.each(['5', -1, Number.NaN, null])('a wait of %p counts as none named', (retryAfter) => {
  expect(parseMessage({ refused: 1, retryAfter })).toEqual({ refused: 1, retryAfter: undefined });
});

test.each([
  null,
  'text',
  [],
  {},
  { state: null },
  { state: { ...STATE, used: undefined } },
  { state: { ...STATE, used: '5' } },
  { state: { ...STATE, windowAge: -1 } },
  { state: { ...STATE, blockedFor: 8.65e15 } },
])('%j is not a reply', (value) => {
  expect(parseReply(value, NOW)).toBeUndefined();
});

test('a reply without a number of granted requests is a state only', () => {
  const state = { windowStart: NOW, used: 0, blockedUntil: NOW };
  expect(parseReply({ state: STATE }, NOW)).toEqual({ state });
  expect(parseReply({ granted: 1, state: STATE }, NOW)).toEqual({ state });
  expect(parseReply({ granted: -1, requests: 1, state: STATE }, NOW)).toEqual({ state });
  expect(parseReply({ granted: 1, requests: 1_001, state: STATE }, NOW)).toEqual({ state });
  expect(parseReply({ state: { ...STATE, limit: 'none', used: 8.64e15 } }, NOW)?.state.limit).toBeUndefined();
});

test('a block that is over is sent as none', () => {
  const state = { limit: undefined, windowStart: NOW, used: 1, blockedUntil: NOW - 1 };
  expect(JSON.parse(replyText({ state }, NOW)).state).toEqual({ used: 1, windowAge: 0, blockedFor: 0 });
});

test.each([
  [1, 1, true],
  [100, LONGEST_BLOCK, true],
  [0.9, 1_000, false],
  ['100', 1_000, false],
  [100, '1000', false],
  [100, 0, false],
  [Number.NaN, 1_000, false],
])('%p requests in %p milliseconds are a limit: %s', (requests, window, isLimit) => {
  expect(limitIn(requests, window)).toEqual(isLimit ? { requests, window } : undefined);
});

test('messages are read across chunks, several at once', () => {
  const read = messageReader((value) => value as object);
  const text = Buffer.from('{"a":"ü"}\n{"b":1}\n{"c"');
  expect(read(text.subarray(0, 7))).toEqual([]);
  expect(read(text.subarray(7))).toEqual([{ a: 'ü' }, { b: 1 }]);
  expect(read(Buffer.from(':2}\n'))).toEqual([{ c: 2 }]);
});

test('a line that is not a message, or too long, is an error', () => {
  expect(() => messageReader(parseMessage)(Buffer.from('{"ping":true\n'))).toThrow(
    'a message makes no sense',
  );
  const read = messageReader(parseMessage);
  expect(read(Buffer.from('x'.repeat(4_096)))).toEqual([]);
  expect(() => read(Buffer.from('x'))).toThrow('a message is too long');
});
