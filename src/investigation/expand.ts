import { createHash } from 'node:crypto';
import type { PluginError } from '../base/errors';
import type { GraphRequest, GraphResult, RequestCount } from '../graph/request';
import { type GraphBuilder, graphBuilder } from './builder';
import { digest } from './digest';
import type { EndReason, Entity, GraphNode, InvestigationGraph } from './graph';
import type { Question } from './question';

/** Sends requests together, and counts those that were sent. */
export type Read = (
  requests: readonly GraphRequest[],
  count: RequestCount,
) => Promise<readonly GraphResult[]>;

/** Requests that are sent together: eight batches. */
const WAVE = 160;

interface ExpandOptions {
  readonly hops: number;
  /** Neighbors of one node and relation that are listed; the rest is counted. */
  readonly fanOut: number;
  readonly maxNodes: number;
  /** The limit of requests, and the number sent so far. */
  readonly count: RequestCount;
  /** Relations last seen before this time (ISO 8601) are left out. */
  readonly since?: string | undefined;
  /** Questions about the seeds only: their details in Graph. */
  readonly details: readonly Question[];
  /** Questions about every host: its reputation, with the rules and dates. */
  readonly verdicts: readonly Question[];
  /** Questions about every node of a hop. */
  readonly follow: readonly Question[];
}

export interface Expansion {
  readonly graph: InvestigationGraph;
  /** Nodes of the hop that the budget did not reach, and how many hops were left for them. */
  readonly open: readonly GraphNode[];
  readonly hopsLeft: number;
  /** The first failure at each node that has one, by the node's id. */
  readonly failures: ReadonlyMap<string, PluginError>;
  /** Notes for the user about the rows, one sentence each, without duplicates. */
  readonly warnings: readonly string[];
}

interface Step {
  readonly node: GraphNode;
  readonly question: Question;
  readonly request: GraphRequest;
}

interface Progress {
  end: EndReason;
  found: boolean;
  /** The first failure at each node, by its id. */
  readonly failures: Map<string, PluginError>;
  readonly warnings: Set<string>;
}

/**
 * Expands a graph around seeds, breadth first: each hop goes out as one wave of shared batches, the verdicts of the seeds before
 * everything else. The same responses give the same graph in the same order.
 * @throws PluginError the first failure, where every request failed.
 */
export async function expand(
  seeds: readonly Entity[],
  options: ExpandOptions,
  read: Read,
): Promise<Expansion> {
  const builder = graphBuilder(Math.max(options.maxNodes, seeds.length));
  const progress: Progress = { end: 'complete', found: false, failures: new Map(), warnings: new Set() };
  for (const seed of seeds) builder.add(seed, 0);
  const ask = (...groups: readonly (readonly [readonly GraphNode[], readonly Question[]])[]) =>
    askAll(
      groups.flatMap(([nodes, questions]) => stepsOf(nodes, questions, options.fanOut)),
      { builder, progress, options, read },
    );
  let hops = 0;
  let open: readonly GraphNode[] = [];
  while (hops < options.hops && progress.end === 'complete') {
    const frontier = expandable(builder, hops);
    if (frontier.length === 0) break;
    open = await ask(
      [frontier, options.verdicts],
      [frontier, hops === 0 ? options.details : []],
      [frontier, options.follow],
    );
    if (progress.end === 'complete') hops += 1;
  }
  if (progress.end === 'complete' && options.hops > 0) await ask([unrated(builder), options.verdicts]);
  const [failure] = progress.failures.values();
  if (!progress.found && failure !== undefined) throw failure;
  return {
    graph: {
      id: idOf(seeds, options),
      seeds: [...builder.nodes.values()].filter(({ hop }) => hop === 0).map(({ id }) => id),
      nodes: [...builder.nodes.values()],
      edges: [...builder.edges.values()],
      stops: builder.stops,
      hops,
      requests: options.count.sent,
      end: progress.end,
      partial: progress.end !== 'complete',
    },
    open,
    hopsLeft: options.hops - hops,
    failures: progress.failures,
    warnings: [...progress.warnings],
  };
}

