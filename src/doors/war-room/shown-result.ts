import { isErrorEntry } from '../../xsoar/entry';
import { forPeople, type ResultForPeople } from '../cli/for-people';
import { tables } from '../cli/formats';
import type { Screen } from '../cli/terminal';

/** A result as the console prints it: verdicts, tables, and that times are in UTC. */
export function shown(result: ResultForPeople, screen: Screen): string {
  return forPeople(result, tables(result, screen), { screen });
}

/** The result of an earlier line, its errors among it. */
export function shownAgain({ entries }: ResultForPeople, screen: Screen): string {
  const errors = entries.filter(isErrorEntry).map(({ Contents }) => String(Contents));
  const results = entries.filter((entry) => !isErrorEntry(entry));
  return [...errors, ...(results.length === 0 ? [] : [shown({ entries: results }, screen).trimEnd()])].join(
    '\n',
  );
}
