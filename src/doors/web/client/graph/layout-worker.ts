import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type Simulation,
  type SimulationLinkDatum,
  type SimulationNodeDatum,
} from 'd3-force';

export interface LayoutRequest {
  readonly run: number;
  /** The start positions of the nodes; a fixed node does not move. */
  readonly nodes: readonly { readonly x?: number; readonly y?: number; readonly fixed: boolean }[];
  /** Indexes of nodes. */
  readonly links: readonly (readonly [number, number])[];
}

export interface LayoutReply {
  readonly run: number;
  /** x and y of each node. */
  readonly points: Float32Array;
  readonly done: boolean;
}

interface Worker {
  onmessage: ((event: { data: LayoutRequest }) => void) | null;
  postMessage(reply: LayoutReply, transfer: ArrayBufferLike[]): void;
}

const worker = self as unknown as Worker;

/** Nodes from which the layout takes larger steps and is drawn less often, since drawing takes longer than a step. */
const LARGE = 200;

/** Milliseconds of work between two replies. */
const SLICE = { small: 24, large: 120 };
const DONE = 0.012;

let current = 0;

worker.onmessage = ({ data: { run, nodes, links } }) => {
  current = run;
  const free = nodes.filter(({ fixed }) => !fixed).length;
  const data: SimulationNodeDatum[] = nodes.map(({ x, y, fixed }) => ({
    ...(x === undefined ? {} : { x }),
    ...(y === undefined ? {} : { y }),
    ...(fixed ? { fx: x ?? 0, fy: y ?? 0 } : {}),
  }));
  const edges: SimulationLinkDatum<SimulationNodeDatum>[] = links.map(([source, target]) => ({
    source,
    target,
  }));
  const degrees = nodes.map(() => 0);
  for (const link of links) for (const end of link) degrees[end] = (degrees[end] ?? 0) + 1;
  // Two hubs need more room between them than a hub and a node that hangs on it.
  const lengthOf = (_: unknown, at: number) => {
    const [one, other] = (links[at] ?? [0, 0]).map((end) => degrees[end] ?? 0);
    return 100 + 22 * Math.sqrt(Math.min(one ?? 0, other ?? 0, 36));
  };
  const simulation = forceSimulation(data)
    .force('charge', forceManyBody().strength(-560).distanceMax(900))
    .force('link', forceLink(edges).distance(lengthOf).strength(0.35))
    .force('collide', forceCollide(46))
    .force('x', forceX(0).strength(0.035))
    .force('y', forceY(0).strength(0.055))
    .alphaDecay(free < nodes.length || nodes.length > LARGE ? 0.05 : 0.024)
    .stop();
  step(run, simulation);
};

function step(run: number, simulation: Simulation<SimulationNodeDatum, undefined>): void {
  if (run !== current) return;
  const until = performance.now() + SLICE[simulation.nodes().length > LARGE ? 'large' : 'small'];
  while (performance.now() < until && simulation.alpha() > DONE) simulation.tick();
  const done = simulation.alpha() <= DONE;
  const points = new Float32Array(simulation.nodes().flatMap(({ x = 0, y = 0 }) => [x, y]));
  worker.postMessage({ run, points, done }, [points.buffer]);
  if (!done) setTimeout(() => step(run, simulation), 0);
}
