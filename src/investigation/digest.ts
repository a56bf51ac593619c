import { isRecord } from '../base/json';
import { counted } from '../base/sanitize';
import type { GraphResult } from '../graph/request';
import type { GraphBuilder } from './builder';
import type { GraphNode, Link } from './graph';
import type { Question } from './question';

interface Limits {
  readonly fanOut: number;
  readonly since?: string | undefined;
}

/** Puts one response into the graph. */
export function digest(
  result: GraphResult,
  node: GraphNode,
  question: Question,
  builder: GraphBuilder,
  limits: Limits,
): void {
  if (result.kind === 'failed') {
    if (result.error.code !== 'TIMED_OUT') builder.stop(node, 'failed', result.error.message);
    return;
  }
  if (result.kind === 'missing') return;
  if (result.kind === 'entity') {
    takeRows([result.value], node, question, builder, limits);
    return;
  }
  takeList(result, node, question, builder, limits);
}

function takeList(
  result: Extract<GraphResult, { kind: 'collection' }>,
  node: GraphNode,
  question: Question,
  builder: GraphBuilder,
  limits: Limits,
): void {
  const { neighbors, command } = question;
  const { fanOut, since } = limits;
  const rows = result.rows.filter(isRecord);
  if (neighbors === undefined) {
    takeRows(rows, node, question, builder, limits);
    return;
  }
  const { hub, nouns, relation, direction } = neighbors;
  const total = result.total ?? (result.more ? undefined : rows.length);
  const size = Math.max(total ?? 0, rows.length + (result.more ? 1 : 0));
  if (hub?.applies(size, rows as never)) {
    const label =
      total === undefined ? `more than ${counted(rows.length, ...nouns)}` : counted(total, ...nouns);
    builder.group(node, { count: total, label, relation, direction, command });
    builder.stop(node, hub.reason, `${node.value}: ${label}. ${hub.because}`, total);
    return;
  }
  const common = rows.filter((row) => neighbors.isCommon?.(row as never, node));
  if (common.length > 0)
    builder.stop(
      node,
      'common-tracker',
      `${node.value}: left out ${counted(common.length, ...nouns)} that many unrelated hosts have.`,
      common.length,
    );
  const isRecent = (row: object) => {
    const links = question.links(row as never, node);
    return links.length === 0 || links.some((link) => !isOlder(link, since));
  };
  const own = rows.filter((row) => !common.includes(row) && isRecent(row));
  takeRows(own.slice(0, fanOut), node, question, builder, limits);
  if (own.length <= fanOut && !result.more) return;
  // Graph counts the older ones too.
  const all = since === undefined ? total : result.more ? undefined : own.length;
  const left = all === undefined ? undefined : all - Math.min(own.length, fanOut);
  const label =
    left === undefined ? `more ${nouns[1]}` : counted(left, `more ${nouns[0]}`, `more ${nouns[1]}`);
  builder.group(node, { count: left, label, relation, direction, command });
  builder.stop(node, 'fan-out', `${node.value}: ${label} (fan_out ${fanOut}).`, left);
}

function takeRows(
  rows: readonly unknown[],
  node: GraphNode,
  { update, links, command }: Question,
  builder: GraphBuilder,
  { since }: Limits,
): void {
  for (const row of rows) {
    if (!isRecord(row)) continue;
    if (update !== undefined) builder.update(node.id, update(row as never));
    for (const link of links(row as never, node))
      if (!isOlder(link, since)) builder.connect(link, node.hop + 1, command);
  }
}

/** A relation without a time is kept. */
function isOlder({ lastSeen, firstSeen }: Link, since: string | undefined): boolean {
  const moment = lastSeen ?? firstSeen;
  return since !== undefined && moment !== undefined && moment < since;
}
