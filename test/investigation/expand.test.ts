import { graphMarkdown } from '../../src/commands/expansion/markdown';
import type { Expansion } from '../../src/investigation/expand';
import { generatedWorld, page, type Respond, runExpand } from './generated-world';

/** Every host has ten subdomains, four labels deep. */
const WORLD = generatedWorld(10, 4);

const run = (args: object, respond: Respond = WORLD) => runExpand(args, respond);

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

test('a name in a response that is not a host is a node, and nothing is requested about it', async () => {
  const odd = (path: string) =>
    path.includes('hostPairs')
      ? page([{ id: 'p', parentHost: { id: 'contoso.com' }, childHost: { id: 'no host!' } }])
      : WORLD(path);
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

test('a count that Graph rejects is left out of the repeated request and of the ones that follow', async () => {
  const refusing = (path: string) => (path.includes('$count') ? { refused: true } : WORLD(path));
  const { graph, requests } = await run(
    { seeds: 'contoso.com', hops: 2, follow: 'subdomains', max_requests: 60 },
    refusing,
  );
  expect(requests.filter((path) => path.includes('$count'))).toHaveLength(1);
  expect(graph.requests).toBe(requests.length);
  expect(graph.nodes.length).toBeGreaterThan(10);
});

test('a partial graph names the command that continues the graph', async () => {
  const { text } = await run({ seeds: 'contoso.com', hops: 2, max_requests: 15, follow: 'subdomains' });
  expect(text).toContain('The graph is partial: it reached max_requests.');
  expect(text).toMatch(/`!msg-defender-threat-intel-expand seeds=[^ ]+ hops=1 follow=subdomains`/);
});

test('lookups of certificates count, and what the budget did not reach is named in the command that continues the graph', async () => {
  const hashes = Array.from({ length: 5 }, (_, index) => `${index}`.repeat(40));
  const { graph, requests, text } = await run({ seeds: hashes, max_requests: 3 }, () => page([]));
  expect(requests).toHaveLength(3);
  expect(graph).toMatchObject({ requests: 3, end: 'max_requests', partial: true });
  expect(text).toContain(`seeds=certificate:${hashes[3]},certificate:${hashes[4]} `);
});

test.each([3, 20, 21, 45])(
  'a budget of %d holds although Graph rejects the count of every list',
  async (most) => {
    const refusing = (path: string) => (path.includes('$count') ? { refused: true } : WORLD(path));
    const { requests, graph } = await run({ seeds: 'contoso.com', hops: 3, max_requests: most }, refusing);
    expect(requests).toHaveLength(most);
    expect(graph.requests).toBe(most);
  },
);

describe('since', () => {
  const pair = (child: string, lastSeenDateTime?: string) => ({
    id: child,
    parentHost: { id: 'contoso.com' },
    childHost: { id: child },
    ...(lastSeenDateTime === undefined ? {} : { lastSeenDateTime }),
  });
  const world =
    (...pairs: object[]): Respond =>
    (path) =>
      path.includes('/hostPairs') ? page(pairs) : WORLD(path);
  const [newer, recent] = [
    pair('newer.example', '2025-03-01T00:00:00Z'),
    pair('new.example', '2025-02-01T00:00:00Z'),
  ];
  const old = pair('old.example', '2024-12-31T23:59:59Z');
  const timeless = pair('timeless.example');
  const args = { seeds: 'contoso.com', follow: 'pairs', since: '2025-01-01' };
  const names = ({ graph }: Awaited<ReturnType<typeof run>>) =>
    graph.nodes.slice(1).map(({ value, label }) => label ?? value);

  test('omits relations last seen earlier and keeps relations without a time', async () => {
    const ran = await run(args, world(newer, recent, old, timeless));
    expect(names(ran)).toEqual(['newer.example', 'new.example', 'timeless.example']);
    expect(ran.graph.stops).toEqual([]);
  });

  test('counts only recent relations against fan_out', async () => {
    const all = await run({ ...args, fan_out: 2 }, world(newer, recent, timeless));
    expect(names(all)).toEqual(['newer.example', 'new.example', '1 more linked host']);
    const some = await run({ ...args, fan_out: 1 }, world(newer, old, timeless));
    expect(names(some)).toEqual(['newer.example', 'more linked hosts']);
  });
});

describe('the command that continues the graph', () => {
  const partial = (end: 'max_nodes' | 'max_requests' | 'command_timeout', open: number): Expansion => {
    const nodes = Array.from({ length: open }, (_, index) => {
      const value = `h${index}.example`;
      return { id: `domain:${value}`, kind: 'domain' as const, value, hop: 1 };
    });
    const graph = {
      id: 'g',
      seeds: [],
      nodes,
      edges: [],
      stops: [],
      hops: 1,
      requests: 1,
      end,
      partial: true,
    };
    return { graph, open: nodes, hopsLeft: 1, failures: new Map(), warnings: [] };
  };
  const lineOf = (expansion: Expansion, args: object) =>
    /`(!.*)`/.exec(graphMarkdown(expansion, { seeds: ['contoso.com'], ...args } as never))?.[1];

  test.each([
    ['a bound that was not given is doubled', 'max_nodes', 60, {}, 'seeds=contoso.com hops=1 max_nodes=400'],
    [
      'so is one that was given',
      'max_requests',
      60,
      { max_requests: 7 },
      'seeds=contoso.com hops=1 max_requests=14',
    ],
    [
      'few nodes that were not reached are the seeds',
      'max_requests',
      2,
      { hops: '3' },
      'seeds=h0.example,h1.example hops=1',
    ],
  ] as const)('%s', (_, end, open, args, expected) => {
    expect(lineOf(partial(end, open), args)).toBe(`!msg-defender-threat-intel-expand ${expected}`);
  });

  test.each([
    ['max_nodes', { max_nodes: 30_000 }],
    ['max_requests', { max_requests: 10_000 }],
    ['command_timeout', {}],
  ] as const)('where %s cannot be raised it names the first nodes that were not reached', (end, args) => {
    const line = lineOf(partial(end, 1_234), args);
    expect(line).toMatch(
      /^!msg-defender-threat-intel-expand seeds=h0\.example,(?:h\d+\.example,){48}h49\.example hops=1$/,
    );
    expect(graphMarkdown(partial(end, 1_234), { seeds: ['x.example'], ...args } as never)).toContain(
      'To continue with the first 50 of 1,234 nodes, run:',
    );
  });

  test('is omitted if everything was read', () => {
    const text = graphMarkdown(partial('max_nodes', 0), {
      seeds: ['contoso.com'],
      max_nodes: 50_000,
    } as never);
    expect(text).toMatch(/The graph is partial: it reached max_nodes\.$/);
  });
});
