// Reads a JSON array of flowcharts from stdin with Mermaid's own parser and prints what it understood.
// The parser cleans labels through DOMPurify, which needs a browser; the grammar does not.
import { json } from 'node:stream/consumers';
import DOMPurify from 'dompurify';

Object.assign(DOMPurify, { addHook: () => {}, sanitize: (label) => label });
const { default: mermaid } = await import('mermaid');
// Registers the kinds of diagrams.
await mermaid.parse('flowchart LR');
const read = [];
for (const chart of await json(process.stdin)) {
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(chart);
  const nodes = [...db.getVertices().values()].map(({ id, text: label }) => ({ id, label }));
  const edges = db.getEdges().map(({ start, end, text: label }) => ({ start, end, label }));
  read.push({ nodes, edges });
}
process.stdout.write(JSON.stringify(read));
