import { isRecord, type JsonObject } from '../../base/json';
import { formatCount } from '../../base/sanitize';
import { raisedBound } from '../../commands/expansion/bounds';
import type { Outcome } from '../../engine/invocation';
import type { GraphNode, InvestigationGraph } from '../../investigation/graph';
import { fitting, type InvestigationTool } from './investigation-tool';
import { markedSteps, type NextStep, STEPS_SCHEMA } from './next-steps';
import { markUntrusted } from './untrusted';

/** Characters of JSON that the nodes, and the edges, may have; the rest is left out and counted. */
const ROOM = 15_000;

/** The tool of `expand`. */
export const GRAPH_TOOL: InvestigationTool = {
  description:
    'A graph around indicators: resolutions, subdomains, certificates, host pairs, trackers, articles, indicators. Hubs are counted, not followed.',
  outputSchema: {
    type: 'object',
    properties: {
      nodes: list({
        id: 'string',
        label: 'string',
        verdict: 'string',
        score: 'number',
        hop: 'integer',
        count: 'integer',
      }),
      edges: list({
        source: 'string',
        relation: 'string',
        target: 'string',
        detail: 'string',
        lastSeen: 'string',
      }),
      stops: list({ node: 'string', reason: 'string', detail: 'string' }),
      leftOut: { type: 'integer' },
      requests: { type: 'integer' },
      end: { type: 'string' },
      partial: { type: 'boolean' },
      next: STEPS_SCHEMA,
    },
    required: ['nodes', 'edges', 'end', 'partial', 'next'],
    additionalProperties: false,
  },
  shape: shapeGraph,
};

function list(types: Readonly<Record<string, string>>): JsonObject {
  const properties = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { type }]));
  return { type: 'array', items: { type: 'object', properties, additionalProperties: false } };
}

const RANK: Readonly<Record<string, number>> = { malicious: 0, suspicious: 1 };

function shapeGraph({ entries: [entry] }: Outcome, args: JsonObject): JsonObject {
  const graph = (isRecord(entry?.Contents) ? entry.Contents.Graph : undefined) as InvestigationGraph;
  const nodes = [...graph.nodes].sort((one, other) => rank(one) - rank(other));
  const shownNodes = fitting(
    nodes.map(({ id, label, verdict, score, hop, count }) => ({ id, label, verdict, score, hop, count })),
    ROOM,
  );
  const ids = new Set(shownNodes.map(({ id }) => id));
  const edges = graph.edges.filter(({ source, target }) => ids.has(source) && ids.has(target));
  const shownEdges = fitting(
    edges.map(({ source, relation, target, detail, lastSeen }) => ({
      source,
      relation,
      target,
      detail,
      lastSeen,
    })),
    ROOM,
  );
  const leftOut = nodes.length - shownNodes.length + (graph.edges.length - shownEdges.length);
  const shown = JSON.parse(
    JSON.stringify(
      markUntrusted({
        nodes: shownNodes,
        edges: shownEdges,
        stops: fitting(
          graph.stops.map(({ node, reason, detail }) => ({ node, reason, detail })),
          ROOM / 4,
        ),
        ...(leftOut > 0 ? { leftOut } : {}),
        requests: graph.requests,
        end: graph.end,
        partial: graph.partial,
      }),
    ),
  ) as JsonObject;
  return { ...shown, next: markedSteps(graphSteps(graph, nodes, args)) };
}

function rank({ verdict, hop }: GraphNode): number {
  return (RANK[verdict ?? ''] ?? 2) * 10 + hop;
}

function graphSteps(graph: InvestigationGraph, nodes: readonly GraphNode[], args: JsonObject): NextStep[] {
  const bad = nodes.filter(({ verdict, hop }) => hop > 0 && verdict === 'malicious').slice(0, 3);
  const article = nodes.find(({ kind }) => kind === 'article');
  const raised = raisedBound(args, graph.end);
  return [
    ...bad.map(({ value, score }) => ({
      tool: 'investigate_host',
      arguments: { host: value },
      why: `Malicious${score === undefined ? '' : `, ${formatCount(score)} of 100`}.`,
    })),
    ...(article === undefined
      ? []
      : [
          {
            tool: 'article_summary',
            arguments: { article_id: article.value },
            why: 'An article names indicators of this graph.',
          },
        ]),
    ...(raised !== undefined
      ? [
          {
            tool: 'expand',
            arguments: { ...args, [raised.name]: raised.value },
            why: `The graph is partial: ${graph.end}.`,
          },
        ]
      : []),
  ];
}
