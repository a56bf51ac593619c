import { isRecord, type JsonObject } from '../../../base/json';
import { sanitize } from '../../../base/sanitize';
import type { Entity } from '../../../investigation/graph';
import {
  NODE_KINDS,
  type WebEdge,
  type WebGraph,
  type WebNode,
  type WebNodeKind,
  type WebVerdict,
} from '../shared/protocol';

/** Maximum number of nodes and edges that the page receives; further ones are only counted. */
const MAX_NODES = 5_000;
const MAX_EDGES = 20_000;

/** Characters of a node's value and label. */
const MAX_VALUE = 2_000;
const MAX_LABEL = 200;

type NodeFacts = {
  readonly [Name in Exclude<keyof WebNode, 'id' | 'kind' | 'value'>]?: WebNode[Name] | undefined;
};

/** Nodes and edges while they are read from context; each is kept once, with the widest span of time. */
export interface Collector {
  /** Adds a node, or new details of a known one. Returns its id; undefined for a value that is not a string. */
  node(kind: WebNodeKind, value: unknown, facts?: NodeFacts): string | undefined;
  /** Adds a node as the investigation defines it; file hashes and URLs among the artifacts get separate kinds. */
  entity(entity: Entity): string | undefined;
  /** Adds an edge; without both ends it is left out. */
  edge(source: string | undefined, relation: string, target: string | undefined, facts?: EdgeFacts): void;
  graph(): WebGraph;
}

interface EdgeFacts {
  readonly detail?: unknown;
  readonly from?: unknown;
}

export function collector(): Collector {
  const nodes = new Map<string, WebNode>();
  const edges = new Map<string, WebEdge>();
  let omitted = 0;

  function add(prefix: string, kind: WebNodeKind, given: unknown, facts: NodeFacts): string | undefined {
    if (typeof given !== 'string') return undefined;
    const value = sanitize(given.slice(0, MAX_VALUE));
    if (value === '') return undefined;
    const id = `${prefix}:${value}`;
    const known = nodes.get(id);
    if (known === undefined && nodes.size >= MAX_NODES) {
      omitted += 1;
      return undefined;
    }
    const added = defined(facts);
    nodes.set(id, { ...(known ?? { id, kind, value }), ...added, ...widest(known, added) });
    return id;
  }

  return {
    node: (kind, value, facts = {}) => add(kind, kind, value, facts),
    entity({ kind, value, label, verdict, score, firstSeen, lastSeen }) {
      return add(kind, kindOf(kind, value, label), value, {
        label: kind === 'artifact' || kind === 'vulnerability' ? undefined : textOf(label),
        verdict: verdictOf(verdict),
        score: typeof score === 'number' ? score : undefined,
        firstSeen: dateOf(firstSeen),
        lastSeen: dateOf(lastSeen),
      });
    },
    edge(source, relation, target, facts = {}) {
      if (source === undefined || target === undefined || source === target) return;
      const id = `${source} ${relation} ${target}`;
      const known = edges.get(id);
      if (known === undefined && edges.size >= MAX_EDGES) return;
      const detail = textOf(facts.detail) ?? known?.detail;
      edges.set(id, {
        ...(known ?? { id, source, target, relation }),
        ...(detail === undefined ? {} : { detail }),
        ...widest(known, timesOf(facts.from)),
      });
    },
    graph: () => ({ nodes: [...nodes.values()], edges: [...edges.values()], omitted }),
  };
}

/** `firstSeen` and `lastSeen` of a Graph object, whatever it calls them. */
export function timesOf(object: unknown): { firstSeen?: string; lastSeen?: string } {
  if (!isRecord(object)) return {};
  const first = dateOf(object.firstSeenDateTime ?? object.firstSeen ?? object.createdDateTime);
  const last = dateOf(object.lastSeenDateTime ?? object.lastSeen ?? object.lastUpdatedDateTime);
  return {
    ...(first === undefined ? {} : { firstSeen: first }),
    ...(last === undefined ? {} : { lastSeen: last }),
  };
}

/** A string for users, without control characters; undefined for anything that is not a string. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  const text = sanitize(value).slice(0, MAX_LABEL);
  return text === '' ? undefined : text;
}

export function dateOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 40 || !/^\d{4}-\d{2}-\d{2}/.test(value)) return undefined;
  return Number.isNaN(Date.parse(value)) ? undefined : value;
}

function verdictOf(value: unknown): WebVerdict | undefined {
  return value === 'malicious' || value === 'suspicious' || value === 'neutral' || value === 'unknown'
    ? value
    : undefined;
}

/** Returns the node kind of an artifact: Graph's name of its kind, else its form. */
function kindOf(kind: unknown, value: string, label = ''): WebNodeKind {
  if (kind !== 'artifact') return NODE_KINDS.find((known) => known === kind) ?? 'artifact';
  if (/hash|md5|sha/i.test(label.slice(0, 50)) || /^[0-9a-f]{32,64}$/i.test(value)) return 'hash';
  return /^url$/i.test(label) || /^https?:/i.test(value) ? 'url' : 'artifact';
}

/** The elements of a context value that are objects; one object counts as a list of one. */
export function objectsAt(value: unknown): JsonObject[] {
  return [value].flat().filter(isRecord);
}

function widest(
  known: { firstSeen?: string; lastSeen?: string } | undefined,
  { firstSeen, lastSeen }: { firstSeen?: string; lastSeen?: string },
) {
  // `sort` puts undefined last.
  const first = [known?.firstSeen, firstSeen].sort()[0];
  const last = [known?.lastSeen, lastSeen]
    .filter((at) => at !== undefined)
    .sort()
    .at(-1);
  return {
    ...(first === undefined ? {} : { firstSeen: first }),
    ...(last === undefined ? {} : { lastSeen: last }),
  };
}

function defined(facts: NodeFacts): Partial<Omit<WebNode, 'id' | 'kind' | 'value'>> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
