import type { ExecutedLine } from '../war-room/execute-line';
import { withoutNotes } from './result-notes';
import type { Screen } from './terminal';
import { verdictLines } from './verdict-lines';

/** The part of a result that is shown: only the entries of an earlier result are stored. */
export type ResultForPeople = Pick<ExecutedLine, 'entries'> &
  Partial<Pick<ExecutedLine, 'lookups' | 'system'>>;

/** A table whose times are without a zone. */
const TIME = /\b\d{4}-\d\d-\d\d \d\d:\d\d\b/;

/** Joins verdicts, tables and, unless `quiet`, the note that times are in UTC. */
export function forPeople(
  executed: ResultForPeople,
  tables: string,
  { screen, quiet }: { readonly screen: Screen; readonly quiet?: boolean },
): string {
  if (executed.system?.rawResponse) return tables;
  const verdicts = verdictLines(executed, screen);
  return [
    ...(verdicts.length === 0 ? [] : [`${verdicts.join('\n')}\n`]),
    quiet ? withoutNotes(tables) : tables,
    ...(!quiet && executed.entries.some(({ HumanReadable = '' }) => TIME.test(HumanReadable))
      ? ['Times are in UTC.\n']
      : []),
  ].join('\n');
}
