import type { PluginError } from '../../base/errors';
import { formatCount } from '../../base/sanitize';
import type { Config } from '../../config/config';
import { markdownCell } from '../../output/cell';
import { withRelationships } from '../../output/relationships/add-relationships';
import { markdownTable } from '../../output/table';
import { cutTexts } from '../../output/to-context';
import { contextKey } from '../../xsoar/context-keys';
import { type Entry, resultEntry } from '../../xsoar/entry';
import type { Relationship } from '../../xsoar/relationship';
import type { PartResult } from './part';

interface SummaryText {
  readonly title: string;
  /** Markdown below the title, before the sections: the verdict. */
  readonly lead: readonly string[];
  /** Keys of parts that the lead shows already. */
  readonly hidden?: readonly string[];
  /** Relationships in addition to those of the parts. */
  readonly related?: readonly Relationship[];
}

/** The error of a summary in which nothing was found and something failed. */
export function failureOf(results: readonly PartResult[]): PluginError | undefined {
  return results.some(({ objects }) => objects.length > 0)
    ? undefined
    : results.find(({ error }) => error !== undefined)?.error;
}

/** One entry for all parts: `Contents` keyed by part, context under the prefix of each part's own command. */
export function summaryEntry(
  results: readonly PartResult[],
  { title, lead, hidden = [], related = [] }: SummaryText,
  { config, now }: { readonly config: Config; readonly now: number },
): Entry {
  const found = results.filter(({ objects }) => objects.length > 0);
  const shown = found.filter(({ part }) => !hidden.includes(part.key));
  const markdown = [
    ...(found.length === 0
      ? [`No records of ${markdownCell(title)} were found.`]
      : [`### ${markdownCell(title)}`, ...lead, ...shown.map(section)]),
    ...absent(results, found.length > 0),
    ...failures(results),
  ].join('\n\n');
  const contents = Object.fromEntries(
    results
      .filter(({ error }) => error === undefined)
      .map(({ part, raw, single }) => [part.key, single ? (raw[0] ?? null) : raw]),
  );
  const entry = resultEntry(found.length === 0 ? null : contents, markdown, contextOf(found, config));
  return withRelationships(entry, [...related, ...relationshipsOf(found, now)], config);
}

/** A section: the table of a part, and where the rest is. */
function section({ part, objects, single, more, total, warnings }: PartResult): string {
  const columns = Object.fromEntries(
    Object.entries(part.declared.table.columns).filter(([heading]) => !isRepeated(heading, part, single)),
  );
  const table = markdownTable({ columns, title: part.title }, objects);
  const heading = table.replace(/^### /, '#### ');
  const all = Math.max(total ?? 0, objects.length);
  const notes = warnings.map(markdownCell);
  if (!more && all === objects.length) return [heading, ...notes].join('\n\n');
  const shown = formatCount(objects.length);
  const showing =
    total === undefined
      ? `Showing ${shown}; more are available.`
      : `Showing ${shown} of ${formatCount(all)}.`;
  return [heading, `${showing} For the rest, run \`${rest(part)}\`.`, ...notes].join('\n\n');
}

/** Records that other commands take by their id. */
const WITH_ID: readonly string[] = ['Article', 'Profile'];

/** Other ids are for programs, which have the context, and the host of every row is in the title. */
function isRepeated(heading: string, { args, declared }: PartResult['part'], single: boolean): boolean {
  if (heading === 'ID') return !WITH_ID.includes(declared.context);
  return heading === 'Certificate ID' || (heading === 'Host' && args.host_id !== undefined && !single);
}

function rest({ command, args }: PartResult['part']): string {
  const { limit: _, ...own } = args;
  const texts = Object.entries(own).map(([name, value]) => `${name}=${quoted(String(value))}`);
  return `!${command} ${texts.join(' ')}`.replaceAll('`', '');
}

function quoted(text: string): string {
  return /^[\w.:/+=-]+$/.test(text) ? text : `"${text.replaceAll('"', '')}"`;
}

function absent(results: readonly PartResult[], any: boolean): string[] {
  const titles = results
    .filter(({ objects, error }) => objects.length === 0 && error === undefined)
    .map(({ part }) => part.title);
  return any && titles.length > 0 ? [`Not found: ${titles.join(', ')}.`] : [];
}

function failures(results: readonly PartResult[]): string[] {
  return results.flatMap(({ part, error }) =>
    error === undefined ? [] : [`Failed: ${part.title} — ${markdownCell(error.message)}`],
  );
}

function contextOf(found: readonly PartResult[], config: Config): Entry['EntryContext'] {
  const context: Record<string, unknown> = {};
  for (const { part, objects } of found) {
    const key = contextKey(part.declared.context);
    const kept = objects.map((object) => cutTexts(object, config.limits.maxTextLength));
    const known = context[key];
    if (part.declared.value === 'object') context[key] = kept[0];
    else context[key] = Array.isArray(known) ? [...known, ...kept] : kept;
  }
  return found.length === 0 ? null : context;
}

function* relationshipsOf(found: readonly PartResult[], now: number): Generator<Relationship> {
  for (const { part, request, objects } of found)
    for (const object of objects)
      yield* part.declared.relates?.(object as never, { of: request.parent?.id, now }) ?? [];
}