interface Context {
  readonly builder: GraphBuilder;
  readonly progress: Progress;
  readonly options: ExpandOptions;
  readonly read: Read;
}

/** Sends the requests, wave by wave; returns the nodes about which not everything was requested. */
async function askAll(steps: readonly Step[], context: Context): Promise<readonly GraphNode[]> {
  const { builder, progress, options } = context;
  let next = 0;
  while (next < steps.length && progress.end === 'complete') {
    const wave = steps.slice(next, next + Math.min(WAVE, options.count.most - options.count.sent));
    if (wave.length === 0) {
      progress.end = 'max_requests';
      break;
    }
    await askWave(wave, context);
    next += wave.length;
    if (builder.full) progress.end = 'max_nodes';
  }
  return [...new Set(steps.slice(next).map(({ node }) => node))];
}

function stepsOf(nodes: readonly GraphNode[], questions: readonly Question[], fanOut: number): Step[] {
  return nodes.flatMap((node) =>
    questions
      .filter(({ kinds }) => kinds.includes(node.kind))
      .flatMap((question) => {
        const rows = Math.max(fanOut + 1, question.neighbors?.hub?.rows ?? 0);
        const request = question.request(node, rows);
        return request === undefined ? [] : [{ node, question, request }];
      }),
  );
}

async function askWave(wave: readonly Step[], { builder, progress, options, read }: Context): Promise<void> {
  const results = await read(
    wave.map(({ request }) => request),
    options.count,
  );
  for (const [index, { node, question }] of wave.entries()) {
    const result = results[index];
    if (result === undefined) continue;
    if (result.kind === 'failed') {
      const isKnown =
        result.error.code === 'GRAPH_NOT_FOUND' && progress.failures.get(node.id)?.code === 'GRAPH_NOT_FOUND';
      if (!progress.failures.has(node.id)) progress.failures.set(node.id, result.error);
      // A wrong id is said once, not for each request about it.
      if (isKnown) continue;
      if (result.error.code === 'TIMED_OUT') progress.end = 'command_timeout';
    } else progress.found = true;
    if (result.kind === 'collection')
      for (const warning of result.warnings ?? [])
        progress.warnings.add(`${question.neighbors?.nouns[1] ?? 'rows'}: ${warning}`);
    digest(result, node, question, builder, options);
  }
}

/** The nodes of a hop, in the order of discovery, without those at which the expansion stops. */
function expandable(builder: GraphBuilder, hop: number): GraphNode[] {
  const nodes = [...builder.nodes.values()].filter((node) => node.hop === hop && node.kind !== 'group');
  if (hop === 0) return nodes;
  const servers = foreignServers(builder);
  return nodes.filter((node) => {
    if (!servers.has(node.id)) return true;
    builder.stop(
      node,
      'popular-name-server',
      `${node.value} serves other domains too, so its neighbors say nothing.`,
    );
    return false;
  });
}

/** Hosts that are in the graph only as a name server or a mail server of a domain that is not their own. */
function foreignServers(builder: GraphBuilder): Set<string> {
  const foreign = new Set<string>();
  const others = new Set<string>();
  for (const { source, target, relation } of builder.edges.values()) {
    const serves = relation === 'uses-name-server' || relation === 'uses-mail-server';
    const [client, server] = [builder.nodes.get(source), builder.nodes.get(target)];
    if (serves && !server?.value.endsWith(`.${client?.value}`)) foreign.add(target);
    else others.add(source).add(target);
  }
  for (const id of others) foreign.delete(id);
  return foreign;
}

/** Hosts whose reputation was not read yet. */
function unrated(builder: GraphBuilder): GraphNode[] {
  return [...builder.nodes.values()].filter(
    ({ kind, verdict, hop }) => hop > 0 && verdict === undefined && (kind === 'domain' || kind === 'address'),
  );
}

function idOf(seeds: readonly Entity[], { hops, fanOut, since, follow }: ExpandOptions): string {
  const content = [
    seeds.map(({ kind, value }) => [kind, value]),
    hops,
    fanOut,
    since,
    follow.map(({ command }) => command),
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
}
