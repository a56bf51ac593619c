import { counted, formatCount } from '../../base/sanitize';
import type { Expansion } from '../../investigation/expand';
import type { EndReason, GraphEdge, GraphNode, InvestigationGraph } from '../../investigation/graph';
import type { ArgsOf } from '../../manifest/generated/types';
import { markdownCell } from '../../output/cell';
import { day, markdownTable, table } from '../../output/table';
import { raisedBound } from './bounds';
import { type RejectedSeed, seedText } from './seeds';

type Args = ArgsOf<'msg-defender-threat-intel-expand'>;

/** Rows that a table shows; context has all. */
const MOST_SHOWN = 100;

/** Seeds that the command to continue names. */
const MOST_SEEDS = 50;

const RANK: Readonly<Record<string, number>> = { malicious: 0, suspicious: 1, neutral: 3, unknown: 4 };

const nodeTable = table<GraphNode>('Nodes', {
  Verdict: (node) => node.verdict,
  Score: (node) => node.score,
  Kind: (node) => node.kind,
  Value: (node) => (node.kind === 'group' ? undefined : node.value),
  Label: (node) => node.label,
  Hop: (node) => node.hop,
  'First seen': (node) => day(node.firstSeen),
  'Last seen': (node) => day(node.lastSeen),
});

/** Builds the markdown of a graph: its size, the worst verdicts first, the relations, and where and why it ends. */
export function graphMarkdown(
  expansion: Expansion,
  args: Args,
  rejected: readonly RejectedSeed[] = [],
): string {
  const { graph } = expansion;
  const nodes = [...graph.nodes].sort((one, other) => rank(one) - rank(other));
  return [
    `### Graph of ${graph.seeds.length === 1 ? markdownCell(nameOf(graph, graph.seeds[0])) : counted(graph.seeds.length, 'seed')}`,
    summary(graph),
    markdownTable(nodeTable, nodes.slice(0, MOST_SHOWN)),
    ...(graph.edges.length === 0
      ? ['No relations were found.']
      : [markdownTable(edgeTable(graph), graph.edges.slice(0, MOST_SHOWN))]),
    ...(Math.max(nodes.length, graph.edges.length) > MOST_SHOWN
      ? [`The tables show the first ${MOST_SHOWN}; the context has all.`]
      : []),
    ...stops(graph),
    ...expansion.warnings.map((warning) => markdownCell(`${warning[0]?.toUpperCase()}${warning.slice(1)}`)),
    ...rejected.map(({ text, error }) => `Failed: ${markdownCell(text)} — ${markdownCell(error.message)}`),
    ...ending(expansion, args),
  ].join('\n\n');
}

function rank({ verdict, hop }: GraphNode): number {
  return (verdict === undefined ? 5 : (RANK[verdict] ?? 2)) * 10 + hop;
}

function summary(graph: InvestigationGraph): string {
  const bad = graph.nodes.filter(({ verdict }) => verdict === 'malicious').length;
  const doubtful = graph.nodes.filter(({ verdict }) => verdict === 'suspicious').length;
  const verdicts = [
    ...(bad > 0 ? [`${formatCount(bad)} malicious`] : []),
    ...(doubtful > 0 ? [`${formatCount(doubtful)} suspicious`] : []),
  ];
  const size = `${counted(graph.nodes.length, 'node')}, ${counted(graph.edges.length, 'relation')}`;
  return `${size}${verdicts.length > 0 ? `; ${verdicts.join(', ')}` : ''}. ${counted(graph.requests, 'request')} to Graph.`;
}

function edgeTable(graph: InvestigationGraph) {
  return table<GraphEdge>('Relations', {
    Source: (edge) => nameOf(graph, edge.source),
    Relation: (edge) => edge.relation,
    Target: (edge) => nameOf(graph, edge.target),
    Detail: (edge) => edge.detail,
    'First seen': (edge) => day(edge.firstSeen),
    'Last seen': (edge) => day(edge.lastSeen),
  });
}

/** An article by its title, a group by its size, everything else by its value. */
function nameOf({ nodes }: InvestigationGraph, id: string | undefined): string {
  const node = nodes.find((one) => one.id === id);
  if (node === undefined) return '';
  return ['group', 'article', 'profile'].includes(node.kind) ? (node.label ?? node.value) : node.value;
}

function stops({ stops: all, nodes }: InvestigationGraph): string[] {
  if (all.length === 0) return [];
  const lines = all.slice(0, MOST_SHOWN).map(({ node: id, reason, detail }) => {
    const node = reason === 'failed' ? nodes.find((one) => one.id === id) : undefined;
    const name = node === undefined ? '' : `${markdownCell(seedText(node))}: `;
    return `- ${reason}: ${name}${markdownCell(detail)}`;
  });
  return [`#### Not followed\n${lines.join('\n')}`];
}

const ENDS: Readonly<Record<Exclude<EndReason, 'complete'>, string>> = {
  max_nodes: 'The graph is partial: it reached max_nodes.',
  max_requests: 'The graph is partial: it reached max_requests.',
  command_timeout: 'The graph is partial: the command timed out (parameter command_timeout).',
};

/** Returns the reason why a graph is partial, and the command to continue: with the open nodes, or with a higher limit. */
function ending({ graph, open, hopsLeft }: Expansion, args: Args): string[] {
  if (graph.end === 'complete') return [];
  const raised = raisedBound(args, graph.end);
  const isFew = open.length <= MOST_SEEDS && graph.end !== 'max_nodes';
  const isResumed = open.length > 0 && (raised === undefined || isFew);
  if (!isResumed && raised === undefined) return [ENDS[graph.end]];
  const seeds = isResumed ? open.slice(0, MOST_SEEDS).map(seedText) : args.seeds;
  const options = [
    `hops=${isResumed ? Math.max(1, hopsLeft) : Number(args.hops ?? 1)}`,
    ...(isResumed || raised === undefined ? [] : [`${raised.name}=${raised.value}`]),
    ...(args.follow === undefined ? [] : [`follow=${quoted(args.follow.join(','))}`]),
    ...(args.fan_out === undefined ? [] : [`fan_out=${args.fan_out}`]),
    ...(args.since === undefined ? [] : [`since=${quoted(args.since)}`]),
  ];
  const command = `!msg-defender-threat-intel-expand seeds=${quoted(seeds.join(','))} ${options.join(' ')}`;
  const some =
    isResumed && open.length > MOST_SEEDS
      ? ` with the first ${MOST_SEEDS} of ${formatCount(open.length)} nodes`
      : '';
  return [`${ENDS[graph.end]} To continue${some}, run:\n\n\`${command.replaceAll('`', '')}\``];
}

function quoted(text: string): string {
  return /^[\w.,:/+=-]+$/.test(text) ? text : `"${text.replaceAll('"', '')}"`;
}
