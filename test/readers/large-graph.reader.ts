import { text } from 'node:stream/consumers';
import type { InvestigationGraph } from '../../src/investigation/graph';
import { certificateFile, start } from '../faults/command-line';
import { type Act, type Hostile, json, startHostile } from '../faults/hostile';
import { bodyFor, generatedWorld } from '../investigation/generated-world';

/** Megabytes of resident memory that the process may have at most. */
const MOST = 200;

let server: Hostile;
beforeAll(async () => {
  server = await startHostile();
});
afterAll(() => server.close());

/** Two seeds with 199 subdomains each, which have 199 subdomains each, and so on: far more than 50,000 hosts. */
const respond = generatedWorld(199, 3);
const inWorld: Act = (response, request) => {
  void text(request).then((body) => json(bodyFor(respond, request.url ?? '', body))(response, request));
};

test('a graph of 50,000 nodes with cycles and a hub of 10,000 takes less than 200 MB and is cut at exactly 50,000', async () => {
  server.play(inWorld);
  const document = {
    command: 'msg-defender-threat-intel-expand',
    args: {
      seeds: ['contoso.com', 'example.org', '192.0.2.1'],
      hops: 3,
      follow: 'subdomains,pairs,resolutions',
      fan_out: 199,
      max_nodes: 50_000,
      max_requests: 10_000,
    },
    params: server.params,
  };
  const environment = { NODE_EXTRA_CA_CERTS: certificateFile(server.ca) };
  const { stdout, peak } = await start(['run'], JSON.stringify(document), environment).ended;
  const { Graph: graph } = JSON.parse(stdout).entries[0].Contents as { Graph: InvestigationGraph };
  expect(graph.nodes).toHaveLength(50_000);
  expect(graph).toMatchObject({ end: 'max_nodes', partial: true });
  expect(graph.nodes.filter(({ label }) => label === '10,000 hosts')).toHaveLength(1);
  expect(peak).toBeGreaterThan(40);
  expect(peak).toBeLessThan(MOST);
});
