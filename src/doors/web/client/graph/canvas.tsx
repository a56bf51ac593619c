import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { GROUP_PAGE, type WebEdge } from '../../shared/protocol';
import { relationName } from '../../shared/symbols';
import { changeView, keepPositions, openGroup, openMenu, select } from '../actions';
import { getState, useStore } from '../store';
import { handleKey } from './keys';
import { type LabelPlace, labelledNodes } from './labels';
import { Labels, labelledAlso } from './labels-view';
import { arrange } from './layout';
import { NodeMenu } from './node-menu';
import { NodeView } from './node-view';
import { pointerPan } from './pointer';
import { positions, setDrawn } from './positions';
import { fitTo, isWithin, labelScale, transformOf, type Viewport, zoomAt } from './viewport';
import type { Visible } from './visible';

/** Milliseconds after the last step of a zoom, after which the labels are chosen again. */
const RELABEL_DELAY = 60;

export interface CanvasControls {
  fit(): void;
  zoom(factor: number): void;
  /** Brings a node into the middle. */
  center(id: string): void;
}

/** The picture. Panning, zooming and the layout move elements directly; Preact draws only nodes that appear or disappear. */
export function Canvas({
  visible,
  matches,
  onControls,
}: {
  readonly visible: Visible;
  /** Nodes that the search found; all if undefined. */
  readonly matches: ReadonlySet<string> | undefined;
  readonly onControls: (controls: CanvasControls) => void;
}) {
  const svg = useRef<SVGSVGElement>(null);
  const world = useRef<SVGGElement>(null);
  const viewport = useRef<Viewport>({ x: 0, y: 0, k: 1 });
  /** Whether the view follows the nodes: true until the user pans or zooms. */
  const following = useRef(true);
  const [labelled, setLabelled] = useState<ReadonlyMap<string, LabelPlace>>(new Map());
  const [focused, setFocused] = useState<string | undefined>();
  const selected = useStore((state) => state.selected);
  const pinned = useStore((state) => state.view.pinned);
  const stored = useStore((state) => state.view.positions);
  const menu = useStore((state) => state.menu);
  const ids = visible.nodes.map(({ id }) => id);

  function move(next: Viewport): void {
    const zoomed = next.k !== viewport.current.k;
    viewport.current = next;
    world.current?.setAttribute('transform', transformOf(next));
    if (!zoomed) return;
    svg.current?.style.setProperty('--label', String(labelScale(next.k)));
    clearTimeout(relabelTimer.current);
    relabelTimer.current = window.setTimeout(relabel, RELABEL_DELAY);
  }

  const relabelTimer = useRef(0);
  function relabel(): void {
    clearTimeout(relabelTimer.current);
    setLabelled(labelledNodes(visible.nodes, labelScale(viewport.current.k), getState().selected));
  }

  function size() {
    const { clientWidth: width, clientHeight: height } = svg.current ?? {
      clientWidth: 800,
      clientHeight: 600,
    };
    return { width, height };
  }

  function fitAll(): void {
    const { width, height } = size();
    following.current = true;
    move(fitTo(ids, width, height));
  }

  function moveByHand(next: Viewport): void {
    following.current = false;
    move(next);
  }

  function zoomByHand(factor: number): void {
    const { width, height } = size();
    moveByHand(zoomAt(viewport.current, factor, width / 2, height / 2));
  }

  const drawn = useRef<Drawn>({ nodes: [], edges: [] });

  function placeLabels(): void {
    for (const element of world.current?.querySelectorAll<SVGElement>('.label') ?? [])
      moveTo(element, element.dataset.id ?? '');
  }

  function place(): void {
    for (const [element, id] of drawn.current.nodes) moveTo(element, id);
    for (const [element, source, target] of drawn.current.edges) {
      const [from, to] = [positions.get(source), positions.get(target)];
      if (from !== undefined && to !== undefined)
        element.setAttribute('d', `M${from.x} ${from.y}L${to.x} ${to.y}`);
    }
    placeLabels();
  }

  // Places of an earlier visit, of another page, or of an undone step.
  useLayoutEffect(() => {
    for (const [id, [x, y]] of Object.entries(stored ?? {})) positions.set(id, { x, y });
    place();
  }, [stored]);

  useLayoutEffect(() => {
    setDrawn(ids);
    drawn.current = elementsIn(world.current);
    place();
    const added = ids.filter((id) => !positions.has(id));
    svg.current?.setAttribute('aria-busy', 'true');
    arrange(visible, (done) => {
      place();
      // What is known stays where it is in the picture; the frame moves so that what is new is within it.
      if (added.length > 0 && (following.current || (done && !isWithin(viewport.current, added, size()))))
        fitAll();
      if (!done) return;
      relabel();
      svg.current?.removeAttribute('aria-busy');
      const drawn = ids.flatMap((id) => {
        const at = positions.get(id);
        return at === undefined ? [] : [[id, [Math.round(at.x), Math.round(at.y)]] as const];
      });
      const before = getState().view.positions ?? {};
      if (drawn.some(([id]) => before[id] === undefined))
        keepPositions({ ...before, ...(Object.fromEntries(drawn) as Record<string, [number, number]>) });
    });
  }, [visible]);

  useEffect(() => {
    onControls({
      fit: fitAll,
      zoom: zoomByHand,
      center(id) {
        const at = positions.get(id);
        if (at === undefined) return;
        const { width, height } = size();
        const k = Math.max(viewport.current.k, 0.7);
        moveByHand({ k, x: width / 2 - at.x * k, y: height / 2 - at.y * k });
      },
    });
  }, [visible]);

  // The drawer and the window change the size of the pane.
  useEffect(() => {
    const observer = new ResizeObserver(() => following.current && fitAll());
    if (svg.current !== null) observer.observe(svg.current);
    return () => observer.disconnect();
  }, [visible]);

  useEffect(() => {
    const element = svg.current;
    if (element === null) return;
    return pointerPan(element, {
      viewport: () => viewport.current,
      move: moveByHand,
      drag(id, at) {
        positions.set(id, at);
        place();
      },
      dropped(id) {
        const at = positions.get(id);
        if (at === undefined) return;
        const { view } = getState();
        changeView({
          pinned: [...new Set([...(view.pinned ?? []), id])],
          positions: { ...view.positions, [id]: [Math.round(at.x), Math.round(at.y)] },
        });
        relabel();
      },
      clicked: activate,
      opened: (id) => (isGroup(id) ? undefined : void openMenu(id)),
    });
  }, [visible]);

  function isGroup(id: string): boolean {
    return id.startsWith('group:');
  }

  /** A group shows more of its members; another node opens its details. */
  function activate(id: string | undefined): void {
    if (id === undefined) {
      select(undefined);
      return;
    }
    setFocused(id);
    if (!isGroup(id)) {
      select(id);
      return;
    }
    const group = visible.nodes.find((node) => node.id === id)?.group;
    if (group === undefined) return;
    changeView({ opened: { ...getState().view.opened, [id]: group.shown + GROUP_PAGE } });
    if (group.unread && group.members.length < GROUP_PAGE) void openGroup(id);
  }

  const dimmed = (id: string) => matches !== undefined && !matches.has(id);
  const stop = focused !== undefined && ids.includes(focused) ? focused : ids[0];
  const menuAt = menu === undefined ? undefined : positions.get(menu);
  return (
    <>
      <svg
        ref={svg}
        class="picture"
        role="group"
        aria-label={`Graph of ${visible.nodes.length} nodes. Arrow keys move, Enter opens, E pivots.`}
        onFocusCapture={({ target }) => {
          const id = (target as SVGElement).dataset.id;
          if (id !== undefined) setFocused(id);
        }}
        onKeyDown={(event) =>
          handleKey(event, {
            visible,
            activate,
            focus: setFocused,
            zoom: zoomByHand,
            fit: fitAll,
          })
        }
      >
        <g ref={world}>
          <g class="edges">
            {visible.edges.map((edge) => (
              <Edge
                key={edge.id}
                edge={edge}
                active={selected !== undefined && (edge.source === selected || edge.target === selected)}
              />
            ))}
          </g>
          <g>
            {visible.nodes.map((node) => (
              <NodeView
                key={node.id}
                node={node}
                selected={node.id === selected}
                dimmed={dimmed(node.id)}
                pinned={pinned?.includes(node.id) ?? false}
                stop={node.id === stop}
              />
            ))}
          </g>
          <Labels
            nodes={labelledAlso(visible.nodes, labelled, [selected, focused])}
            dimmed={dimmed}
            onDrawn={placeLabels}
          />
        </g>
      </svg>
      {menu !== undefined && menuAt !== undefined && (
        <NodeMenu
          id={menu}
          x={menuAt.x * viewport.current.k + viewport.current.x}
          y={menuAt.y * viewport.current.k + viewport.current.y}
        />
      )}
    </>
  );
}

/** The elements that the layout moves, read once for each picture. */
interface Drawn {
  readonly nodes: readonly (readonly [SVGElement, id: string])[];
  readonly edges: readonly (readonly [SVGElement, source: string, target: string])[];
}

function elementsIn(world: SVGGElement | null): Drawn {
  const all = (selector: string) => [...(world?.querySelectorAll<SVGElement>(selector) ?? [])];
  return {
    nodes: all('.node').map((element) => [element, element.dataset.id ?? '']),
    edges: all('.edge').map((element) => [
      element,
      element.dataset.source ?? '',
      element.dataset.target ?? '',
    ]),
  };
}

function moveTo(element: SVGElement, id: string): void {
  const at = positions.get(id);
  if (at !== undefined) element.setAttribute('transform', `translate(${at.x} ${at.y})`);
}

function Edge({ edge, active }: { edge: WebEdge; active: boolean }) {
  return (
    <path class={`edge${active ? ' active' : ''}`} data-source={edge.source} data-target={edge.target}>
      <title>{`${relationName(edge.relation)}${edge.detail === undefined ? '' : ` (${edge.detail})`}`}</title>
    </path>
  );
}
