import type { Config } from '../config/config';
import { PluginError } from '../errors';
import type { GraphAnswer, GraphRequest } from '../graph/request';
import { isRecord } from '../json';
import type { Plan } from '../plan/plan';
import { carriesParent, contextKey } from '../platform/context';
import { type Entry, resultEntry } from '../platform/entry';
import { noneHad } from './none-had';
import { notes } from './notes';
import { withRelationships } from './relationships/collect';
import type { Relate } from './relationships/relate';
import { markdownTable, type Table } from './table';
import { cutTexts, inContext } from './to-context';

/** Where the answer of a command goes, and how it looks. */
export interface Presentation {
  /** The last part of the context path: `Host` for `MSGDefenderThreatIntel.Host`. */
  readonly context: string;
  /** Whether one observable puts one object into context (`object`), or there is always a list. */
  readonly value: 'object' | 'list';
  /** What the objects are called in sentences: `['article', 'articles']`. */
  readonly nouns: readonly [one: string, many: string];
  readonly table: Table;
  /** What to do about an answer of that status, where the command knows more than the status tells. */
  readonly hints?: Readonly<Record<number, string>>;
  /** What an object says about how indicators belong together. */
  readonly relates?: Relate<never>;
  /** An object in words, in markdown, where a table cannot hold it. */
  readonly words?: (row: never) => string;
}

/**
 * The entry of a command from the answers to its requests (Contract 2).
 * @throws PluginError the reason, when nothing was found and something failed.
 */
export function result(
  presentation: Presentation,
  plan: Plan,
  received: readonly GraphAnswer[],
  { config, now }: { readonly config: Config; readonly now: number },
): Entry {
  const answers = [...received, ...plan.refused];
  const rows = answers.flatMap(rowsOf);
  const single = plan.answers === 'entity' && plan.asked === 1;
  if (rows.length === 0) {
    refuseIfFailed(answers, presentation);
    return resultEntry(
      single ? null : [],
      [`No ${presentation.nouns[1]} were found.`, ...notes(answers, 0, presentation.nouns)].join('\n\n'),
      null,
    );
  }
  const found = rows.filter((row) => isRecord(row.value));
  const objects = found.map(({ value, parent }) =>
    inContext(value, carriesParent(presentation.context) ? parent : undefined),
  );
  const { relates = () => [], words } = presentation;
  const markdown = [
    markdownTable(presentation.table, objects),
    ...(words === undefined ? [] : objects.map((object) => words(object as never))),
    ...notes(answers, rows.length, presentation.nouns),
  ].join('\n\n');
  const contents = rows.map((row) => row.value);
  const kept = objects.map((object) => cutTexts(object, config.limits.maxTextLength));
  const value = single && presentation.value === 'object' ? kept[0] : kept;
  const entry = resultEntry(
    single ? contents[0] : contents,
    markdown,
    kept.length === 0 ? null : { [contextKey(presentation.context)]: value },
  );
  const related = found.flatMap(({ parent }, index) =>
    relates(objects[index] as never, { of: parent?.id, now }),
  );
  return withRelationships(entry, related, config);
}

interface Row {
  readonly value: unknown;
  readonly parent: GraphRequest['parent'];
}

function rowsOf(answer: GraphAnswer): Row[] {
  if (answer.kind === 'entity') return [{ value: answer.value, parent: answer.request.parent }];
  if (answer.kind === 'collection')
    return answer.rows.map((value) => ({ value, parent: answer.request.parent }));
  return [];
}

function refuseIfFailed(answers: readonly GraphAnswer[], { nouns: [, many], hints }: Presentation): void {
  const [first, ...others] = answers
    .filter((answer) => answer.kind === 'failed')
    .map(({ request, error }) => ({ id: request.subject?.id, error }));
  if (first !== undefined) throw advised(noneHad([first, ...others], answers.length, many), hints);
}

function advised(error: PluginError, hints: Presentation['hints']): PluginError {
  const hint = hints?.[error.status ?? 0];
  return hint === undefined ? error : new PluginError(error.code, error.message, { ...error, hint });
}
