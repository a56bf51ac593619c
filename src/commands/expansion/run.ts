import { PluginError, toPluginError } from '../../base/errors';
import { isRecord } from '../../base/json';
import { quoted } from '../../base/sanitize';
import { momentOf, parseSince } from '../../config/since';
import type { RequestCount } from '../../graph/request';
import { certificateEntity } from '../../investigation/entities';
import { type Expansion, expand, type Read } from '../../investigation/expand';
import { type Entity, type GraphNode, type InvestigationGraph, nodeId } from '../../investigation/graph';
import type { ArgsOf } from '../../manifest/generated/types';
import type { SslCertificate } from '../../model/generated/graph';
import { type Lookup, reportedLookup } from '../../output/lookups';
import { withRelationships } from '../../output/relationships/add-relationships';
import { relationships } from '../../output/relationships/relationship';
import { contextKey } from '../../xsoar/context-keys';
import { type Entry, resultEntry } from '../../xsoar/entry';
import type { Services } from '../declaration/services';
import { checkBounds, DEFAULTS } from './bounds';
import { graphMarkdown } from './markdown';
import { DETAILS, FOLLOW, FOLLOWED_BY_DEFAULT, VERDICT } from './questions';
import { certificateRequest } from './requests';
import { seedsOf, seedText } from './seeds';

type Args = ArgsOf<'msg-defender-threat-intel-expand'>;

/**
 * Runs `expand`: a graph around seeds.
 * @throws PluginError ARGUMENT_INVALID naming the argument, or the first failure where every request failed.
 */
export async function runExpand(services: Services, args: Args): Promise<Entry> {
  const { graph: client, signal, clock, config, report } = services;
  checkBounds(args);
  const { seeds, rejected } = seedsOf(args.seeds);
  const refused = rejected.map(({ text, error }) => reportedLookup({ name: 'seed', id: text }, [], error));
  const follow = followed(args.follow);
  const read: Read = (requests, count) => client.execute(requests, signal, undefined, count);
  const count: RequestCount = { sent: 0, most: args.max_requests ?? DEFAULTS.max_requests };
  const { found, unread } = await resolveCertificates(seeds, read, count);
  const since = args.since === undefined ? undefined : moment(args.since, clock.now());
  const work = expand(
    found,
    {
      hops: Number(args.hops ?? 1),
      fanOut: args.fan_out ?? DEFAULTS.fan_out,
      maxNodes: args.max_nodes ?? DEFAULTS.max_nodes,
      count,
      since,
      details: DETAILS,
      verdicts: [VERDICT],
      follow: follow.flatMap((name) => FOLLOW[name] ?? []),
    },
    read,
  );
  const expanded = await work.catch((error: unknown) => {
    const failed = (seed: Entity) =>
      reportedLookup({ name: 'seed', id: subjectOf(seed) }, [], toPluginError(error));
    report([...seeds.map(failed), ...refused]);
    throw error;
  });
  const expansion = withUnread(expanded, unread);
  report([...lookupsOf(expansion), ...refused]);
  const { graph } = expansion;
  const written = args.format === undefined ? undefined : await textOf(graph, args.format);
  const entry = resultEntry(
    { Graph: graph, ...(written === undefined ? {} : { Export: { format: args.format, text: written } }) },
    graphMarkdown(expansion, args, rejected),
    { [contextKey('Graph')]: graph },
  );
  return withRelationships(entry, platformRelationships(expansion), config);
}

/** Returns the name of a seed in its row; a record keeps its prefix. */
function subjectOf(seed: Pick<Entity, 'kind' | 'value'>): string {
  return seed.kind === 'certificate' ? seed.value : seedText(seed);
}

