import type { WebEdge, WebNode, WebVerdict } from './protocol';
import { SIGNS, SYMBOLS } from './symbols';

export interface Point {
  readonly x: number;
  readonly y: number;
}

const COLORS: Readonly<Record<WebVerdict | 'none', string>> = {
  malicious: '#b3261e',
  suspicious: '#8f5a00',
  neutral: '#2f6f4f',
  unknown: '#5b6472',
  none: '#44546a',
};

const MARGIN = 60;

/** Characters of a label. */
const MAX_LABEL = 28;

/** The graph as a standalone SVG, on white, with the verdicts' signs and a legend of what it shows. */
export function drawPicture(
  nodes: readonly WebNode[],
  edges: readonly WebEdge[],
  positions: ReadonlyMap<string, Point>,
): string {
  const placed = nodes.filter(({ id }) => positions.has(id));
  const points = placed.map(({ id }) => positions.get(id) as Point);
  const left = Math.min(0, ...points.map(({ x }) => x)) - MARGIN;
  const top = Math.min(0, ...points.map(({ y }) => y)) - MARGIN;
  const width = Math.max(1, ...points.map(({ x }) => x)) + MARGIN - left;
  const height = Math.max(1, ...points.map(({ y }) => y)) + MARGIN - top;
  const lines = edges.flatMap(({ source, target }) => {
    const [from, to] = [positions.get(source), positions.get(target)];
    return from === undefined || to === undefined ? [] : [line(from, to)];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${[left, top, width, height].map(round).join(' ')}" width="${round(width)}" height="${round(height)}" role="img" font-family="system-ui, sans-serif">`,
    `<title>${placed.length} nodes, ${lines.length} relations</title>`,
    `<rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" fill="#ffffff"/>`,
    ...lines,
    ...placed.map((node) => drawNode(node, positions.get(node.id) as Point)),
    '</svg>',
  ].join('\n');
}

function line(from: Point, to: Point): string {
  return `<path d="M${round(from.x)} ${round(from.y)}L${round(to.x)} ${round(to.y)}" stroke="#c3cad5" fill="none"/>`;
}

function drawNode(node: WebNode, { x, y }: Point): string {
  const { shape, icon, name } = SYMBOLS[node.kind];
  const color = COLORS[node.verdict ?? 'none'];
  const badge =
    node.verdict === undefined || node.verdict === 'unknown'
      ? ''
      : `<circle cx="14" cy="-14" r="8" fill="${color}" stroke="#ffffff"/><text x="14" y="-10.5" font-size="10" font-weight="700" text-anchor="middle" fill="#ffffff">${SIGNS[node.verdict].sign}</text>`;
  return [
    `<g transform="translate(${round(x)} ${round(y)})">`,
    `<title>${escapeXml(`${name} ${node.value}${node.verdict === undefined ? '' : `, ${node.verdict}`}`)}</title>`,
    `<path d="${shape}" fill="#ffffff" stroke="${color}" stroke-width="2"/>`,
    `<path d="${icon}" fill="none" stroke="${color}" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"/>`,
    badge,
    `<text y="34" font-size="11" text-anchor="middle" fill="#1c2430">${escapeXml(labelOf(node))}</text>`,
    '</g>',
  ].join('');
}

/** The label of a node, shortened in the middle because both ends of a name identify it. */
export function labelOf({ label, value }: Pick<WebNode, 'label' | 'value'>): string {
  const text = label ?? value;
  if (text.length <= MAX_LABEL) return text;
  const half = Math.floor((MAX_LABEL - 1) / 2);
  return `${text.slice(0, half)}…${text.slice(-half)}`;
}

/** Places nodes on rings, by how far they are from the first one; for a report without a page. */
export function ringPositions(nodes: readonly WebNode[]): Map<string, Point> {
  const positions = new Map<string, Point>();
  let ring = 0;
  let at = 0;
  for (const { id } of nodes) {
    const room = ring === 0 ? 1 : ring * 8;
    const angle = (at / room) * 2 * Math.PI;
    positions.set(id, { x: Math.cos(angle) * ring * 110, y: Math.sin(angle) * ring * 110 });
    at += 1;
    if (at >= room) {
      ring += 1;
      at = 0;
    }
  }
  return positions;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A string as XML and HTML can contain it. */
export function escapeXml(text: string): string {
  // XML 1.0 has no form for control characters and lone surrogates.
  return text.replace(
    /[&<>"']|[^\P{Cc}\t\n\r]|[\p{Cs}\ufffe\uffff]/gu,
    (character) => ENTITIES[character] ?? '',
  );
}
