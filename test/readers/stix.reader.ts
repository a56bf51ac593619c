import { GRAPH_FORMATS } from '../../src/investigation/formats/formats';
import type {
  GraphEdge,
  GraphNode,
  InvestigationGraph,
  NodeKind,
  Relation,
} from '../../src/investigation/graph';
import { violations } from '../investigation/stix-rules';

const SHA1 = '0123456789abcdef0123456789abcdef01234567';
const SHA256 = 'ab'.repeat(32);

const NODES: readonly (readonly [kind: NodeKind, value: string, label?: string])[] = [
  ['domain', 'contoso.com'],
  ['domain', 'www.contoso.com'],
  ['address', '192.0.2.1'],
  ['address', '2001:db8::1'],
  ['certificate', SHA1],
  ['vulnerability', 'CVE-2099-10001'],
  ['article', 'a1', 'An article'],
  ['profile', 'p1', 'An actor'],
  ['hash', SHA256],
  ['url', 'https://contoso.com/x'],
  ['email', 'someone@contoso.com'],
  ['tracker', 'GoogleAnalyticsAccountNumber UA-1'],
  ['group', 'address:192.0.2.1 resolves-to in', '10,000 hosts'],
];

const EDGES: readonly (readonly [source: number, relation: Relation, target: number])[] = [
  [0, 'resolves-to', 2],
  [0, 'resolves-to', 3],
  [1, 'subdomain-of', 0],
  [1, 'links-to', 0],
  [0, 'uses-certificate', 4],
  [8, 'indicator-of', 7],
  [0, 'indicator-of', 6],
  [8, 'indicator-of', 6],
  [9, 'indicator-of', 6],
  [10, 'indicator-of', 6],
  [5, 'related-to', 6],
  [0, 'uses-tracker', 11],
  [12, 'resolves-to', 2],
];

/** Kinds that STIX has no object for. */
const WITHOUT_OBJECT: readonly NodeKind[] = ['tracker', 'group'];

const ids = NODES.map(([kind, value]) => `${kind}:${value}`);
const graph: InvestigationGraph = {
  id: 'graph',
  seeds: [ids[0] ?? ''],
  nodes: NODES.map(
    ([kind, value, label], index): GraphNode => ({
      id: ids[index] ?? '',
      kind,
      value,
      hop: 1,
      ...(label === undefined ? {} : { label }),
    }),
  ),
  edges: EDGES.map(([from, relation, to]): GraphEdge => {
    const [source, target] = [ids[from] ?? '', ids[to] ?? ''];
    const command = 'msg-defender-threat-intel-host';
    return { id: `${source} ${relation} ${target}`, source, target, relation, command };
  }),
  stops: [],
  hops: 1,
  requests: 1,
  end: 'complete',
  partial: false,
};

interface StixObject {
  readonly id: string;
  readonly type: string;
  readonly name?: string;
  readonly value?: string;
  readonly hashes?: Readonly<Record<string, string>>;
  readonly external_references?: readonly { readonly external_id: string }[];
  readonly object_refs?: readonly string[];
  readonly source_ref?: string;
  readonly target_ref?: string;
  readonly relationship_type?: string;
  readonly description?: string;
}

const KINDS: Readonly<Record<string, NodeKind>> = {
  'domain-name': 'domain',
  'ipv4-addr': 'address',
  'ipv6-addr': 'address',
  'x509-certificate': 'certificate',
  file: 'hash',
  url: 'url',
  'email-addr': 'email',
  vulnerability: 'vulnerability',
  report: 'article',
  'intrusion-set': 'profile',
};

/** Reads a bundle by the standard alone: objects by their type and identifying properties, relations by their references. */
function read({ objects }: { readonly objects: readonly StixObject[] }) {
  const nodes = new Map<string, string>();
  for (const { id, type, value, hashes, name, external_references: references } of objects) {
    const kind = KINDS[type];
    const own = value ?? Object.values(hashes ?? {})[0];
    const named = kind === 'vulnerability' ? name : references?.[0]?.external_id;
    if (kind !== undefined) nodes.set(id, `${kind}:${own ?? named}`);
  }
  const edges = objects.flatMap((one) => {
    if (one.type === 'report')
      return (one.object_refs ?? []).map((ref) => `${nodes.get(ref)} in ${nodes.get(one.id)}`);
    if (one.type !== 'relationship') return [];
    const relations =
      one.relationship_type === 'related-to' ? (one.description?.split('; ') ?? []) : [one.relationship_type];
    return relations.map(
      (relation) => `${nodes.get(one.source_ref ?? '')} ${relation} ${nodes.get(one.target_ref ?? '')}`,
    );
  });
  return { nodes: [...nodes.values()].sort(), edges: edges.sort() };
}

test('a STIX bundle follows the standard, and has every node and edge that STIX can express', () => {
  const bundle = JSON.parse(GRAPH_FORMATS.stix(graph));
  expect(violations(bundle)).toEqual([]);
  const kept = graph.nodes.filter(({ kind }) => !WITHOUT_OBJECT.includes(kind)).map(({ id }) => id);
  const edges = graph.edges
    .filter(({ source, target }) => kept.includes(source) && kept.includes(target))
    .map(({ source, relation, target }) =>
      target.startsWith('article:') ? `${source} in ${target}` : `${source} ${relation} ${target}`,
    );
  expect(read(bundle)).toEqual({ nodes: kept.sort(), edges: edges.sort() });
});
