import { PluginError } from '../../../base/errors';
import { quoted } from '../../../base/sanitize';
import { GRAPH_FORMATS } from '../../../investigation/formats/formats';
import type { GraphContent, NodeKind, Relation } from '../../../investigation/graph';
import type { WebGraph } from '../shared/protocol';

/** Formats by their names, with the type of the file. */
const TYPES: Readonly<Record<string, string>> = {
  graphml: 'application/xml',
  stix: 'application/json',
  mermaid: 'text/plain; charset=utf-8',
};

/**
 * The graph in a format for other programs.
 * @throws PluginError ARGUMENT_INVALID for an unknown format.
 */
export function graphFile(graph: WebGraph, format: string): { readonly type: string; readonly text: string } {
  const type = Object.hasOwn(TYPES, format) ? TYPES[format] : undefined;
  if (type === undefined)
    throw new PluginError('ARGUMENT_INVALID', `format: ${quoted(format)} is not a graph format.`, {
      hint: `Use ${Object.keys(TYPES).join(', ')}.`,
    });
  return { type, text: GRAPH_FORMATS[format as 'graphml' | 'stix' | 'mermaid'](contentOf(graph)) };
}

function contentOf({ nodes, edges }: WebGraph): GraphContent {
  return {
    id: 'investigation',
    // The kind that an expansion knows is the beginning of the id.
    nodes: nodes.map(({ counted, ...node }) => ({
      ...node,
      ...(counted?.left === undefined ? {} : { count: counted.left }),
      kind: node.id.slice(0, node.id.indexOf(':')) as NodeKind,
      hop: 0,
    })),
    edges: edges.map((edge) => ({
      ...edge,
      relation: edge.relation as Relation,
      command: 'msg-defender-threat-intel-expand' as const,
    })),
  };
}
