import { isRecord, type JsonObject } from '../../../base/json';
import { counted } from '../../../base/sanitize';
import {
  articleEntity,
  certificateEntity,
  hostEntity,
  profileEntity,
  ratingOf,
  vulnerabilityEntity,
} from '../../../investigation/entities';
import type { Entity, Link } from '../../../investigation/graph';
import {
  certificateUseLinks,
  componentLinks,
  cookieLinks,
  hostPairLinks,
  indicatorLinks,
  passiveDnsLinks,
  registrantLinks,
  reputationLinks,
  subdomainLinks,
  trackerLinks,
  whoisLinks,
} from '../../../investigation/links';
import type { Context } from '../../../xsoar/context/merge';
import type { WebGraph } from '../shared/protocol';
import { type Collector, collector, objectsAt } from './collector';
import { type CountedGroup, groupsIn } from './groups';

/** The statement of a context object: single nodes, and links between two nodes. */
interface Statement {
  readonly entities?: readonly (Entity | undefined)[];
  readonly links?: readonly Link[];
}

/** Context contains Graph's objects, but an imported file may contain anything, so the functions that read it check every field. */
// biome-ignore lint/suspicious/noExplicitAny: each reader takes another Graph type, and context is unknown
type Reader = (row: any) => Statement;

const owner = (row: JsonObject) => hostEntity({ id: row.hostId as string });

/** The reader for each context prefix, built on the functions that also make relationships, STIX and expansions. */
const READERS: Readonly<Record<string, Reader>> = {
  Host: (row) => ({ entities: [hostEntity(row)] }),
  HostReputation(row) {
    const host = owner(row);
    return { entities: [host && { ...host, ...ratingOf(row) }], links: reputationLinks(host, row) };
  },
  PassiveDns: (row) => ({ links: passiveDnsLinks(row) }),
  Subdomain: (row) => ({ links: subdomainLinks(row, owner(row)) }),
  HostPair: (row) => ({ links: hostPairLinks(row) }),
  HostSslCertificate: (row) => ({
    links: certificateUseLinks({ ...row, host: row.host ?? { id: row.hostId } }),
  }),
  SslCertificate: (row) => ({ entities: [certificateEntity(row)] }),
  HostTracker: (row) => ({ links: trackerLinks(row, owner(row)) }),
  HostCookie: (row) => ({ links: cookieLinks(row, owner(row)) }),
  HostComponent: (row) => ({ links: componentLinks(row, owner(row)) }),
  Whois: (row) => ({ links: [...whoisLinks(owner(row), row), ...registrantLinks(owner(row), row)] }),
  Article: (row) => ({ entities: [articleEntity(row)] }),
  ArticleIndicator: (row) => ({ links: indicatorLinks(row, articleEntity({ id: row.articleId })) }),
  Profile: (row) => ({ entities: [profileEntity(row)] }),
  ProfileIndicator: (row) => ({
    links: indicatorLinks(row, profileEntity({ id: row.intelligenceProfileId } as never)),
  }),
  Vulnerability: (row) => ({ entities: [vulnerabilityEntity(row)] }),
};

/** The nodes and edges of an expansion, under the ids that they have everywhere; its groups come last. */
function expansion(row: JsonObject, into: Collector): void {
  const isGroup = (id: string) => id.startsWith('group:');
  for (const node of objectsAt(row.nodes))
    if (typeof node.kind === 'string' && node.kind !== 'group') into.entity(node as unknown as Entity);
  for (const { source, relation, target, ...facts } of objectsAt(row.edges))
    if (typeof source === 'string' && typeof relation === 'string' && typeof target === 'string')
      if (!isGroup(source) && !isGroup(target))
        into.edge(source, relation, target, { detail: facts.detail, from: facts });
}

/** Adds the groups of expansions with what is left in each, since other commands may have found some of the neighbors. */
function addGroups(groups: Iterable<CountedGroup>, into: Collector): void {
  const { edges } = into.graph();
  for (const { id, hub, question, count, listed } of groups) {
    const { relation, direction, nouns } = question.neighbors;
    const [mine, other] =
      direction === 'in' ? (['target', 'source'] as const) : (['source', 'target'] as const);
    const known = new Set(
      edges.filter((edge) => edge.relation === relation && edge[mine] === hub.id).map((edge) => edge[other]),
    ).size;
    const left = count === undefined ? undefined : count + listed - known;
    if (left !== undefined && left <= 0) continue;
    const node = into.node('group', id.slice('group:'.length), {
      label: left === undefined ? `more ${nouns[1]}` : counted(left, ...nouns),
      counted: { hub: hub.id, relation, direction, nouns, ...(left === undefined ? {} : { left }) },
    });
    into.edge(direction === 'in' ? node : hub.id, relation, direction === 'in' ? hub.id : node);
  }
}

const cache = new WeakMap<object, WebGraph>();

/** Returns the graph of an investigation's context. Equal contexts give equal graphs. */
export function deriveGraph(context: Context): WebGraph {
  const cached = cache.get(context);
  if (cached !== undefined) return cached;
  const into = collector();
  const root = isRecord(context.MSGDefenderThreatIntel) ? context.MSGDefenderThreatIntel : {};
  const rows = (prefix: string) => objectsAt(Object.hasOwn(root, prefix) ? root[prefix] : undefined);
  for (const row of rows('Graph')) expansion(row, into);
  for (const [prefix, read] of Object.entries(READERS))
    for (const row of rows(prefix)) {
      const { entities = [], links = [] } = read(row);
      for (const entity of entities) if (entity !== undefined) into.entity(entity);
      for (const { source, target, relation, ...facts } of links)
        into.edge(into.entity(source), relation, into.entity(target), { detail: facts.detail, from: facts });
    }
  addGroups(groupsIn(rows('Graph')).values(), into);
  const graph = into.graph();
  cache.set(context, graph);
  return graph;
}
