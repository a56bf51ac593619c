import { counted, formatCount } from '../base/sanitize';
import type { GraphResult } from '../graph/request';
import { markdownCell } from './cell';

type GraphList = Extract<GraphResult, { kind: 'collection' }>;

/** The sentences under a table: number of rows, rows not shown and how to get them, and lookups not found or failed. */
export function notes(
  results: readonly GraphResult[],
  shown: number,
  [one, many]: readonly [string, string],
): string[] {
  const several = results.length > 1;
  const lists = results.filter((result) => result.kind === 'collection');
  const missing = several
    ? results.filter((result) => result.kind === 'missing').map((result) => result.request.subject?.id ?? '')
    : [];
  const failed = results.filter((result) => result.kind === 'failed');
  const lines = [
    ...(shown > 0 ? [rowCountNote(lists, shown, (rows) => counted(rows, one, many))] : []),
    ...new Set(
      results.flatMap((result) => ('warnings' in result && result.warnings) || []).map(markdownCell),
    ),
    ...(missing.length > 0 ? [`Not found: ${missing.map(markdownCell).join(', ')}.`] : []),
    ...failed.map(
      ({ request, error }) =>
        `Failed: ${markdownCell(request.subject?.id ?? '')} — ${markdownCell(error.message)}`,
    ),
    ...reuseNote(results.map(({ requestedAt }) => requestedAt)),
  ];
  return lines;
}

function rowCountNote(lists: readonly GraphList[], shown: number, things: (rows: number) => string): string {
  const cut = lists.find((list) => list.more);
  if (cut === undefined) return whole(lists, shown, things);
  const showing =
    cut.total === undefined
      ? `Showing ${things(shown)}; more are available.`
      : `Showing ${formatCount(shown)} of ${things(cut.total)}.`;
  // A link that was not followed ended the list, not a limit: a warning below says so.
  const received = cut.taken ?? cut.rows.length;
  if ((cut.warnings ?? []).length > 0 && received < cut.request.rows.most) return showing;
  const rest =
    cut.request.rows.by === 'limit'
      ? 'Raise limit or set all_results=true to get the rest.'
      : `Stopped at max_results (${formatCount(cut.request.rows.most)}); raise it to get the rest.`;
  return `${showing} ${rest}`;
}

/**
 * Whether a list ends exactly where the limit is and Graph says nothing about more: services that treat `$top` as the total send neither
 * a link nor a count.
 */
function isAtLimit(list: GraphList, shown: number): boolean {
  const { by, most } = list.request.rows;
  return by === 'limit' && shown === most && most > 1 && list.total === undefined;
}

/** Graph counts before it skips, and may count what it does not give. */
function whole(lists: readonly GraphList[], shown: number, things: (rows: number) => string): string {
  const limited = lists.find((list) => isAtLimit(list, shown));
  if (limited !== undefined)
    return `Showing ${things(shown)}, which is the limit. Graph did not report whether there are more; raise limit to see.`;
  const [total = shown] = lists.length === 1 ? lists.map((list) => list.total) : [];
  return total > shown
    ? `${things(shown)}; Graph counted ${formatCount(total)} in total.`
    : `${things(shown)}.`;
}

/** Says how old the oldest reused response is; nothing for responses that are new. */
export function reuseNote(requestTimes: readonly (number | undefined)[]): string[] {
  const times = requestTimes.filter((time) => time !== undefined);
  if (times.length === 0) return [];
  const first = times.reduce((oldest, time) => Math.min(oldest, time));
  const oldest = new Date(first).toISOString().slice(0, 16).replace('T', ' ');
  const what = times.length === 1 ? 'A response' : `${formatCount(times.length)} responses`;
  return [`${what} of Graph from ${oldest} UTC ${times.length === 1 ? 'was' : 'were'} reused.`];
}
