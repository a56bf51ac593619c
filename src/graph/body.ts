import type { HttpResponse } from '../http/transport';
import { isRecord, type JsonObject, parseJson } from '../json';
import { unexpected } from './error';

/** One page of a collection. */
export interface Page {
  readonly rows: readonly unknown[];
  readonly nextLink: string | undefined;
  readonly total: number | undefined;
}

/**
 * The entity of an answer; some are wrapped in `value` (hostPorts, hostSslCertificates, passiveDnsRecords …). Undefined for 204 and `null`.
 * @throws PluginError GRAPH_UNEXPECTED for anything else that is not an object.
 */
export function entityOf(asked: string, response: HttpResponse): unknown {
  if (response.status === 204 || response.body.trim() === '') return undefined;
  const body = jsonOf(asked, response);
  if (body === null) return undefined;
  if (!isRecord(body)) throw unexpected(asked, response, 'the answer is not one object');
  if (!('value' in body) || 'id' in body) return body;
  if (body.value === null) return undefined;
  if (!isRecord(body.value)) throw unexpected(asked, response, 'the answer is not one object');
  return body.value;
}

/**
 * The rows of an answer, and where more are.
 * @throws PluginError GRAPH_UNEXPECTED where there is no list of rows.
 */
export function pageOf(asked: string, response: HttpResponse): Page {
  if (response.status === 204) return { rows: [], nextLink: undefined, total: undefined };
  const body = jsonOf(asked, response);
  if (!isRecord(body) || !(Array.isArray(body.value) || body.value === null)) {
    throw unexpected(asked, response, 'the answer is not a list');
  }
  return { rows: body.value ?? [], nextLink: textOf(body, '@odata.nextLink'), total: totalOf(body) };
}

function jsonOf(asked: string, response: HttpResponse): unknown {
  const body = parseJson(response.body);
  if (body !== undefined) return body;
  const kind = response.headers['content-type']?.split(';')[0];
  throw unexpected(
    asked,
    response,
    response.body.trim() === ''
      ? 'the answer is empty'
      : `the answer (${kind ?? 'of no stated type'}) is not JSON`,
  );
}

function textOf(body: JsonObject, name: string): string | undefined {
  const value = body[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function totalOf(body: JsonObject): number | undefined {
  const total = body['@odata.count'];
  return typeof total === 'number' && Number.isInteger(total) && total >= 0 ? total : undefined;
}
