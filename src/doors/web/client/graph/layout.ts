import type { LayoutReply, LayoutRequest } from './layout-worker';
import { positions } from './positions';
import type { Visible } from './visible';

let worker: Worker | undefined;
let run = 0;

/**
 * Places the nodes that have no place yet; the others stay where they are.
 * @param onStep is called after every step, and with `true` after the last one.
 */
export function arrange({ nodes, edges }: Visible, onStep: (done: boolean) => void): void {
  const placed = nodes.filter(({ id }) => positions.has(id)).length;
  if (placed === nodes.length) {
    onStep(true);
    return;
  }
  worker ??= new Worker('/layout.js');
  run += 1;
  const ids = nodes.map(({ id }) => id);
  const index = new Map(ids.map((id, at) => [id, at]));
  const links = edges.flatMap(({ source, target }) => {
    const [from, to] = [index.get(source), index.get(target)];
    return from === undefined || to === undefined ? [] : [[from, to] as const];
  });
  const linked = new Set(links.flat());
  const begin = beginnings(ids, links, index, linked);
  const request: LayoutRequest = {
    run,
    links,
    nodes: ids.map((id, at) => ({
      ...(positions.get(id) ?? begin.get(id)),
      fixed: positions.has(id) || (begin.has(id) && !linked.has(at)),
    })),
  };
  worker.onmessage = ({ data }: MessageEvent<LayoutReply>) => {
    if (data.run !== run) return;
    for (const [at, id] of ids.entries())
      positions.set(id, { x: data.points[2 * at] ?? 0, y: data.points[2 * at + 1] ?? 0 });
    onStep(data.done);
  };
  worker.postMessage(request);
}

/** A new node starts next to a neighbor that has a position and away from the center, so that it does not fly across the picture. */
function beginnings(
  ids: readonly string[],
  links: readonly (readonly [number, number])[],
  index: ReadonlyMap<string, number>,
  linked: ReadonlySet<number>,
): Map<string, { x: number; y: number }> {
  const begin = new Map<string, { x: number; y: number }>();
  const placed = ids.flatMap((id) => positions.get(id) ?? []);
  if (placed.length === 0) return begin;
  const middle = {
    x: placed.reduce((sum, { x }) => sum + x, 0) / placed.length,
    y: placed.reduce((sum, { y }) => sum + y, 0) / placed.length,
  };
  for (const [from, to] of links)
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      const [id = '', neighbor = ''] = [ids[one], ids[other]];
      const at = positions.get(neighbor);
      if (at === undefined || positions.has(id) || begin.has(id)) continue;
      const outward = Math.atan2(at.y - middle.y, at.x - middle.x);
      const angle = outward + (((index.get(id) ?? 0) * 2.4) % 4.4) - 2.2;
      begin.set(id, { x: at.x + Math.cos(angle) * 90, y: at.y + Math.sin(angle) * 90 });
    }
  // What hangs on nothing stays beside the picture, where it covers nothing.
  const right = Math.max(...placed.map(({ x }) => x)) + 130;
  let row = 0;
  for (const [at, id] of ids.entries()) {
    if (positions.has(id) || linked.has(at)) continue;
    begin.set(id, { x: right + 170 * Math.floor(row / 6), y: middle.y + 90 * (row % 6) });
    row += 1;
  }
  return begin;
}
