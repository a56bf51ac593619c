import { isRecord, type JsonObject } from '../../../base/json';
import type { WebNode, WebTotals } from '../shared/protocol';
import { objectsAt } from './collector';
import { groupsIn } from './groups';
import { relationsFollowed, seedOf } from './pivots';

/** Requests for the lists of one node; what remains of them rates no neighbor. */
const MAX_REQUESTS = 12;

/** Whether an expansion starts at nodes of this kind. */
export function isCountable({ kind }: WebNode): boolean {
  return relationsFollowed(kind).length > 0;
}

/** Arguments of an expansion that reads one row of each list, so that Graph counts the rest. */
export function countingArguments(node: WebNode): Readonly<Record<string, string>> {
  return { seeds: seedOf(node), follow: 'all', fan_out: '1', max_requests: String(MAX_REQUESTS) };
}

/** Records that Graph has for each relation that can be followed from a node, by the label of the relation. */
export function totalsIn(contents: unknown, node: WebNode): WebTotals {
  const graph: JsonObject = isRecord(contents) && isRecord(contents.Graph) ? contents.Graph : {};
  const groups = [...groupsIn([graph]).values()].filter(({ hub }) => hub.id === node.id);
  const edges = objectsAt(graph.edges).filter(
    ({ source, target }) => source === node.id || target === node.id,
  );
  const stops = objectsAt(graph.stops);
  return Object.fromEntries(
    relationsFollowed(node.kind).flatMap(({ label, relations }) => {
      const group = groups.find(({ question }) => relations.includes(question.neighbors.relation));
      if (group === undefined)
        return [[label, edges.filter(({ relation }) => relations.includes(String(relation))).length]];
      if (group.count === undefined) return [];
      const one = stops.some(({ reason, count }) => reason === 'fan-out' && count === group.count) ? 1 : 0;
      return [[label, group.count + one]];
    }),
  );
}
