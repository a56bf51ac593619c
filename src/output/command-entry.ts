import { PluginError } from '../base/errors';
import { isRecord } from '../base/json';
import { formatCount } from '../base/sanitize';
import type { Config } from '../config/config';
import type { GraphRequest, GraphResult } from '../graph/request';
import type { Route } from '../graph/route';
import { carriesParent, contextKey } from '../xsoar/context-keys';
import { type Entry, resultEntry } from '../xsoar/entry';
import { allFailed } from './all-failed';
import { notes } from './notes';
import { withRelationships } from './relationships/add-relationships';
import type { RelationshipRule } from './relationships/relationship';
import { markdownTable, type Table } from './table';
import { cutTexts, inContext } from './to-context';

/** Rows that a table shows; a playbook reads the others from context. */
const MOST_SHOWN = 1_000;

/** The context path of a command's result, and its presentation. */
export interface Presentation {
  /** The last part of the context path: `Host` for `MSGDefenderThreatIntel.Host`. */
  readonly context: string;
  /** Whether one observable gives one object (`object`), or `Contents` and context are always a list. */
  readonly value: 'object' | 'list';
  /** Singular and plural noun for the objects: `['article', 'articles']`. */
  readonly nouns: readonly [one: string, many: string];
  readonly table: Table;
  /** Hints by HTTP status, if the command knows more than the status says. */
  readonly hints?: Readonly<Record<number, string>>;
  /** The rule that reads relationships between indicators from an object. */
  readonly relates?: RelationshipRule<never>;
  /** A description of an object, in markdown, if a table cannot show it. */
  readonly describe?: (row: never) => string;
}

/**
 * Builds the entry of a command from the results of its requests.
 * @param results one for each distinct observable, in their order
 * @throws PluginError the reason, when nothing was found and something failed.
 */
export function commandEntry(
  presentation: Presentation,
  returns: Route['returns'],
  results: readonly GraphResult[],
  { config, now }: { readonly config: Config; readonly now: number },
): Entry {
  const rows = results.flatMap(rowsOf);
  const single = presentation.value === 'object' && returns === 'entity' && results.length === 1;
  if (rows.length === 0) return withoutRows(presentation, results, single);
  const found = rows.filter((row) => isRecord(row.value));
  const objects = found.map(({ value, parent }) =>
    inContext(value, carriesParent(presentation.context) ? parent : undefined),
  );
  const markdown = [
    ...display(presentation, objects),
    ...notes(results, rows.length, presentation.nouns),
  ].join('\n\n');
  const contents = rows.map((row) => row.value);
  const kept = objects.map((object) => cutTexts(object, config.limits.maxTextLength));
  const value = single ? kept[0] : kept;
  const entry = resultEntry(
    single ? contents[0] : contents,
    markdown,
    kept.length === 0 ? null : { [contextKey(presentation.context)]: value },
  );
  const { relates } = presentation;
  if (relates === undefined) return entry;
  function* related(rule: RelationshipRule<never>) {
    for (const [index, { parent }] of found.entries())
      yield* rule(objects[index] as never, { of: parent?.id, now });
  }
  return withRelationships(entry, related(relates), config);
}

/** Nothing was found, or the caller received the rows page by page and only their number is left to report. */
function withoutRows(presentation: Presentation, results: readonly GraphResult[], single: boolean): Entry {
  const taken = results.reduce(
    (sum, result) => sum + (result.kind === 'collection' ? (result.taken ?? 0) : 0),
    0,
  );
  if (taken === 0) refuseIfFailed(results, presentation);
  const none = taken === 0 ? [`No ${presentation.nouns[1]} were found.`] : [];
  const said = [...none, ...notes(results, taken, presentation.nouns)];
  return resultEntry(single ? null : [], said.join('\n\n'), null);
}

/** The table, and the objects in words, up to the number that a user reads. */
function display({ table, describe }: Presentation, objects: readonly unknown[]): string[] {
  const shown = objects.slice(0, MOST_SHOWN);
  return [
    markdownTable(table, shown),
    ...(describe === undefined ? [] : shown.map((object) => describe(object as never))),
    ...(shown.length < objects.length
      ? [`The table ends after ${formatCount(MOST_SHOWN)}; the context contains all rows.`]
      : []),
  ];
}

interface Row {
  readonly value: unknown;
  readonly parent: GraphRequest['parent'];
}

function rowsOf(result: GraphResult): Row[] {
  if (result.kind === 'entity') return [{ value: result.value, parent: result.request.parent }];
  if (result.kind === 'collection')
    return result.rows.map((value) => ({ value, parent: result.request.parent }));
  return [];
}

function refuseIfFailed(results: readonly GraphResult[], { nouns: [, many], hints }: Presentation): void {
  const [first, ...others] = results
    .filter((result) => result.kind === 'failed')
    .map(({ request, error }) => ({ id: request.subject?.id, error }));
  if (first !== undefined) throw advised(allFailed([first, ...others], results.length, many), hints);
}

function advised(error: PluginError, hints: Presentation['hints']): PluginError {
  const hint = hints?.[error.status ?? 0];
  return hint === undefined ? error : new PluginError(error.code, error.message, { ...error, hint });
}
