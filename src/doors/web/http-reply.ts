import type { IncomingMessage, ServerResponse } from 'node:http';
import { PluginError, toPluginError } from '../../base/errors';
import { exceededLimit, isRecord, type JsonObject, parseJson } from '../../base/json';
import type { Mask } from './mask-values';
import type { WebProblem } from './shared/protocol';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** On every response, whatever it is. */
const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** Bytes of a request's body, unless a route allows more. */
const MAX_BODY = 64 * 1024;

export function setSecurityHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
}

export function sendText(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  sendText(response, status, 'application/json; charset=utf-8', JSON.stringify(value));
}

export function sendProblem(response: ServerResponse, status: number, problem: WebProblem): void {
  if (response.headersSent) response.destroy();
  else sendJson(response, problem, status);
}

/** An error as the page shows it; never a stack or a value of a parameter. */
export function problemOf(error: unknown, mask: Mask): WebProblem {
  const { message, hint } = toPluginError(error);
  return { message: mask(message), ...(hint === undefined ? {} : { hint: mask(hint) }) };
}

/** @throws PluginError INVOCATION_UNREADABLE for a body that is too long or not a JSON object. */
export async function readJsonBody(request: IncomingMessage, max = MAX_BODY): Promise<JsonObject> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > max) throw outdatedPage(`The request is longer than ${Math.round(max / 1024)} KiB.`);
    parts.push(part);
  }
  const text = Buffer.concat(parts).toString('utf8');
  const exceeded = exceededLimit(text);
  if (exceeded !== undefined) throw outdatedPage(`The request ${exceeded}.`);
  const body = parseJson(text);
  if (isRecord(body)) return body;
  throw outdatedPage('The request is not a JSON object.');
}

/** A string field of a body. */
export function textIn(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value === 'string') return value;
  throw outdatedPage(`The field "${name}" is missing or not a string.`);
}

/** The error for a request that an up-to-date page does not send: it is malformed, or names something that is gone. */
export function outdatedPage(message: string): PluginError {
  return new PluginError('INVOCATION_UNREADABLE', message, { hint: 'Reload the page.' });
}
