import { BOUNDS } from '../base/bounds';
import type { PluginError } from '../base/errors';
import { isCount, isRecord, type JsonObject, jsonSize, parseJson } from '../base/json';
import type { MemoryBudget } from '../base/memory-budget';
import { sanitize } from '../base/sanitize';
import { BrokenBody } from '../http/retry';
import type { HttpResponse } from '../http/transport';
import { unexpectedResponse } from './error';

/** One page of a collection. */
export interface CollectionPage {
  readonly rows: readonly JsonObject[];
  readonly nextLink: string | undefined;
  readonly total: number | undefined;
}

/**
 * The entity of a response; some are wrapped in `value` (hostPorts, hostSslCertificates, passiveDnsRecords …). Undefined for
 * 204, `null` and an object without a property.
 * @throws PluginError GRAPH_UNEXPECTED for anything else that is not an object, and for an empty body: only a 204 may have no body.
 */
export function entityOf(requestText: string, response: HttpResponse, memory?: MemoryBudget): unknown {
  if (response.status === 204) return undefined;
  if (isEmpty(response)) throw emptyResponse(requestText, response);
  const body = jsonOf(requestText, response, memory);
  const value = isRecord(body) && isWrapper(body) ? body.value : body;
  if (value === null) return undefined;
  if (!isRecord(value))
    throw unexpectedResponse(requestText, response, `the response is ${shape(value)}, not one object`);
  return properties(value).length === 0 ? undefined : value;
}

/** Only annotations may be next to `value`; a tracker has a property of that name among others. */
function isWrapper(body: JsonObject): boolean {
  return properties(body).join() === 'value';
}

function properties(object: JsonObject): string[] {
  return Object.keys(object).filter((name) => !name.includes('@odata.'));
}

/**
 * The rows of a response, and where more are.
 * @throws PluginError GRAPH_UNEXPECTED if there is no list of objects.
 */
export function pageOf(requestText: string, response: HttpResponse, memory?: MemoryBudget): CollectionPage {
  if (response.status === 204) return { rows: [], nextLink: undefined, total: undefined };
  if (isEmpty(response)) throw emptyResponse(requestText, response);
  const body = jsonOf(requestText, response, memory);
  if (!isRecord(body))
    throw unexpectedResponse(requestText, response, `the response is ${shape(body)}, not a page of a list`);
  const value: unknown = body.value ?? (body.value === null ? [] : undefined);
  if (!Array.isArray(value)) throw unexpectedResponse(requestText, response, 'the response contains no list');
  const rows = value.filter((row) => row !== null);
  const odd: unknown = rows.find((row) => !isRecord(row));
  if (odd !== undefined)
    throw unexpectedResponse(requestText, response, `the list contains ${shape(odd)} instead of an object`);
  return { rows, nextLink: textOf(body, '@odata.nextLink'), total: totalOf(body) };
}

function isEmpty({ body }: HttpResponse): boolean {
  return body.trim() === '';
}

/** A response that ends with its connection and has no byte was cut at its start; others state that they are empty. */
function emptyResponse(requestText: string, response: HttpResponse): PluginError {
  const { connection, 'content-length': length, 'transfer-encoding': encoding } = response.headers;
  const isCut = connection?.toLowerCase() === 'close' && length === undefined && encoding === undefined;
  const cause = isCut ? new BrokenBody() : undefined;
  return unexpectedResponse(requestText, response, 'the response is empty', cause);
}

function jsonOf(requestText: string, response: HttpResponse, memory: MemoryBudget | undefined): unknown {
  const type = response.headers['content-type']?.split(';')[0];
  const { exceeded, values } = jsonSize(response.body);
  if (exceeded !== undefined) throw unexpectedResponse(requestText, response, `the response ${exceeded}`);
  memory?.take(values * BOUNDS.valueBytes);
  const body = parseJson(response.body);
  if (isRecord(body) && isRecord(body.error) && !('id' in body) && !('value' in body))
    throw unexpectedResponse(requestText, response, `the response is an error${words(body.error)}`);
  if (body !== undefined) return body;
  const cause = type === undefined || /json/i.test(type) ? new BrokenBody() : undefined;
  throw unexpectedResponse(
    requestText,
    response,
    `the response (${sanitize(type ?? 'without a content type')}) is not JSON`,
    cause,
  );
}

function words({ code, message }: JsonObject): string {
  const texts = [code, message].filter((text) => typeof text === 'string' && text.trim() !== '');
  return texts.length === 0 ? '' : `: ${sanitize(texts.join(': ')).replace(/\.$/, '')}`;
}

function shape(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return value === null ? 'null' : `a ${typeof value}`;
}

function textOf(body: JsonObject, name: string): string | undefined {
  const value = body[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function totalOf(body: JsonObject): number | undefined {
  const total = body['@odata.count'];
  return isCount(total) ? total : undefined;
}
