import { PluginError } from '../../../base/errors';
import { GRAPH_FORMATS } from '../../../investigation/formats/formats';
import type { InvestigationGraph, NodeKind, Relation } from '../../../investigation/graph';
import type { WebGraph } from '../shared/protocol';

/** Formats by their names, with the type of the file. */
const TYPES: Readonly<Record<string, string>> = {
  graphml: 'application/xml',
  stix: 'application/json',
  mermaid: 'text/plain; charset=utf-8',
};

/**
 * The graph in a format for other programs. Registrants are left out: the formats have no kind for them.
 * @throws PluginError ARGUMENT_INVALID for an unknown format.
 */
export function graphFile(graph: WebGraph, format: string): { readonly type: string; readonly text: string } {
  const type = Object.hasOwn(TYPES, format) ? TYPES[format] : undefined;
  if (type === undefined)
    throw new PluginError('ARGUMENT_INVALID', `format: ${JSON.stringify(format.slice(0, 100))} is unknown.`, {
      hint: `Use ${Object.keys(TYPES).join(', ')}.`,
    });
  return { type, text: GRAPH_FORMATS[format as 'graphml' | 'stix' | 'mermaid'](asInvestigation(graph)) };
}

function asInvestigation({ nodes, edges, omitted }: WebGraph): InvestigationGraph {
  const kept = nodes.filter(({ kind }) => kind !== 'registrant');
  const ids = new Set(kept.map(({ id }) => id));
  return {
    id: 'investigation',
    seeds: [],
    // The kind that an expansion knows is the beginning of the id.
    nodes: kept.map((node) => ({
      ...node,
      kind: node.id.slice(0, node.id.indexOf(':')) as NodeKind,
      hop: 0,
    })),
    edges: edges
      .filter(({ source, target }) => ids.has(source) && ids.has(target))
      .map((edge) => ({
        ...edge,
        relation: edge.relation as Relation,
        command: 'msg-defender-threat-intel-expand' as const,
      })),
    stops: [],
    hops: 0,
    requests: 0,
    end: 'complete',
    partial: omitted > 0,
  };
}
