import { labelOf } from '../../shared/picture';
import type { VisibleNode } from './grouping';
import { positions } from './positions';

/** Pixels of a character and of a line at scale 1. */
const CHARACTER = 6.3;
const LINE = 14;
const BELOW = 25;
const NODE = 19;

export type LabelPlace = 'below' | 'above';

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * The nodes whose label is drawn, below or else above them: none overlaps another label or a node. The chosen one and those with
 * the most relations go first.
 * @param scale by how much labels are enlarged against the picture.
 */
export function labelledNodes(
  nodes: readonly VisibleNode[],
  scale: number,
  chosen: string | undefined,
): Map<string, LabelPlace> {
  const boxes: Box[] = nodes.flatMap(({ id }) => {
    const at = positions.get(id);
    return at === undefined
      ? []
      : [{ left: at.x - NODE, right: at.x + NODE, top: at.y - NODE, bottom: at.y + NODE }];
  });
  const grid = new Map<string, Box[]>();
  for (const box of boxes) insert(grid, box);
  const labelled = new Map<string, LabelPlace>();
  const order = [...nodes].sort((one, two) => rank(two, chosen) - rank(one, chosen));
  for (const node of order) {
    const at = positions.get(node.id);
    if (at === undefined) continue;
    const half = ((node.group?.noun ?? labelOf(node)).length * CHARACTER * scale) / 2;
    for (const place of ['below', 'above'] as const) {
      const top = place === 'below' ? at.y + BELOW - LINE * 0.2 : at.y - BELOW - LINE * scale;
      const box = { left: at.x - half, right: at.x + half, top, bottom: top + LINE * (scale + 0.2) };
      if (near(grid, box).some((other) => overlap(box, other))) continue;
      insert(grid, box);
      labelled.set(node.id, place);
      break;
    }
  }
  return labelled;
}

function rank(node: VisibleNode, chosen: string | undefined): number {
  if (node.id === chosen) return Number.POSITIVE_INFINITY;
  const verdict = { malicious: 300, suspicious: 200, neutral: 10, unknown: 0 }[node.verdict ?? 'unknown'];
  return node.degree * 5 + verdict + (node.kind === 'group' ? 400 : 0);
}

const CELL = 120;

function* cellsOf({ left, right, top, bottom }: Box): Generator<string> {
  for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++)
    for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) yield `${x} ${y}`;
}

function insert(grid: Map<string, Box[]>, box: Box): void {
  for (const cell of cellsOf(box)) grid.set(cell, [...(grid.get(cell) ?? []), box]);
}

function near(grid: ReadonlyMap<string, readonly Box[]>, box: Box): Box[] {
  return [...cellsOf(box)].flatMap((cell) => grid.get(cell) ?? []);
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
