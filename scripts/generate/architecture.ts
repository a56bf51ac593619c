import { INTERFACE_IMPORTS, LAYERS, PACKAGE_FOLDERS } from '../check-architecture';

/** The page whose diagram and tables of rules come from `scripts/check-architecture.ts`. */
export const ARCHITECTURE = 'docs/architecture.md';

/** Returns the page with the diagram of the layers and the rules of imports. */
export function withLayers(page: string): string {
  return Object.entries({ layers: diagram(), interfaces: interfaces(), packages: packages() }).reduce(
    (text, [name, block]) =>
      text.replace(
        new RegExp(`(<!-- ${name}: generated -->\n)[\\s\\S]*?(<!-- end -->)`),
        (_, start: string, end: string) => `${start}\n${block}\n${end}`,
      ),
    page,
  );
}

function diagram(): string {
  const rows = LAYERS.map((layer, index) => {
    const names = layer.map((folder) => (folder === '' ? 'index.ts' : folder)).join(' · ');
    return `  L${index}["${names}"]`;
  });
  const chain = LAYERS.map((_, index) => `L${index}`)
    .toReversed()
    .join(' --> ');
  return ['```mermaid', 'flowchart TD', ...rows.toReversed(), `  ${chain}`, '```', ''].join('\n');
}

function interfaces(): string {
  const rows = Object.entries(INTERFACE_IMPORTS).map(
    ([name, others]) => `| \`${name}\` | ${others.map((other) => `\`${other}\``).join(', ') || 'none'} |`,
  );
  return ['| interface | may import |', '| --- | --- |', ...rows, ''].join('\n');
}

function packages(): string {
  const rows = Object.entries(PACKAGE_FOLDERS).map(
    ([name, folders]) => `| \`${name}\` | ${folders.map((folder) => `\`${folder}/\``).join(', ')} |`,
  );
  return ['| package | imported in |', '| --- | --- |', ...rows, ''].join('\n');
}
