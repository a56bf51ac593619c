import { isRecord, type JsonObject } from '../../src/base/json';
import { MOODS, type Mood } from '../../src/sandbox/faults';
import type { Case, MoodOutcome, Moods } from './case';
import type { Shown, Stage } from './stage';

/** The moods beside the documented one, in which all cases are written. */
export const OTHER_MOODS = MOODS.filter((mood) => mood !== 'documented');

/** A case to play; what it expects does not matter. */
type Played = Omit<Case, 'expect'>;

/** Whether a mood can change anything: the sandbox responds to the case, and a request of it carries a query option. */
export function dependsOnMood({ responses, expect: { requests } }: Case): boolean {
  return responses === undefined && requests.some((request) => /\?\$|\$batch/.test(request));
}

/** Plays a case in a mood. @param topIsTotal whether Graph takes `$top` for the number of all rows */
export function showIn(stage: Stage, one: Played, mood: Mood, topIsTotal = false): Promise<Shown> {
  return stage.show({ ...one, faults: { ...one.faults, mood, topIsTotal } });
}

/** What a user gets of the data: Graph's objects, incidents, error codes. Left out are strings, and how many requests a graph took. */
export function dataOf({ document: { entries, errors, incidents } }: Shown): unknown {
  const contents = entries.map(({ Type, Contents }) => {
    if (typeof Contents === 'string') return Type;
    if (!isRecord(Contents) || !isRecord(Contents.Graph)) return Contents;
    const { requests: _, ...graph } = Contents.Graph;
    return { ...Contents, Graph: graph };
  });
  return { contents, incidents, codes: errors?.map(({ code }) => code) };
}

/** The outcome in a mood in short, to be read by a user. */
export function outcomeIn(shown: Shown, documented: Shown): MoodOutcome {
  const { entries, errors = [] } = shown.document;
  if (errors.length > 0) return { error: entries.map(({ Contents }) => String(Contents)).join('\n') };
  const known = new Set(documented.document.entries.flatMap(sentences));
  const says = entries.flatMap(sentences).filter((sentence) => !known.has(sentence));
  const rows = entries.map(({ Contents }) => idsIn(Contents));
  return { rows: rows.length === 1 ? rows[0] : rows, ...(says.length === 0 ? {} : { says }) };
}

/** The outcomes of a case in the moods in which its data differs; undefined where there is none. */
export async function moodsOf(stage: Stage, one: Case): Promise<Moods | undefined> {
  if (!dependsOnMood(one)) return undefined;
  const documented = await stage.show(one);
  const outcomes: [Mood, MoodOutcome][] = [];
  for (const mood of OTHER_MOODS) {
    const shown = await showIn(stage, one, mood);
    if (JSON.stringify(dataOf(shown)) !== JSON.stringify(dataOf(documented)))
      outcomes.push([mood, outcomeIn(shown, documented)]);
  }
  return outcomes.length === 0 ? undefined : Object.fromEntries(outcomes);
}

/** The paragraphs of an entry that are neither a heading nor a table. */
function sentences({ HumanReadable }: JsonObject): string[] {
  return String(HumanReadable ?? '')
    .split('\n\n')
    .filter((text) => text !== '' && !/^[#|`]/.test(text));
}

function idsIn(contents: unknown): unknown {
  if (Array.isArray(contents)) return shortened(contents.map(idOf));
  if (!isRecord(contents)) return contents;
  if ('id' in contents && !('nodes' in contents)) return idOf(contents);
  if ('nodes' in contents) return { nodes: idsIn(contents.nodes), stops: contents.stops };
  return Object.fromEntries(Object.entries(contents).map(([part, value]) => [part, idsIn(value)]));
}

/** Rows that a file lists, so that a user can read it. */
const LISTED = 10;

function shortened(ids: readonly unknown[]): readonly unknown[] {
  return ids.length <= LISTED + 1 ? ids : [...ids.slice(0, LISTED), `and ${ids.length - LISTED} more`];
}

function idOf(row: unknown): unknown {
  return isRecord(row) ? (row.id ?? row) : row;
}
