import { isRecord, type JsonObject } from '../../../base/json';
import { FOLLOW } from '../../../commands/expansion/questions';
import { graphBuilder } from '../../../investigation/builder';
import type { GraphNode, Link } from '../../../investigation/graph';
import type { Question } from '../../../investigation/question';
import { mainArgument } from '../../../manifest/short-names';
import type { Context } from '../../../xsoar/context/merge';
import { GROUP_PAGE } from '../shared/protocol';
import { objectsAt, textOf } from './collector';

/** Neighbors of one node that an expansion counted and did not list. */
export interface CountedGroup {
  readonly id: string;
  readonly hub: GraphNode;
  readonly question: Question & Required<Pick<Question, 'neighbors'>>;
  /** Number of neighbors at the time of reading; undefined if Graph did not count them. */
  readonly count: number | undefined;
  /** Number of neighbors listed in addition to the group. */
  readonly listed: number;
  /** Rows of Graph's list that were read so far. */
  readonly rows: number;
}

/** A page of a group: the command that reads it, and how its rows become part of the graph. */
export interface GroupPage {
  readonly command: string;
  readonly args: Readonly<Record<string, string>>;
  /** The object for the context path `MSGDefenderThreatIntel.Graph`. */
  graphOf(rows: readonly unknown[]): JsonObject;
}

const QUESTIONS = Object.values(FOLLOW).flat();

/** The groups that are still closed, by their ids. A page has the id of its group, and contains the group as long as there is more. */
export function groupsIn(graphs: readonly JsonObject[]): Map<unknown, CountedGroup> {
  const groups = new Map<unknown, CountedGroup>();
  for (const graph of graphs) {
    groups.delete(graph.id);
    for (const node of objectsAt(graph.nodes)) {
      const group = node.kind === 'group' ? groupOf(node, graph) : undefined;
      if (group !== undefined) groups.set(group.id, group);
    }
  }
  return groups;
}

function groupOf({ id, count }: JsonObject, graph: JsonObject): CountedGroup | undefined {
  const edges = objectsAt(graph.edges);
  const edge = edges.find(({ source, target }) => source === id || target === id);
  const side = edge?.source === id ? 'target' : 'source';
  const hub = objectsAt(graph.nodes).find((node) => node.id === edge?.[side]);
  const question = QUESTIONS.find(
    ({ command, kinds }) => command === edge?.command && kinds.some((kind) => kind === hub?.kind),
  );
  if (typeof id !== 'string' || hub === undefined || typeof hub.value !== 'string') return undefined;
  if (question?.neighbors === undefined) return undefined;
  const listed = edges.filter((one) => one.relation === edge?.relation && one[side] === hub.id).length - 1;
  return {
    id,
    hub: hub as unknown as GraphNode,
    question: { ...question, neighbors: question.neighbors },
    count: typeof count === 'number' ? count : undefined,
    listed,
    rows: typeof graph.rows === 'number' ? graph.rows : listed,
  };
}

/**
 * The next page of a group. Graph does not document `$skip` for every list, so a page reads the list from the start and further.
 * @returns undefined for a group that is not on the graph or is open.
 */
export function groupPage(id: string, context: Context): GroupPage | undefined {
  const root = isRecord(context.MSGDefenderThreatIntel) ? context.MSGDefenderThreatIntel : {};
  const group = groupsIn(objectsAt(root.Graph)).get(id);
  if (group === undefined) return undefined;
  const { hub, question, count, listed, rows } = group;
  const { relation, direction, nouns } = question.neighbors;
  const argument = mainArgument(question.command) as string;
  const limit = rows + GROUP_PAGE;
  return {
    command: question.command,
    args: { [argument]: textOf(hub.recordId) ?? hub.value, limit: String(limit) },
    graphOf(found) {
      const builder = graphBuilder(Number.POSITIVE_INFINITY);
      const of = builder.add(hub, 0) as GraphNode;
      for (const row of found.filter(isRecord))
        for (const link of question.links(row as never, of) as readonly Link[])
          builder.connect(link, 1, question.command);
      if (found.length >= limit) {
        const left = count === undefined ? undefined : Math.max(0, count + listed - found.length);
        if (left !== 0)
          builder.group(of, {
            count: left,
            label: `more ${nouns[1]}`,
            relation,
            direction,
            command: question.command,
          });
      }
      const nodes = [...builder.nodes.values()];
      const edges = [...builder.edges.values()];
      return { id, seeds: [of.id], nodes, edges, stops: [], rows: found.length } as unknown as JsonObject;
    },
  };
}
