import type { Point } from '../../shared/picture';

/** The position of each node; it changes with every step of the layout, so it is not part of the state. */
export const positions = new Map<string, Point>();

/** The ids that are drawn now. */
let drawn: readonly string[] = [];

export function setDrawn(ids: readonly string[]): void {
  drawn = ids;
}

/** Current positions in the picture, for the report; undefined if nothing was drawn yet. */
export function positionsOnScreen(): Record<string, readonly [number, number]> | undefined {
  const pairs = drawn.flatMap((id) => {
    const point = positions.get(id);
    return point === undefined ? [] : [[id, [Math.round(point.x), Math.round(point.y)] as const] as const];
  });
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}
