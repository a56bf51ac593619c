import type { Point } from '../../shared/picture';
import { positions } from './positions';
import { toWorld, type Viewport, zoomAt } from './viewport';

interface PointerHandlers {
  readonly viewport: () => Viewport;
  readonly move: (next: Viewport) => void;
  readonly drag: (id: string, at: Point) => void;
  readonly dropped: (id: string) => void;
  /** A node, or the ground. */
  readonly clicked: (id: string | undefined) => void;
  readonly opened: (id: string) => void;
}

/** Pixels that a pointer moves before a click becomes a drag. */
const THRESHOLD = 4;

/** Panning, dragging, zooming by wheel and by two fingers. Returns how to stop. */
export function pointerPan(element: SVGSVGElement, handlers: PointerHandlers): () => void {
  const pointers = new Map<number, Point>();
  let node: string | undefined;
  let start: Point = { x: 0, y: 0 };
  let moved = false;
  let spread = 0;

  function local({ clientX, clientY }: PointerEvent | WheelEvent): Point {
    const box = element.getBoundingClientRect();
    // The style sheet zooms the page on very large screens; pointers are not zoomed.
    const scale = element.clientWidth / box.width;
    return { x: (clientX - box.left) * scale, y: (clientY - box.top) * scale };
  }

  function down(event: PointerEvent): void {
    if (event.button !== 0) return;
    pointers.set(event.pointerId, local(event));
    element.setPointerCapture(event.pointerId);
    node = nodeOf(event.target);
    start = local(event);
    moved = false;
    spread = distance();
  }

  function drag(event: PointerEvent): void {
    const before = pointers.get(event.pointerId);
    if (before === undefined) return;
    const now = local(event);
    pointers.set(event.pointerId, now);
    const view = handlers.viewport();
    if (pointers.size === 2) {
      const next = distance();
      if (spread > 0) handlers.move(zoomAt(view, next / spread, now.x, now.y));
      spread = next;
      moved = true;
      return;
    }
    if (!moved && Math.hypot(now.x - start.x, now.y - start.y) < THRESHOLD) return;
    moved = true;
    if (node === undefined)
      handlers.move({ ...view, x: view.x + now.x - before.x, y: view.y + now.y - before.y });
    else if (positions.has(node)) handlers.drag(node, toWorld(view, now.x, now.y));
  }

  function up(event: PointerEvent): void {
    if (!pointers.delete(event.pointerId)) return;
    if (moved && node !== undefined) handlers.dropped(node);
    else if (!moved && event.type === 'pointerup') handlers.clicked(node);
  }

  function distance(): number {
    const [one, two] = [...pointers.values()];
    return one === undefined || two === undefined ? 0 : Math.hypot(one.x - two.x, one.y - two.y);
  }

  function wheel(event: WheelEvent): void {
    event.preventDefault();
    const { x, y } = local(event);
    const step = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
    handlers.move(zoomAt(handlers.viewport(), Math.exp(-step * 0.0016), x, y));
  }

  function twice(event: MouseEvent): void {
    const id = nodeOf(event.target) ?? node;
    if (id !== undefined) handlers.opened(id);
  }

  const listeners = {
    pointerdown: down,
    pointermove: drag,
    pointerup: up,
    pointercancel: up,
    dblclick: twice,
    wheel,
  };
  for (const [name, listener] of Object.entries(listeners))
    element.addEventListener(name, listener as EventListener, { passive: false });
  return () => {
    for (const [name, listener] of Object.entries(listeners))
      element.removeEventListener(name, listener as EventListener);
  };
}

function nodeOf(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<SVGGElement>('.node')?.dataset.id : undefined;
}
