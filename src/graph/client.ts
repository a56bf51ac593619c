import { isPluginError, toPluginError } from '../base/errors';
import { type MemoryBudget, memoryBudget } from '../base/memory-budget';
import type { AbortSignalLike } from '../base/plain-abort';
import { abortError, outageTimeLeft } from '../http/retry';
import type { HttpResponse, Transport } from '../http/transport';
import { requestLine, type SendPorts, sendRequest } from './authorized-request';
import { BATCH_SIZE } from './batch';
import { batchingTransport } from './batching-transport';
import { formatQuery } from './odata';
import { readList } from './read-list';
import { noRejectedOptions, type RejectedOptions } from './rejected-options';
import type { GraphRequest, GraphResult, OnRows, RequestCount } from './request';
import { entityOf, pageOf } from './response-body';
import { VERSION_PATH } from './route';

/** Lists that one command reads at once, and entities that it requests at once (in batches). */
const LISTS = 8;
const ENTITIES = 64 * BATCH_SIZE;

export interface GraphClient {
  /**
   * Sends all requests, equal ones once, and returns the results in the order of the requests; a failure is a result too.
   * @param onRows receives the rows of lists as they arrive, one list after the other; without it they are in the results.
   * @param count counts the requests; one whose response is cached is not sent.
   * @throws PluginError CANCELLED when the caller cancelled the command.
   */
  execute(
    requests: readonly GraphRequest[],
    signal: AbortSignalLike,
    onRows?: OnRows,
    count?: RequestCount,
  ): Promise<GraphResult[]>;
}

/** @param origin https origin of Graph, no path. */
export function graphClient(
  origin: string,
  ports: SendPorts,
  rejected: RejectedOptions = noRejectedOptions,
): GraphClient {
  const { retry, transport } = ports;
  const { clock, log, deadline, priority = 'interactive' } = retry;
  const traffic =
    ports.traffic ?? batchingTransport({ transport, log, clock, backoffState: retry.backoffState });
  const via =
    (batched: boolean): Transport =>
    (request) =>
      traffic(request, {
        batched,
        priority,
        deadline,
        outageEnds: clock.monotonic() + outageTimeLeft(retry),
      });

  async function readEntity(
    request: GraphRequest,
    memory: MemoryBudget,
    signal: AbortSignalLike,
  ): Promise<GraphResult> {
    const url = graphUrl(origin, request);
    const mayBeMissing = request.subject?.observable === true;
    const parse = (response: HttpResponse) =>
      response.status === 404 ? undefined : entityOf(requestLine(url), response, memory);
    const value = await sendRequest(
      ports,
      { url, transport: via(true), memory, mayBeMissing },
      parse,
      signal,
    );
    return value === undefined ? { kind: 'missing', request } : { kind: 'entity', request, value };
  }

  async function readCollection(
    request: GraphRequest,
    memory: MemoryBudget,
    signal: AbortSignalLike,
    count: RequestCount,
    onRows?: OnRows,
  ): Promise<GraphResult> {
    const transport = via(request.batched === true);
    // `execute` counted the first one.
    let isFirst = true;
    const { leftOut: _, ...rows } = await readList(request, {
      urlWith: (optional) => graphUrl(origin, { ...request, optional }),
      rejected,
      log,
      onRows: onRows && ((page) => onRows(page, request)),
      mayRepeat: () => count.sent < count.most,
      readPage(page, first) {
        if (isFirst) isFirst = false;
        else count.sent += 1;
        // Rows that `onRows` receives are not kept: each page has its own budget.
        const room = onRows === undefined ? memory : memoryBudget('A page', ports.memoryBytes);
        const parse = (response: HttpResponse) => pageOf(requestLine(first), response, room);
        return sendRequest(ports, { url: page, memory: room, transport }, parse, signal);
      },
    });
    return { kind: 'collection', request, ...rows };
  }

  async function read(
    request: GraphRequest,
    memory: MemoryBudget,
    signal: AbortSignalLike,
    count: RequestCount,
    onRows?: OnRows,
  ): Promise<GraphResult> {
    // Thousands of requests may be left when a command ends; preparing them would block the timers and signals of the process.
    if (signal.aborted) return { kind: 'failed', request, error: abortError(signal) };
    try {
      return request.returns === 'collection'
        ? await readCollection(request, memory, signal, count, onRows)
        : await readEntity(request, memory, signal);
    } catch (error) {
      if (isPluginError(error) && error.code === 'GRAPH_NOT_FOUND' && request.subject?.observable)
        return { kind: 'missing', request };
      return { kind: 'failed', request, error: toPluginError(error) };
    }
  }

  return {
    async execute(requests, signal, onRows, count = { sent: 0, most: Number.POSITIVE_INFINITY }) {
      // The usual one request is equal to no other.
      const keys = requests.length === 1 ? [''] : requests.map(identity);
      const distinct = new Map(requests.map((request, place) => [keys[place] as string, request]));
      // All at once: a repeated request must not take the place of one that is not sent yet.
      count.sent += distinct.size;
      // Read before anything is sent, so that requests of one call still share a batch.
      if (requests.some(({ optional = [] }) => optional.length > 0)) await rejected.on('');
      const isShared = ({ returns, batched }: GraphRequest) => returns === 'entity' || batched === true;
      const entities = [...distinct].filter(([, request]) => isShared(request));
      const lists = [...distinct].filter(([, request]) => !isShared(request));
      const memory = memoryBudget('The responses of Microsoft Graph to one command', ports.memoryBytes);
      const results = new Map<string, GraphResult>();
      const work = async ([key, request]: readonly [string, GraphRequest]) => {
        results.set(key, await read(request, memory, signal, count, onRows));
      };
      await Promise.all([
        inLanes(ENTITIES, entities, work),
        inLanes(onRows === undefined ? LISTS : 1, lists, work),
      ]);
      const cancelled = [...results.values()].find(isCancelled);
      if (cancelled !== undefined) throw cancelled.error;
      return requests.flatMap((request, place) => {
        const found = results.get(keys[place] as string);
        return found === undefined ? [] : [{ ...found, request }];
      });
    },
  };
}

/** Returns the URL of a request. @param origin https origin of Graph, no path */
export function graphUrl(
  origin: string,
  { path, query, optional = [] }: Pick<GraphRequest, 'path' | 'query' | 'optional'>,
): URL {
  return new URL(`${VERSION_PATH}${path}${formatQuery([...query, ...optional])}`, origin);
}

function isCancelled(result: GraphResult): result is Extract<GraphResult, { kind: 'failed' }> {
  return result.kind === 'failed' && result.error.code === 'CANCELLED';
}

/** Requests with the same identity have the same result. */
function identity({ path, query, optional = [], returns, rows }: GraphRequest): string {
  const { most, onePage, from } = rows;
  return JSON.stringify([returns, most, onePage, from, `${path}${formatQuery([...query, ...optional])}`]);
}

/** Works on all items in their order, up to `lanes` at once. */
async function inLanes<T>(
  lanes: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const [first] = items;
  if (first === undefined) return;
  if (items.length === 1) return work(first);
  const queue = items.values();
  const lane = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
}
