import { StringDecoder } from 'node:string_decoder';
import { isCount, isRecord, parseJson } from '../../base/json';
import type { BudgetState } from '../budget';
import { LONGEST_BLOCK, PRIORITIES, type Priority } from '../budget';

/** A message to the process that serves the budget. */
export type BudgetMessage =
  | { readonly take: number; readonly requests: number; readonly priority: Priority }
  | { readonly cancel: number }
  | { readonly accepted: number }
  | { readonly refused: number; readonly retryAfter: number | undefined }
  | { readonly released: number }
  | { readonly ping: true };

/** A message of the serving process: a granted request, or a ping. Each contains the known limit. */
export interface BudgetReply {
  readonly granted?: number;
  /** Number of requests granted. */
  readonly requests?: number;
  readonly state: BudgetState;
}

/** The latest time of a JavaScript date, milliseconds since the epoch. */
const LATEST = 8.64e15;

/** Requests of one message; a batch has 20. */
const MOST_REQUESTS = 1_000;

/** Characters of one message; a longer one ends the connection. */
const LONGEST = 4_096;

/** Reads messages as JSON lines. @throws Error for a line that is not a message */
export function messageReader<T>(read: (value: unknown) => T | undefined): (chunk: Buffer) => T[] {
  const decoder = new StringDecoder();
  let rest = '';
  return (chunk) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST) throw new Error('a message is too long');
    return lines.map((line) => {
      const message = read(parseJson(line));
      if (message === undefined) throw new Error('a message makes no sense');
      return message;
    });
  };
}

export function messageText(message: BudgetMessage): string {
  return `${JSON.stringify(message)}\n`;
}

/** Times travel as ages: processes do not share a monotonic clock. */
export function replyText({ state, ...reply }: BudgetReply, now: number): string {
  const { windowStart, blockedUntil, ...rest } = state;
  const ages = { windowAge: now - windowStart, blockedFor: Math.max(0, blockedUntil - now) };
  return `${JSON.stringify({ ...reply, state: { ...rest, ...ages } })}\n`;
}

export function parseMessage(value: unknown): BudgetMessage | undefined {
  if (!isRecord(value)) return undefined;
  const { take, requests, priority, cancel, accepted, refused, released, retryAfter } = value;
  const known = PRIORITIES.find((one) => one === priority);
  if (isCount(take)) return isRequests(requests) && known ? { take, requests, priority: known } : undefined;
  if (isCount(cancel)) return { cancel };
  if (isRequests(accepted)) return { accepted };
  if (isRequests(refused)) return { refused, retryAfter: isTime(retryAfter) ? retryAfter : undefined };
  if (isRequests(released)) return { released };
  return value.ping === true ? { ping: true } : undefined;
}

/** @param now the monotonic clock of this process */
export function parseReply(value: unknown, now: number): BudgetReply | undefined {
  if (!isRecord(value) || !isRecord(value.state)) return undefined;
  const { granted, requests, state } = value;
  const { limit, windowAge, used, blockedFor } = state;
  if (!isTime(windowAge) || !isTime(used) || !isTime(blockedFor)) return undefined;
  return {
    ...(isCount(granted) && isRequests(requests) ? { granted, requests } : {}),
    state: {
      limit: isRecord(limit) ? limitIn(limit.requests, limit.window) : undefined,
      windowStart: now - windowAge,
      used,
      blockedUntil: now + Math.min(blockedFor, LONGEST_BLOCK),
    },
  };
}

function isRequests(value: unknown): value is number {
  return isCount(value) && value <= MOST_REQUESTS;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= LATEST;
}

/** A limit that lets at least one request pass in a window that is not longer than the longest block. */
export function limitIn(requests: unknown, window: unknown): BudgetState['limit'] {
  const isLimit =
    isTime(requests) && requests >= 1 && isTime(window) && window > 0 && window <= LONGEST_BLOCK;
  return isLimit ? { requests, window } : undefined;
}
