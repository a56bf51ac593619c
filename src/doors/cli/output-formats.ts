/** Formats of a graph. */
const GRAPHS = ['json-graph', 'graphml', 'dot', 'mermaid', 'stix'] as const;

/** The values of `-o`. */
export const OUTPUT_FORMATS = ['table', 'json', 'ndjson', 'csv', 'yaml', 'context', ...GRAPHS] as const;

export function isGraphFormat(format: string): boolean {
  return GRAPHS.some((graph) => graph === format);
}

export type OutputFormat = (typeof OUTPUT_FORMATS)[number];
