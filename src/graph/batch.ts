import { BOUNDS } from '../base/bounds';
import { exceededLimit, isRecord, parseJson, scalarText } from '../base/json';
import { type Log, type LogFields, silentLog } from '../base/log';
import { sanitize } from '../base/sanitize';
import type { HttpRequest, HttpResponse } from '../http/transport';
import { VERSION_PATH } from './route';

/** Requests that one batch may contain (https://learn.microsoft.com/graph/json-batching). */
export const BATCH_SIZE = 20;

/** The batch of requests to one origin; it travels with the token and the time of the first, its ids are their places. */
export function batchRequest(requests: readonly [HttpRequest, ...HttpRequest[]]): HttpRequest {
  const [first] = requests;
  const items = requests.map(({ method, url, headers }, place) => ({
    id: String(place),
    method,
    url: relativeUrl(url),
    headers: { 'client-request-id': headers['client-request-id'] },
  }));
  return {
    ...first,
    method: 'POST',
    url: new URL(`${VERSION_PATH}/$batch`, first.url).href,
    headers: { ...first.headers, 'content-type': 'application/json' },
    body: JSON.stringify({ requests: items }),
  };
}

/**
 * The responses of a batch, in the order of its requests; undefined for one that
 * was left out. Undefined for any other response. The first usable response with an id counts; what is left aside is logged.
 */
export function batchResponses(
  response: HttpResponse,
  log: Log = silentLog,
): (HttpResponse | undefined)[] | undefined {
  if (response.status !== 200 || exceededLimit(response.body) !== undefined) return undefined;
  const body = parseJson(response.body);
  if (!isRecord(body) || !Array.isArray(body.responses)) return undefined;
  const responses: HttpResponse[] = [];
  for (const item of body.responses) {
    const found = itemOf(item);
    if (found !== undefined && responses[found.place] === undefined) responses[found.place] = found.response;
    else log('warn', 'invalid item in a batch response ignored', loggedItem(item));
  }
  return responses;
}

/** Undefined if the value is not a response. */
function itemOf(item: unknown): { readonly place: number; readonly response: HttpResponse } | undefined {
  if (!isRecord(item) || !/^\d{1,2}$/.test(scalarText(item.id)) || !isStatus(item.status)) return undefined;
  const headers = headersOf(item.headers);
  return {
    place: Number(item.id),
    response: { status: item.status, headers, body: textOf(item.body, headers) },
  };
}

function isStatus(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 100 && value <= 599;
}

function loggedItem(item: unknown): LogFields {
  if (!isRecord(item)) return {};
  const shown = (value: unknown) => sanitize(scalarText(value).slice(0, BOUNDS.quoted));
  return { id: shown(item.id), status: shown(item.status) };
}

/** A batch that fails on every attempt: the service, or a proxy before it, does not support batches. */
export function isBatchRejected({ status }: HttpResponse): boolean {
  return status === 501 || (status >= 300 && status < 500 && ![401, 408, 429].includes(status));
}

function relativeUrl(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname.slice(VERSION_PATH.length)}${search}`;
}

function headersOf(headers: unknown): HttpResponse['headers'] {
  if (!isRecord(headers)) return {};
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), scalarText(value)]),
  );
}

/** The body of an item as in a single response: JSON comes as an object, anything else in base64, and from some gateways as text. */
function textOf(body: unknown, headers: HttpResponse['headers']): string {
  if (body === undefined) return '';
  if (typeof body !== 'string') return JSON.stringify(body);
  const type = headers['content-type'] ?? '';
  if (type === '' || /json/i.test(type) || !BASE64.test(body)) return body;
  const decoded = Buffer.from(body, 'base64').toString();
  return decoded.includes('\ufffd') ? body : decoded;
}

const BASE64 = /^(?:[\w+/-]{4})+(?:[\w+/-]{2}==|[\w+/-]{3}=)?$|^(?:[\w+/-]{2}==|[\w+/-]{3}=)$/;
