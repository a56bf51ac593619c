/** The values of `-o`. */
export const OUTPUT_FORMATS = [
  'table',
  'json',
  'ndjson',
  'csv',
  'yaml',
  'context',
  'json-graph',
  'graphml',
  'dot',
  'mermaid',
  'stix',
] as const;

export type OutputFormat = (typeof OUTPUT_FORMATS)[number];
