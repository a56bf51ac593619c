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

test('a name in a response that is no host is a node, and nothing is requested about it', async () => {
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

test('a count that Graph refuses is left out of the repeated request and of the ones that follow', async () => {
  const refusing = (path: string) => (path.includes('$count') ? { refused: true } : WORLD(path));
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

test('lookups of certificates count, and what the budget did not reach is named in the command to go on', async () => {
  const hashes = Array.from({ length: 5 }, (_, index) => `${index}`.repeat(40));
  const { graph, requests, text } = await run({ seeds: hashes, max_requests: 3 }, () => page([]));
  expect(requests).toHaveLength(3);
  expect(graph).toMatchObject({ requests: 3, end: 'max_requests', partial: true });
  expect(text).toContain(`seeds=certificate:${hashes[3]},certificate:${hashes[4]} `);
});

test.each([3, 20, 21, 45])(
  'a budget of %d holds although Graph refuses the count of every list',
  async (most) => {
    const refusing = (path: string) => (path.includes('$count') ? { refused: true } : WORLD(path));
    const { requests, graph } = await run({ seeds: 'contoso.com', hops: 3, max_requests: most }, refusing);
    expect(requests).toHaveLength(most);
    expect(graph.requests).toBe(most);
  },
);
