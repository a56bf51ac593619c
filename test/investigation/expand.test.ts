import { parseJson } from '../../src/base/json';
import { openEngine } from '../../src/engine/engine';
import type { HttpRequest, HttpResponse } from '../../src/http/transport';
import type { InvestigationGraph } from '../../src/investigation/graph';
import { PARAMS } from '../support/recorder';

const EXPAND = 'msg-defender-threat-intel-expand';
const HOSTNAME = '#microsoft.graph.security.hostname';
const ADDRESS = '#microsoft.graph.security.ipAddress';

type Rows = { readonly rows: readonly object[]; readonly total?: number };

/**
 * A world of up to 50,000 hosts that is made while it is read: every host has ten subdomains, links back to its parent (a cycle), and
 * resolves to one of a few addresses, of which 192.0.2.1 has 10,000 names.
 */
function rowsOf(path: string): Rows | object {
  const [, host = '', part = ''] = /^hosts\/([^/]+)\/?(\w*)$/.exec(decodeURIComponent(path)) ?? [];
  const name = (id: string) => ({ '@odata.type': HOSTNAME, id });
  const depth = host.split('.').length - 2;
  if (part === '') return { ...name(host), firstSeenDateTime: '2020-01-01T00:00:00Z' };
  if (part === 'reputation')
    return { id: host, classification: depth === 1 ? 'malicious' : 'neutral', score: depth, rules: [] };
  if (part === 'subdomains')
    return {
      rows:
        depth > 3
          ? []
          : Array.from({ length: 10 }, (_, index) => ({ id: `${index}`, host: name(`s${index}.${host}`) })),
      total: 10,
    };
  if (part === 'hostPairs' && /^s/.test(host))
    return {
      rows: [
        {
          id: 'p',
          parentHost: name(host),
          childHost: name(host.slice(host.indexOf('.') + 1)),
          linkKind: 'redirect',
        },
      ],
    };
  if (part === 'passiveDns')
    return {
      rows: [
        {
          id: 'd',
          recordType: 'A',
          parentHost: name(host),
          artifact: { '@odata.type': ADDRESS, id: '192.0.2.1' },
        },
      ],
    };
  if (part === 'passiveDnsReverse')
    return {
      rows: Array.from({ length: 101 }, (_, index) => ({
        id: `${index}`,
        parentHost: { id: host },
        artifact: name(`h${index}.example`),
      })),
      total: 10_000,
    };
  return { rows: [] };
}

function answer(path: string): unknown {
  const found = rowsOf(path.split('?')[0] ?? '');
  if (!('rows' in found)) return found;
  return { '@odata.count': found.total ?? found.rows.length, value: found.rows };
}

