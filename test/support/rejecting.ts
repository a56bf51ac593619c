import { isRecord, parseJson } from '../../src/base/json';
import type { HttpRequest, HttpResponse, Transport } from '../../src/http/transport';
import type { OptionName } from '../../src/model/capabilities';

/** How a Graph rejects query options. */
export interface Rejection {
  readonly options: readonly OptionName[];
  readonly status: 400 | 501;
  /** Whether its message names the first rejected option. */
  readonly named: boolean;
}

/** A transport whose Graph rejects query options, inside a batch too. */
export interface RejectingTransport {
  readonly transport: Transport;
  /** Requests to Graph since the last `reset`, those inside a batch one by one. */
  readonly urls: string[];
  /** How many of them were rejected. */
  rejected: number;
  rejection: Rejection | undefined;
  reset(): void;
}

const BATCH = '/v1.0/$batch';

interface Item {
  readonly id: string;
  readonly url: string;
}

export function rejecting(inner: Transport): RejectingTransport {
  const graph: RejectingTransport = {
    transport: async (request) => {
      const { pathname, search } = new URL(request.url);
      if (pathname === BATCH) return batch(request);
      if (!pathname.startsWith('/v1.0/')) return inner(request);
      graph.urls.push(`${pathname}${search}`);
      return errorFor(search) ?? inner(request);
    },
    urls: [],
    rejected: 0,
    rejection: undefined,
    reset() {
      graph.urls.length = 0;
      graph.rejected = 0;
    },
  };

  async function batch(request: HttpRequest): Promise<HttpResponse> {
    const { requests } = JSON.parse(request.body ?? '') as { requests: Item[] };
    graph.urls.push(...requests.map(({ url }) => url));
    const refused = new Map(requests.map(({ id, url }) => [id, errorFor(url)]));
    const passed = requests.filter(({ id }) => refused.get(id) === undefined);
    const response =
      passed.length === 0
        ? { status: 200, headers: {}, body: '{"responses":[]}' }
        : await inner({ ...request, body: JSON.stringify({ requests: passed }) });
    const body = parseJson(response.body);
    if (!isRecord(body) || !Array.isArray(body.responses)) return response;
    const errors = [...refused].flatMap(([id, error]) =>
      error === undefined ? [] : [{ id, ...error, body: parseJson(error.body) }],
    );
    return { ...response, body: JSON.stringify({ responses: [...body.responses, ...errors] }) };
  }

  function errorFor(url: string): HttpResponse | undefined {
    const { rejection } = graph;
    const met = rejection?.options.find((option) => url.includes(`${option}=`));
    if (rejection === undefined || met === undefined) return undefined;
    graph.rejected += 1;
    const message = rejection.named ? `Query option '${met}' is not allowed.` : 'The query is not valid.';
    const error = { error: { code: 'BadRequest', message } };
    const headers = { 'content-type': 'application/json' };
    return { status: rejection.status, headers, body: JSON.stringify(error) };
  }

  return graph;
}
