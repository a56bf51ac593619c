import { type Incoming, type SandboxResponse, split } from '../http-message';
import { isThing, type Thing } from '../world';
import { badRequest } from './errors';

/** Maximum number of requests in a batch. */
const LIMIT = 20;

const VERSION = '/v1.0';

interface Item {
  readonly id: string;
  readonly incoming: Incoming;
}

/**
 * The body of a batch response: each item gets the response that it would get alone, with the token of the batch. Graph promises no
 * order, so the responses come in the reverse one: a client that goes by place instead of by id is found out.
 * @throws GraphError 400 for a body that is not a batch.
 */
export function batchBody(incoming: Incoming, respond: (item: Incoming) => SandboxResponse): Thing {
  const items = readItems(incoming);
  const responses = items.map(({ id, incoming: item }) => ({ id, ...encoded(respond(item)) }));
  return { responses: responses.reverse() };
}

/**
 * In a batch, JSON stays JSON, and any other body comes as base64 (https://learn.microsoft.com/graph/json-batching). Headers are spelled
 * `Content-Type`: Microsoft's own client looks for that spelling.
 */
function encoded({ status, headers, body }: SandboxResponse): SandboxResponse {
  const spelled = Object.entries(headers).map(([name, value]) => [
    name.replace(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase()),
    value,
  ]);
  return {
    status,
    headers: Object.fromEntries(spelled),
    body: typeof body === 'string' ? Buffer.from(body).toString('base64') : body,
  };
}

function readItems(incoming: Incoming): Item[] {
  const requests = requestsOf(incoming.body);
  if (requests.length > LIMIT)
    throw badRequest(`Number of batch request steps exceeds the maximum value of ${LIMIT}.`);
  const items = requests.map((request) => readItem(request, incoming));
  if (new Set(items.map((item) => item.id)).size < items.length)
    throw badRequest('Duplicate request identifiers in the batch payload.');
  return items;
}

function requestsOf(body: string): unknown[] {
  let payload: unknown;
  try {
    payload = JSON.parse(body);
  } catch {
    throw badRequest(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  }
  const requests = isThing(payload) ? payload.requests : undefined;
  if (!Array.isArray(requests) || requests.length === 0)
    throw badRequest(
      "Invalid batch payload format: the property 'requests' must be a list that is not empty.",
    );
  return requests;
}

function readItem(request: unknown, batch: Incoming): Item {
  const { id, method, url } = isThing(request) ? request : {};
  if (typeof id !== 'string' || typeof method !== 'string' || typeof url !== 'string')
    throw badRequest(
      "Invalid batch payload format: each request needs the properties 'id', 'method' and 'url'.",
    );
  const { path, query } = split(url.startsWith('/') ? url : `/${url}`);
  return { id, incoming: { ...batch, method, path: `${VERSION}${path}`, query, body: '' } };
}