/** Runs `expand` in a world, and counts what reaches Graph: members of batches one each. */
async function run(args: object, respond = answer) {
  const requests: string[] = [];
  let exchanges = 0;
  const json = (body: unknown, status = 200): HttpResponse => ({
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const one = (url: string) => {
    const path = url.slice(
      url.indexOf('security/threatIntelligence/') + 'security/threatIntelligence/'.length,
    );
    requests.push(path);
    return respond(path);
  };
  const transport = async (request: HttpRequest): Promise<HttpResponse> => {
    if (request.url.includes('/oauth2/'))
      return json({ token_type: 'Bearer', expires_in: 3599, access_token: 'token' });
    exchanges += 1;
    if (!request.url.endsWith('/$batch')) {
      const body = one(request.url) as object;
      return json(body, 'refused' in body ? 400 : 200);
    }
    const sent = parseJson(request.body ?? '') as { requests: { id: string; url: string }[] };
    return json({
      responses: sent.requests.map(({ id, url }) => {
        const body = one(url) as object;
        return { id, status: 'refused' in body ? 400 : 200, body };
      }),
    });
  };
  const outcome = await openEngine({ params: PARAMS, transport }).execute(EXPAND, args as never);
  const [entry] = outcome.entries;
  const { Graph: graph } = (entry?.Contents ?? {}) as { Graph: InvestigationGraph };
  return { graph, requests, exchanges, text: entry?.HumanReadable ?? String(entry?.Contents) };
}

test('a hub of 10,000 names costs one page and is one node', async () => {
  const { graph, requests } = await run({ seeds: '192.0.2.1' });
  expect(graph.nodes.map(({ kind, label }) => [kind, label])).toEqual([
    ['address', undefined],
    ['group', '10,000 hosts'],
  ]);
  expect(graph.stops).toEqual([expect.objectContaining({ reason: 'shared-address', count: 10_000 })]);
  expect(requests.filter((path) => path.includes('passiveDnsReverse'))).toHaveLength(1);
  expect(graph.requests).toBe(requests.length);
});

test.each([1, 7, 20, 33, 160, 161, 500])(
  'a budget of %d requests is used to the last one and not passed',
  async (max_requests) => {
    const { graph, requests } = await run({ seeds: 'contoso.com', hops: 3, max_requests, max_nodes: 50_000 });
    expect(requests).toHaveLength(max_requests);
    expect(graph).toMatchObject({ requests: max_requests, end: 'max_requests', partial: true });
  },
);

test('a budget of nodes is kept exactly, and no edge leads to a node that was left out', async () => {
  const { graph } = await run({ seeds: 'contoso.com', hops: 3, max_nodes: 57, max_requests: 5_000 });
  expect(graph.nodes).toHaveLength(57);
  expect(graph.end).toBe('max_nodes');
  const ids = new Set(graph.nodes.map(({ id }) => id));
  expect(graph.edges.filter(({ source, target }) => !ids.has(source) || !ids.has(target))).toEqual([]);
});

test('cycles end, every node and edge is there once, and the order is the same every time', async () => {
  const args = { seeds: 'contoso.com', hops: 2, max_requests: 5_000, max_nodes: 5_000 };
  const [{ graph }, again] = [await run(args), await run(args)];
  expect(graph).toEqual(again.graph);
  expect(new Set(graph.nodes.map(({ id }) => id)).size).toBe(graph.nodes.length);
  expect(new Set(graph.edges.map(({ id }) => id)).size).toBe(graph.edges.length);
  expect(graph.nodes.filter(({ kind }) => kind === 'domain')).toHaveLength(111);
  expect(graph.end).toBe('complete');
});

test('a name in a response that is no host is a node, and nothing is requested about it', async () => {
  const odd = (path: string) =>
    path.includes('hostPairs')
      ? { value: [{ id: 'p', parentHost: { id: 'contoso.com' }, childHost: { id: 'no host!' } }] }
      : answer(path);
  const { graph, requests } = await run({ seeds: 'contoso.com', hops: 2, follow: 'pairs' }, odd);
  expect(graph.nodes.map(({ value }) => value)).toEqual(['contoso.com', 'no host!']);
  expect(requests.filter((path) => path.includes('no%20host'))).toEqual([]);
});

test('the verdicts of the seeds are requested before everything else', async () => {
  const { requests } = await run({ seeds: ['contoso.com', 'example.org'], max_requests: 2 });
  expect(requests).toEqual(['hosts/contoso.com/reputation', 'hosts/example.org/reputation']);
});

test('a whole hop goes out in shared batches', async () => {
  const { requests, exchanges } = await run({ seeds: 'contoso.com', hops: 2, max_requests: 300 });
  expect(exchanges).toBeLessThanOrEqual(Math.ceil(requests.length / 20) + 3);
});

test('a large graph needs little memory', async () => {
  const before = process.memoryUsage().heapUsed;
  const { graph } = await run({
    seeds: 'contoso.com',
    hops: 3,
    max_requests: 10_000,
    max_nodes: 50_000,
    follow: 'subdomains,pairs,resolutions',
  });
  expect(graph.nodes.length).toBeGreaterThan(1_100);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(200 * 1024 * 1024);
});

test('a count that Graph refuses is left out of the repeated request and of the ones that follow', async () => {
  const refusing = (path: string) => (path.includes('$count') ? { refused: true } : answer(path));
  const { graph, requests } = await run(
    { seeds: 'contoso.com', hops: 2, follow: 'subdomains', max_requests: 60 },
    refusing,
  );
  expect(requests.filter((path) => path.includes('$count'))).toHaveLength(1);
  expect(graph.requests).toBe(requests.length);
  expect(graph.nodes.length).toBeGreaterThan(10);
});

test('a partial graph names the command to go on', async () => {
  const { text } = await run({ seeds: 'contoso.com', hops: 2, max_requests: 15, follow: 'subdomains' });
  expect(text).toContain('The graph is partial: max_requests is reached.');
  expect(text).toMatch(/`!msg-defender-threat-intel-expand seeds=[^ ]+ hops=1 follow=subdomains`/);
});
