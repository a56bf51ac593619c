import type { Entity, GraphContent, GraphEdge, GraphNode } from '../graph';
import { namedId, stixId } from '../stix/ids';
import {
  observable,
  PRODUCER,
  patternOf,
  relationship,
  type StixObject,
  sdo,
  TLP_AMBER,
  timestamp,
} from '../stix/objects';

/** Indicator types of the verdicts that warn. */
const WARNINGS: Readonly<Record<string, string>> = {
  malicious: 'malicious-activity',
  suspicious: 'anomalous-activity',
};

/** Kinds of which a pattern can match the value. */
const MATCHED: readonly Entity['kind'][] = ['domain', 'address', 'url', 'email'];

/**
 * A STIX 2.1 bundle of a graph: observables, vulnerabilities, identities (registrants), reports (articles) with their references,
 * intrusion sets (profiles), indicators for hosts with a warning verdict, and a relationship for every other edge. STIX has no type for
 * trackers, cookies, components and groups.
 */
export function stixGraph(graph: GraphContent): string {
  const objects = new Map<string, StixObject>();
  const byNode = new Map<string, StixObject>();
  for (const node of graph.nodes) {
    const object = node.kind === 'article' ? undefined : objectOf(node);
    if (object !== undefined) byNode.set(node.id, object);
  }
  const add = (object: StixObject) => objects.set(object.id, objects.get(object.id) ?? object);
  for (const object of [PRODUCER, TLP_AMBER, ...byNode.values()]) add(object);
  for (const node of graph.nodes) for (const object of warningsOf(node, byNode.get(node.id))) add(object);
  for (const article of graph.nodes.filter(({ kind }) => kind === 'article')) {
    const report = reportOf(article, graph.edges, byNode);
    if (report !== undefined) add(report);
  }
  for (const edge of graph.edges) {
    const [source, target] = [byNode.get(edge.source), byNode.get(edge.target)];
    if (source === undefined || target === undefined || source.id === target.id) continue;
    const link = linkOf(edge, source, target);
    objects.set(link.id, merged(objects.get(link.id), link));
  }
  const bundle = {
    type: 'bundle',
    id: stixId('bundle', { graph: graph.id }),
    objects: [...objects.values()],
  };
  return `${JSON.stringify(bundle, null, 2)}\n`;
}

function objectOf(node: GraphNode): StixObject | undefined {
  if (node.kind === 'vulnerability')
    return sdo(
      'vulnerability',
      namedId('vulnerability', node.value),
      { created: node.firstSeen, modified: node.lastSeen },
      { name: node.value, external_references: [{ source_name: 'cve', external_id: node.value }] },
    );
  if (node.kind === 'profile') {
    const name = node.label ?? node.value;
    const reference = { source_name: 'Microsoft Defender Threat Intelligence', external_id: node.value };
    return sdo(
      'intrusion-set',
      namedId('intrusion-set', name),
      {},
      { name, external_references: [reference] },
    );
  }
  if (node.kind === 'registrant') return identityOf(node);
  return observable(node);
}

/** The contact of a WHOIS record: its value is an e-mail address or a name. */
function identityOf({ value, label }: GraphNode): StixObject {
  const name = label?.trim() || value;
  const contact = value.includes('@') ? { contact_information: value } : {};
  return sdo(
    'identity',
    namedId('identity', name, { identity_class: 'unknown', ...contact }),
    {},
    {
      name,
      identity_class: 'unknown',
      ...contact,
    },
  );
}

/** A report needs a date and something that it refers to. */
function reportOf(
  node: GraphNode,
  edges: readonly GraphEdge[],
  byNode: ReadonlyMap<string, StixObject>,
): StixObject | undefined {
  const ends = edges.flatMap(({ source, target }) =>
    source === node.id ? [target] : target === node.id ? [source] : [],
  );
  const refs = [...new Set(ends.flatMap((end) => byNode.get(end)?.id ?? []))];
  if (refs.length === 0) return undefined;
  const name = node.label ?? node.value;
  const published = timestamp(node.firstSeen) ?? (PRODUCER.created as string);
  return sdo(
    'report',
    namedId('report', name, { published }),
    { created: node.firstSeen, modified: node.lastSeen },
    {
      name,
      published,
      report_types: ['threat-report'],
      object_refs: refs,
      external_references: [
        { source_name: 'Microsoft Defender Threat Intelligence', external_id: node.value },
      ],
    },
  );
}

function warningsOf(
  { kind, verdict, value, score }: GraphNode,
  object: StixObject | undefined,
): StixObject[] {
  const warning = WARNINGS[verdict ?? ''];
  if (object === undefined || warning === undefined || !MATCHED.includes(kind)) return [];
  const pattern = patternOf(object);
  const indicator = sdo(
    'indicator',
    stixId('indicator', { pattern }),
    {},
    {
      name: value,
      indicator_types: [warning],
      pattern,
      pattern_type: 'stix',
      pattern_version: '2.1',
      valid_from: PRODUCER.created,
      ...(score === undefined ? {} : { confidence: Math.round(Math.min(100, Math.max(0, score))) }),
    },
  );
  return [indicator, relationship(indicator, 'based-on', object)];
}

/** Two relations of the same objects may both be `related-to`: they become one object with both descriptions. */
function merged(known: StixObject | undefined, link: StixObject): StixObject {
  if (known === undefined) return link;
  const { description: one, start_time: start, stop_time: stop } = known;
  const descriptions = [one, link.description].filter((text) => text !== undefined);
  const [first, last] = [
    [start, link.start_time],
    [stop, link.stop_time],
  ].map((times) => times.filter((time) => typeof time === 'string').sort());
  const [from, to] = [first?.[0], last?.at(-1)];
  const { stop_time: _, ...rest } = known;
  return {
    ...rest,
    ...(descriptions.length === 0 ? {} : { description: [...new Set(descriptions)].join('; ') }),
    ...(from === undefined ? {} : { start_time: from }),
    // A stop that is not after the start breaks the standard.
    ...(to === undefined || (from !== undefined && to <= from) ? {} : { stop_time: to }),
  };
}

/** STIX defines `resolves-to` for names; any other relation is `related-to` with its name in the description. */
function linkOf(
  { relation, detail, firstSeen, lastSeen }: GraphEdge,
  source: StixObject,
  target: StixObject,
): StixObject {
  const resolves = ['domain-name', 'ipv4-addr', 'ipv6-addr'].includes(target.type);
  const type =
    relation === 'resolves-to' && source.type === 'domain-name' && resolves ? relation : 'related-to';
  const [start, stop] = [timestamp(firstSeen), timestamp(lastSeen)];
  return relationship(source, type, target, {
    ...(type === relation ? {} : { description: detail === undefined ? relation : `${relation}: ${detail}` }),
    ...(start === undefined ? {} : { start_time: start }),
    ...(stop === undefined || (start !== undefined && stop <= start) ? {} : { stop_time: stop }),
  });
}
