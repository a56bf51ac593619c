import { setMaxListeners } from 'node:events';
import { isPluginError, toPluginError } from '../base/errors';
import { type MemoryBudget, memoryBudget } from '../base/memory-budget';
import type { HttpResponse, Transport } from '../http/transport';
import { BATCH_SIZE } from './batch';
import { batchingTransport } from './batching-transport';
import { type Exchange, requestLine, sendRequest } from './exchange';
import { formatQuery } from './odata';
import { readRows } from './paging';
import type { GraphRequest, GraphResult, OnRows } from './request';
import { entityOf, pageOf } from './response-body';

const VERSION_PATH = '/v1.0';

/** How many lists of one command are read at once; and how many entities, which share the way, are waited for. */
const LISTS = 8;
const ENTITIES = 64 * BATCH_SIZE;

export interface GraphClient {
  /**
   * Asks all of them, those that are the same once, and gives the answers in the order of the requests; what failed is an
   * answer too.
   * @param take gets the rows of lists as they come, one list after the other; without it they are in the answers.
   * @throws PluginError CANCELLED when somebody ended the command: nobody waits for what was had.
   */
  execute(requests: readonly GraphRequest[], signal: AbortSignal, take?: OnRows): Promise<GraphResult[]>;
}

/** Returns the URL of a request. @param origin https origin of Graph, no path */
export function graphUrl(origin: string, { path, query }: Pick<GraphRequest, 'path' | 'query'>): URL {
  return new URL(`${VERSION_PATH}${path}${formatQuery(query)}`, origin);
}

/** @param origin https origin of Graph, no path. */
export function graphClient(origin: string, exchange: Exchange): GraphClient {
  const { budget, transport } = exchange;
  const { clock, log, deadline, priority = 'interactive' } = budget;
  const traffic = exchange.traffic ?? batchingTransport({ transport, log, clock, shared: budget });
  const via =
    (batched: boolean): Transport =>
    (request) =>
      traffic(request, { batched, priority, deadline });

  async function read(
    request: GraphRequest,
    memory: MemoryBudget,
    signal: AbortSignal,
    take?: OnRows,
  ): Promise<GraphResult> {
    const url = graphUrl(origin, request);
    try {
      if (request.answers === 'collection') {
        const taking = take && ((rows: readonly unknown[]) => take(rows, request));
        const sending = via(request.batched === true);
        const page = (at: URL) => {
          // Rows that are taken are not kept: each page has its own budget.
          const room = take === undefined ? memory : memoryBudget('A page', exchange.memoryBytes);
          const parse = (response: HttpResponse) => pageOf(requestLine(url), response, room);
          return sendRequest(exchange, { url: at, memory: room, transport: sending }, parse, signal);
        };
        return { kind: 'collection', request, ...(await readRows(url, request.rows, page, taking)) };
      }
      const value = await sendRequest(
        exchange,
        { url, transport: via(true), memory },
        (response) => entityOf(requestLine(url), response, memory),
        signal,
      );
      return value === undefined ? { kind: 'missing', request } : { kind: 'entity', request, value };
    } catch (error) {
      if (isPluginError(error) && error.code === 'GRAPH_NOT_FOUND' && request.subject?.observable)
        return { kind: 'missing', request };
      return { kind: 'failed', request, error: toPluginError(error) };
    }
  }

  return {
    async execute(requests, signal, take) {
      // Hundreds of waiting requests listen to it; Node warns from eleven listeners on.
      setMaxListeners(0, signal);
      const distinct = new Map(requests.map((request) => [identity(request), request]));
      const isShared = ({ answers, batched }: GraphRequest) => answers === 'entity' || batched === true;
      const entities = [...distinct].filter(([, request]) => isShared(request));
      const lists = [...distinct].filter(([, request]) => !isShared(request));
      const memory = memoryBudget('The responses of Microsoft Graph to one command', exchange.memoryBytes);
      const answers = new Map<string, GraphResult>();
      const answer = async ([key, request]: readonly [string, GraphRequest]) => {
        answers.set(key, await read(request, memory, signal, take));
      };
      await Promise.all([
        inLanes(ENTITIES, entities, answer),
        inLanes(take === undefined ? LISTS : 1, lists, answer),
      ]);
      const cancelled = [...answers.values()].find(isCancelled);
      if (cancelled !== undefined) throw cancelled.error;
      return requests.flatMap((request) => {
        const found = answers.get(identity(request));
        return found === undefined ? [] : [{ ...found, request }];
      });
    },
  };
}

function isCancelled(answer: GraphResult): answer is Extract<GraphResult, { kind: 'failed' }> {
  return answer.kind === 'failed' && answer.error.code === 'CANCELLED';
}

/** Requests with the same identity have the same answer. */
function identity({ path, query, answers, rows }: GraphRequest): string {
  return `${answers} ${rows.most} ${path}${formatQuery(query)}`;
}

/** Works on all of them in their order, so many at once at most. */
async function inLanes<T>(lanes: number, all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const queue = all.values();
  const lane = async () => {
    for (const one of queue) await work(one);
  };
  await Promise.all(Array.from({ length: Math.min(lanes, all.length) }, lane));
}
