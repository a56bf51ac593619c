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

/** Shows all of these nodes, never larger than life. */
export function fitTo(ids: readonly string[], width: number, height: number): Viewport {
  const points = ids.flatMap((id) => positions.get(id) ?? []);
  if (points.length === 0) return { x: width / 2, y: height / 2, k: 1 };
  const [left, right] = [
    Math.min(...points.map(({ x }) => x)) - 80,
    Math.max(...points.map(({ x }) => x)) + 80,
  ];
  const [top, bottom] = [
    Math.min(...points.map(({ y }) => y)) - 60,
    Math.max(...points.map(({ y }) => y)) + 70,
  ];
  const k = Math.max(MIN_ZOOM, Math.min(1.1, width / (right - left), height / (bottom - top)));
  return { k, x: width / 2 - ((left + right) / 2) * k, y: height / 2 - ((top + bottom) / 2) * k };
}

/** Labels grow against the picture when it is zoomed out, so that they stay readable. */
export function labelScale(k: number): number {
  return Math.min(3, Math.max(1, 0.9 / k));
}
