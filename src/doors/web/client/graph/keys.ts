import { changeView, openMenu } from '../actions';
import { getState } from '../store';
import { positions } from './positions';
import type { Visible } from './visible';

interface KeyHandlers {
  readonly visible: Visible;
  readonly activate: (id: string) => void;
  readonly focus: (id: string) => void;
  readonly zoom: (factor: number) => void;
  readonly fit: () => void;
}

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The keys of the picture: arrows, Enter, E, P, H, +, -, 0. */
export function handleKey(event: KeyboardEvent, handlers: KeyHandlers): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const id = (event.target as Element).closest<SVGGElement>('.node')?.dataset.id;
  const direction = DIRECTIONS[event.key];
  if (direction !== undefined && id !== undefined)
    focusTo(neighbor(id, direction, handlers.visible), handlers, event);
  else if (id !== undefined && (event.key === 'Enter' || event.key === ' ')) handlers.activate(id);
  else if (id !== undefined && event.key === 'e' && !id.startsWith('group:')) void openMenu(id);
  else if (id !== undefined && event.key === 'p') togglePin(id);
  else if (id !== undefined && (event.key === 'h' || event.key === 'Delete')) hide(id);
  else if (event.key === '+' || event.key === '=') handlers.zoom(1.25);
  else if (event.key === '-') handlers.zoom(0.8);
  else if (event.key === '0') handlers.fit();
  else return;
  event.preventDefault();
}

function focusTo(id: string | undefined, handlers: KeyHandlers, event: KeyboardEvent): void {
  if (id === undefined) return;
  handlers.focus(id);
  const picture = (event.currentTarget as SVGSVGElement) ?? document;
  picture.querySelector<SVGGElement>(`.node[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
}

/** The nearest node that lies mostly in that direction. */
function neighbor(id: string, [dx, dy]: readonly [number, number], { nodes }: Visible): string | undefined {
  const from = positions.get(id);
  if (from === undefined) return undefined;
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const node of nodes) {
    const at = positions.get(node.id);
    if (at === undefined || node.id === id) continue;
    const along = (at.x - from.x) * dx + (at.y - from.y) * dy;
    const across = Math.abs((at.x - from.x) * dy) + Math.abs((at.y - from.y) * dx);
    const cost = along + 2 * across;
    if (along > 0 && across < 2 * along && cost < least) {
      best = node.id;
      least = cost;
    }
  }
  return best;
}

export function togglePin(id: string): void {
  const { view } = getState();
  const pinned = view.pinned ?? [];
  const at = positions.get(id);
  changeView({
    pinned: pinned.includes(id) ? pinned.filter((one) => one !== id) : [...pinned, id],
    ...(at === undefined
      ? {}
      : { positions: { ...view.positions, [id]: [Math.round(at.x), Math.round(at.y)] as const } }),
  });
}

export function hide(id: string): void {
  changeView({ hidden: [...(getState().view.hidden ?? []), id] });
}
