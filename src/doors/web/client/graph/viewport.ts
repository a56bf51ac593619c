import { positions } from './positions';

/** Pan and zoom of the picture: `screen = world * k + (x, y)`. */
export interface Viewport {
  x: number;
  y: number;
  k: number;
}

const MIN_ZOOM = 0.08;
const MAX_ZOOM = 3;

export function transformOf({ x, y, k }: Viewport): string {
  return `translate(${x} ${y}) scale(${k})`;
}

export function toWorld({ x, y, k }: Viewport, screenX: number, screenY: number) {
  return { x: (screenX - x) / k, y: (screenY - y) / k };
}

/** Zooms around a point of the screen. */
export function zoomAt(view: Viewport, factor: number, screenX: number, screenY: number): Viewport {
  const k = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, view.k * factor));
  const world = toWorld(view, screenX, screenY);
  return { k, x: screenX - world.x * k, y: screenY - world.y * k };
}

/** Pixels around the outermost nodes: half a label at each side, a label below. */
const MARGIN = { side: 96, top: 40, bottom: 60 };

/** Shows all of these nodes; a few of them at most a little enlarged, more so on a large screen. */
export function fitTo(ids: readonly string[], width: number, height: number): Viewport {
  const points = ids.flatMap((id) => positions.get(id) ?? []);
  if (points.length === 0) return { x: width / 2, y: height / 2, k: 1 };
  const left = Math.min(...points.map(({ x }) => x));
  const right = Math.max(...points.map(({ x }) => x));
  const top = Math.min(...points.map(({ y }) => y));
  const bottom = Math.max(...points.map(({ y }) => y));
  const [side, above, below] = [Math.min(MARGIN.side, width / 6), MARGIN.top, MARGIN.bottom];
  const largest = Math.max(1.15, Math.min(2.2, height / 650));
  const k = Math.max(
    MIN_ZOOM,
    Math.min(
      largest,
      (width - 2 * side) / Math.max(1, right - left),
      (height - above - below) / Math.max(1, bottom - top),
    ),
  );
  return {
    k,
    x: width / 2 - ((left + right) / 2) * k,
    y: above + (height - above - below) / 2 - ((top + bottom) / 2) * k,
  };
}

/** Whether all of these nodes are in the frame. */
export function isWithin(
  { x, y, k }: Viewport,
  ids: readonly string[],
  { width, height }: { readonly width: number; readonly height: number },
): boolean {
  return ids.every((id) => {
    const at = positions.get(id);
    if (at === undefined) return true;
    const [left, top] = [at.x * k + x, at.y * k + y];
    return left > 20 && left < width - 20 && top > 20 && top < height - MARGIN.bottom / 2;
  });
}

/** Labels grow against the picture when it is zoomed out, so that they stay readable. */
export function labelScale(k: number): number {
  return Math.min(3, Math.max(1, 0.9 / k));
}