/** Returns the result of each seed, followed by the other nodes of the graph. */
function lookupsOf({ graph, failures }: Expansion): Lookup[] {
  const isSeed = ({ id }: GraphNode) => graph.seeds.includes(id);
  const linked = new Set(graph.edges.flatMap(({ source, target }) => [source, target]));
  const isKnown = ({ id, kind, value, hop, recordId, ...facts }: GraphNode) =>
    linked.has(id) || Object.keys(facts).length > 0;
  const seeds = graph.nodes.filter(isSeed).map((node) => {
    const subject = { name: 'seed', id: subjectOf(node) };
    return reportedLookup(subject, isKnown(node) ? [node] : [], failures.get(node.id));
  });
  const others = graph.nodes.filter((node) => !isSeed(node));
  const none = { subject: undefined, isParent: false, notFound: false, error: undefined };
  return others.length === 0 ? seeds : [...seeds, { ...none, rows: others, more: graph.partial }];
}

async function textOf(graph: InvestigationGraph, format: NonNullable<Args['format']>): Promise<string> {
  const { GRAPH_FORMATS } = await import('../../investigation/formats/formats');
  return GRAPH_FORMATS[format](graph);
}

interface Resolved {
  readonly found: readonly Entity[];
  /** Certificates that the budget did not reach. */
  readonly unread: readonly Entity[];
}

/** A certificate is found by its hash and expanded by Graph's id: both are needed, and an unknown one is a seed without either. */
async function resolveCertificates(
  seeds: readonly Entity[],
  read: Read,
  count: RequestCount,
): Promise<Resolved> {
  const lookups = seeds.flatMap((seed) => {
    const request = seed.kind === 'certificate' ? certificateRequest(seed) : undefined;
    return request === undefined ? [] : [{ seed, request }];
  });
  const sent = lookups.slice(0, count.most);
  const results = await read(
    sent.map(({ request }) => request),
    count,
  );
  const records = new Map<Entity, Entity>();
  for (const [index, { seed }] of sent.entries()) {
    const result = results[index];
    const row =
      result?.kind === 'entity' ? result.value : result?.kind === 'collection' ? result.rows[0] : undefined;
    const entity = isRecord(row) ? certificateEntity(row as SslCertificate) : undefined;
    if (entity !== undefined) records.set(seed, entity);
  }
  const unread = lookups.slice(sent.length).map(({ seed }) => seed);
  return { found: seeds.map((seed) => records.get(seed) ?? seed), unread };
}

/** The expansion; partial if certificates were not looked up. */
function withUnread(expansion: Expansion, unread: readonly Entity[]): Expansion {
  if (unread.length === 0) return expansion;
  const { graph, open } = expansion;
  const ids = new Set([...open.map(({ id }) => id), ...unread.map(({ kind, value }) => nodeId(kind, value))]);
  return {
    ...expansion,
    graph: { ...graph, end: 'max_requests', partial: true },
    open: graph.nodes.filter(({ id }) => ids.has(id)),
  };
}

function moment(text: string, now: number): string {
  const since = parseSince(text.trim());
  if (since !== undefined) return momentOf(since, now);
  throw new PluginError('ARGUMENT_INVALID', `since: ${quoted(text)} is neither a time span nor a date.`, {
    hint: 'since takes a time span such as 30 days, or a date such as 2025-01-31.',
  });
}

function followed(names: readonly string[] | undefined): readonly string[] {
  if (names === undefined) return FOLLOWED_BY_DEFAULT;
  const known = names.map((name) => name.trim().toLowerCase().replaceAll('-', '_'));
  if (known.includes('all')) return Object.keys(FOLLOW);
  const unknown = names.find((_, index) => !Object.hasOwn(FOLLOW, known[index] ?? ''));
  if (unknown === undefined) return [...new Set(known)];
  throw new PluginError('ARGUMENT_INVALID', `follow: ${quoted(unknown)} is not a relation to follow.`, {
    hint: `follow takes all, or any of ${Object.keys(FOLLOW).join(', ')}.`,
  });
}

function platformRelationships({ graph }: Expansion) {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  return relationships(
    graph.edges.flatMap(({ source, target, relation, detail, firstSeen, lastSeen }) => {
      const [from, to] = [nodes.get(source), nodes.get(target)];
      if (from === undefined || to === undefined) return [];
      const more = { detail, firstSeen, lastSeen } as {
        detail?: string;
        firstSeen?: string;
        lastSeen?: string;
      };
      return [{ source: from, relation, target: to, ...more }];
    }),
    'seen',
  );
}
