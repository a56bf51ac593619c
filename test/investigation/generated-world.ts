import { parseJson } from '../../src/base/json';
import { type EngineOptions, openEngine } from '../../src/engine/engine';
import type { HttpRequest, HttpResponse, Transport } from '../../src/http/transport';
import type { InvestigationGraph } from '../../src/investigation/graph';
import { PARAMS } from '../support/recorder';

const EXPAND = 'msg-defender-threat-intel-expand';
const API = 'security/threatIntelligence/';

/** What Graph responds to a path below its API: a list with its total, one object, or a refusal (400). */
export type Respond = (path: string) => unknown;

export const name = (id: string) => ({ '@odata.type': '#microsoft.graph.security.hostname', id });
export const address = (id: string) => ({ '@odata.type': '#microsoft.graph.security.ipAddress', id });

/** A page of a list, as Graph sends it. */
export function page(rows: readonly object[], total = rows.length): object {
  return { '@odata.count': total, value: rows };
}

/** The host and the part of `hosts/{host}/{part}`. */
export function hostPath(path: string): { host: string; part: string } {
  const [, host = '', part = ''] = /^hosts\/([^/?]+)\/?(\w*)/.exec(decodeURIComponent(path)) ?? [];
  return { host, part };
}

/**
 * A world that is made while it is read: every host has `width` subdomains down to `depth` labels below the seed, links back to its parent
 * (a cycle), and resolves to one address, which has 10,000 names.
 */
export function generatedWorld(width: number, depth: number): Respond {
  return (path) => {
    const { host, part } = hostPath(path);
    const below = host.split('.').length - 2;
    if (part === '') return { ...name(host), firstSeenDateTime: '2020-01-01T00:00:00Z' };
    if (part === 'reputation')
      return { id: host, classification: below === 1 ? 'malicious' : 'neutral', score: below, rules: [] };
    if (part === 'subdomains') {
      const labels = Array.from({ length: below < depth ? width : 0 }, (_, index) => `s${index}`);
      return page(labels.map((label) => ({ id: label, host: name(`${label}.${host}`) })));
    }
    if (part === 'hostPairs' && host.startsWith('s')) {
      const parent = name(host.slice(host.indexOf('.') + 1));
      return page([{ id: 'p', parentHost: name(host), childHost: parent, linkKind: 'redirect' }]);
    }
    if (part === 'passiveDns')
      return page([{ id: 'd', recordType: 'A', parentHost: name(host), artifact: address('192.0.2.1') }]);
    if (part === 'passiveDnsReverse') {
      const hosts = Array.from({ length: 101 }, (_, index) => `h${index}.example`);
      return page(
        hosts.map((id) => ({ id, parentHost: { id: host }, artifact: name(id) })),
        10_000,
      );
    }
    return page([]);
  };
}

/** The body of a response to a request, also to a `$batch`; calls `onPath` for each path. */
export function bodyFor(respond: Respond, url: string, body = '', onPath: (path: string) => void = () => {}) {
  const one = (at: string) => {
    const path = at.slice(at.indexOf(API) + API.length);
    onPath(path);
    return respond(path) as object;
  };
  if (!url.endsWith('/$batch')) return one(url);
  const { requests } = parseJson(body) as { requests: { id: string; url: string }[] };
  return {
    responses: requests.map(({ id, url: at }) => {
      const found = one(at);
      return { id, status: statusOf(found), body: found };
    }),
  };
}

function statusOf(body: object): number {
  return 'refused' in body ? 400 : 200;
}

/** A JWT of a tenant, so that responses may be reused. */
const TOKEN = `e30.${Buffer.from('{"tid":"t1"}').toString('base64url')}.c2ln`;

export interface Ran {
  readonly graph: InvestigationGraph;
  /** Paths that reached Graph, members of batches too. */
  readonly requests: readonly string[];
  /** HTTP exchanges with Graph. */
  readonly exchanges: number;
  readonly text: string;
}

/** Runs `expand` in a world. */
export async function runExpand(
  args: object,
  respond: Respond,
  options: (transport: Transport) => EngineOptions = () => ({ params: PARAMS }),
): Promise<Ran> {
  const requests: string[] = [];
  let exchanges = 0;
  const json = (body: object, status = 200): HttpResponse => ({
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const transport = async ({ url, body }: HttpRequest): Promise<HttpResponse> => {
    if (url.includes('/oauth2/'))
      return json({ token_type: 'Bearer', expires_in: 3599, access_token: TOKEN });
    exchanges += 1;
    const found = bodyFor(respond, url, body, (path) => requests.push(path));
    return json(found, statusOf(found));
  };
  const outcome = await openEngine({ transport, ...options(transport) }).execute(EXPAND, args as never);
  const [entry] = outcome.entries;
  const { Graph: graph } = (entry?.Contents ?? {}) as { Graph: InvestigationGraph };
  return { graph, requests, exchanges, text: entry?.HumanReadable ?? String(entry?.Contents) };
}
