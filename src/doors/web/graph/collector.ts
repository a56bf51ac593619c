import { isIP } from 'node:net';
import { isRecord, type JsonObject } from '../../../base/json';
import { sanitize } from '../../../base/sanitize';
import type { WebEdge, WebGraph, WebNode, WebNodeKind, WebVerdict } from '../shared/protocol';

/** Nodes and edges that the page receives; what comes later is counted only. */
const MAX_NODES = 5_000;
const MAX_EDGES = 20_000;

/** Characters of a node's value and label. */
const MAX_VALUE = 2_000;
const MAX_LABEL = 200;

export type NodeFacts = {
  readonly [Name in Exclude<keyof WebNode, 'id' | 'kind' | 'value'>]?: WebNode[Name] | undefined;
};

/** Nodes and edges while they are read from context; each is kept once, with the widest span of time. */
export interface Collector {
  /** Adds a node, or what is new about it. Returns its id; undefined for a value that is no text. */
  node(kind: WebNodeKind, value: unknown, facts?: NodeFacts): string | undefined;
  /** Adds an edge; without both ends it is left out. */
  edge(source: string | undefined, relation: string, target: string | undefined, facts?: EdgeFacts): void;
  graph(): WebGraph;
}

export interface EdgeFacts {
  readonly detail?: unknown;
  readonly from?: unknown;
}

export function collector(): Collector {
  const nodes = new Map<string, WebNode>();
  const edges = new Map<string, WebEdge>();
  let omitted = 0;
  return {
    node(kind, given, facts = {}) {
      if (typeof given !== 'string') return undefined;
      const value = sanitize(given.slice(0, MAX_VALUE));
      if (value === '') return undefined;
      const id = `${kind}:${value}`;
      const known = nodes.get(id);
      if (known === undefined && nodes.size >= MAX_NODES) {
        omitted += 1;
        return undefined;
      }
      nodes.set(id, { ...(known ?? { id, kind, value }), ...defined(facts), ...widest(known, defined(facts)) });
      return id;
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
        ...widest(known, seen(facts.from)),
      });
    },
    graph: () => ({ nodes: [...nodes.values()], edges: [...edges.values()], omitted }),
  };
}

/** `firstSeen` and `lastSeen` of a Graph object, whatever it calls them. */
export function seen(object: unknown): { firstSeen?: string; lastSeen?: string } {
  if (!isRecord(object)) return {};
  const first = dateOf(object.firstSeenDateTime ?? object.firstSeen ?? object.createdDateTime);
  const last = dateOf(object.lastSeenDateTime ?? object.lastSeen ?? object.lastUpdatedDateTime);
  return {
    ...(first === undefined ? {} : { firstSeen: first }),
    ...(last === undefined ? {} : { lastSeen: last }),
  };
}

/** A text for people, without control characters; undefined for anything that is no text. */
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

export function verdictOf(value: unknown): WebVerdict | undefined {
  return value === 'malicious' || value === 'suspicious' || value === 'neutral' || value === 'unknown'
    ? value
    : undefined;
}

/** The kind of a host by its value. */
export function hostKind(value: string): 'domain' | 'address' {
  return isIP(value) === 0 ? 'domain' : 'address';
}

/** The elements of a context value that are objects; one object counts as a list of one. */
export function objectsAt(value: unknown): JsonObject[] {
  return [value].flat().filter(isRecord);
}

function widest(
  known: { firstSeen?: string; lastSeen?: string } | undefined,
  { firstSeen, lastSeen }: { firstSeen?: string; lastSeen?: string },
) {
  const first = [known?.firstSeen, firstSeen].filter((at) => at !== undefined).sort()[0];
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
