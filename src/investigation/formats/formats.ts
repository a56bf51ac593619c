import type { InvestigationGraph } from '../graph';
import { stixGraph } from './stix';
import { dot, graphml, jsonGraph, mermaid } from './texts';

/** Writers of a graph for other programs, by the name of the format. */
export const GRAPH_FORMATS = {
  'json-graph': jsonGraph,
  graphml,
  dot,
  mermaid,
  stix: stixGraph,
} as const satisfies Readonly<Record<string, (graph: InvestigationGraph) => string>>;

export type GraphFormatName = keyof typeof GRAPH_FORMATS;
