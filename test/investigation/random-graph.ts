import type { GraphEdge, GraphNode, InvestigationGraph, Relation } from '../../src/investigation/graph';
import fc from '../support/property';

const label = fc
  .string({ unit: 'grapheme', maxLength: 20 })
  .map((text) => text.replace(/[\p{Cc}\p{Cs}\p{Cn}\p{Co}]/gu, ''));
const awkward = fc.oneof(label, fc.constantFrom('a "b" <c> & \\d', "it's; [x](y) | z", '<br/>#35;', 'end'));
const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,10}[a-z0-9]$/).map((text) => `${text}.example`);
const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const moment = fc
  .date({ min: new Date('2015-01-01'), max: new Date('2025-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

const VALUES: readonly (readonly [GraphNode['kind'], fc.Arbitrary<string>])[] = [
  ['domain', name],
  ['address', fc.oneof(fc.ipV4(), fc.constantFrom('2001:db8::1', '2001:db8::2'))],
  ['certificate', hex(40)],
  ['vulnerability', fc.integer({ min: 10_000, max: 99_999 }).map((number) => `CVE-2099-${number}`)],
  ['article', hex(8)],
  ['profile', hex(64)],
  ['tracker', awkward],
  ['cookie', awkward],
  ['component', awkward],
  ['hash', fc.oneof(hex(32), hex(40), hex(64))],
  ['url', name.map((host) => `https://${host}/it's?q="1"`)],
  ['email', name.map((host) => `someone@${host}`)],
  [
    'registrant',
    fc.oneof(
      awkward,
      name.map((host) => `registrant@${host}`),
    ),
  ],
  ['artifact', awkward],
  ['group', awkward],
];

const node = fc.integer({ min: 0, max: VALUES.length - 1 }).chain((index) => {
  const [kind, value] = VALUES[index] as (typeof VALUES)[number];
  return fc.record(
    {
      kind: fc.constant(kind),
      value,
      label: awkward,
      verdict: fc.constantFrom('malicious', 'suspicious', 'neutral', 'unknown'),
      score: fc.integer({ min: 0, max: 100 }),
      firstSeen: moment,
      lastSeen: moment,
      hop: fc.integer({ min: 0, max: 3 }),
    },
    { requiredKeys: ['kind', 'value', 'hop'] },
  );
});

const RELATIONS: readonly Relation[] = [
  'resolves-to',
  'subdomain-of',
  'links-to',
  'uses-certificate',
  'indicator-of',
  'related-to',
];

/** A graph as an expansion makes it, with awkward strings in it. */
export const randomGraph: fc.Arbitrary<InvestigationGraph> = fc
  .tuple(
    fc.array(node, { minLength: 1, maxLength: 25 }),
    fc.array(
      fc.record(
        {
          from: fc.nat(),
          to: fc.nat(),
          relation: fc.constantFrom(...RELATIONS),
          detail: awkward,
          firstSeen: moment,
          lastSeen: moment,
        },
        { requiredKeys: ['from', 'to', 'relation'] },
      ),
      { maxLength: 40 },
    ),
  )
  .map(([drafts, links]) => {
    const nodes = [...new Map(drafts.map((draft) => [`${draft.kind}:${draft.value}`, draft]))].map(
      ([id, draft]) => ({ id, ...draft }) as GraphNode,
    );
    const edges = links.map(({ from, to, ...link }) => {
      const source = nodes[from % nodes.length]?.id ?? '';
      const target = nodes[to % nodes.length]?.id ?? '';
      const id = `${source} ${link.relation} ${target}`;
      return {
        id,
        source,
        target,
        command: 'msg-defender-threat-intel-host-pairs-list',
        ...link,
      } as GraphEdge;
    });
    return {
      id: 'a-graph',
      seeds: [nodes[0]?.id ?? ''],
      nodes,
      edges: [...new Map(edges.map((edge) => [edge.id, edge])).values()],
      stops: [],
      hops: 1,
      requests: 1,
      end: 'complete',
      partial: false,
    };
  });
