import { randomUUID } from 'node:crypto';
import { type Faults, GRAPH, type InjectedFault, refusalOf, takeRule } from '../faults';
import type { Incoming, SandboxResponse } from '../http-message';
import type { TokenStore } from '../login/tokens';
import type { Thing, World } from '../world';
import { checkAccess } from './access';
import { batchBody } from './batch';
import { badRequest, GraphError, methodNotAllowed, notEntitled, refusal } from './errors';
import { readResource } from './resource';

export interface GraphContext {
  readonly world: World;
  readonly origin: string;
  readonly tokens: TokenStore;
  readonly faults: Faults;
  /** Counts one request; returns a fault if it is over the budget. */
  readonly meter: () => InjectedFault | undefined;
  readonly clock: () => number;
}

const BATCH = `${GRAPH}/$batch`;
const JSON_BODY =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/** A failure of the server in front of Graph: HTML without an error body. */
class BareHtml extends Error {
  constructor(readonly status: number) {
    super(`HTTP Status ${status}`);
  }

  response(ids: Readonly<Record<string, string>>): SandboxResponse {
    const body = `<!doctype html><html lang="en"><head><title>${this.message}</title></head><body><h1>${this.message} – Internal Server Error</h1></body></html>`;
    return { status: this.status, headers: { 'content-type': 'text/html;charset=utf-8', ...ids }, body };
  }
}

/** Responds to one request below the Graph origin, batches included. */
export function respondAsGraph(context: GraphContext, incoming: Incoming): SandboxResponse {
  return checkedResponse(context, incoming, () => {
    if (!incoming.path.startsWith(`${GRAPH}/`))
      throw badRequest(`Invalid version: ${incoming.path.split('/')[1] ?? ''}`);
    checkAccess(incoming, context.tokens, context.origin, context.faults.claims);
    return incoming.path === BATCH ? batch(context, incoming) : read(context, incoming);
  });
}

/** An error that a fault requested, in Graph's words. */
export function refuseGraph(
  context: GraphContext,
  incoming: Incoming,
  refused: InjectedFault,
): SandboxResponse {
  return checkedResponse(context, incoming, () => {
    throw refusal(refused);
  });
}

function read(context: GraphContext, incoming: Incoming): Thing | string {
  const refused = context.meter();
  if (refused) throw refusal(refused);
  if (incoming.method !== 'GET') throw methodNotAllowed('GET');
  if (context.faults.entitlement === 'none') throw notEntitled();
  if (context.faults.entitlement === 'unverified') throw new BareHtml(500);
  const wrap = () => takeRule(context.faults, incoming.path, ['wrap']) !== undefined;
  return readResource(
    {
      world: context.world,
      origin: context.origin,
      cap: context.faults.pageSize,
      wrap,
      quirks: context.faults,
    },
    incoming.path.slice(GRAPH.length),
    incoming.query,
  );
}

function batch(context: GraphContext, incoming: Incoming): Thing {
  if (incoming.method !== 'POST') throw methodNotAllowed('POST');
  if (context.faults.noBatch) throw refusal({ status: 501, retryAfter: undefined });
  return batchBody(incoming, (item) =>
    checkedResponse(context, item, () => {
      const refused = refusalOf(takeRule(context.faults, item.path, ['throttle', 'error']));
      if (refused) throw refusal(refused);
      return read(context, item);
    }),
  );
}

/** Runs a handler and sends its result or error with the headers of every Graph response. */
function checkedResponse(
  context: GraphContext,
  incoming: Incoming,
  run: () => Thing | string,
): SandboxResponse {
  const requestId = randomUUID();
  const clientRequestId = incoming.headers['client-request-id'] ?? requestId;
  const ids = { 'request-id': requestId, 'client-request-id': clientRequestId };
  try {
    const body = run();
    const type = typeof body === 'string' ? 'text/plain' : JSON_BODY;
    return { status: 200, headers: { 'content-type': type, 'odata-version': '4.0', ...ids }, body };
  } catch (error) {
    if (error instanceof BareHtml) return error.response(ids);
    if (!(error instanceof GraphError)) throw error;
    const date = new Date(context.clock()).toISOString().slice(0, 19);
    const body = { error: { code: error.code, message: error.message, innerError: { date, ...ids } } };
    return {
      status: error.status,
      headers: { 'content-type': 'application/json', ...ids, ...error.headers },
      body,
    };
  }
}
