import { isRecord, parseJson, scalarText } from '../../base/json';
import { sortableTime } from '../../base/sortable-time';
import type { LastRun } from '../../xsoar/entry';
import { instantOf, oldestFirst, type Version } from './articles';

/**
 * The progress of fetching. Platforms store strings, so `lastRun` contains `time` (of `done`), `ids` (of the articles of exactly that
 * time that became incidents) and `progress` (everything else, as JSON).
 */
export interface FetchProgress {
  /** ISO 8601: every article up to here became an incident, or was not wanted. Holds whatever the order of Graph's list. */
  readonly done: string;
  /** Versions at or after `done` that became incidents. */
  readonly handed: readonly Version[];
  /** Whether the whole list was found to be sorted, newest first; then reading stops at the first article before `upTo`. */
  readonly sorted: boolean;
  /** ISO 8601: `done`, provided that the list is sorted. */
  readonly upTo: string;
  /** Time of the last check of the order over the whole list, in milliseconds since the epoch. */
  readonly checked: number;
  /** ISO 8601: the newest article of the last whole read of an unsorted list. */
  readonly newest?: string | undefined;
  /** A read of an unsorted list that the next fetch continues. */
  readonly scan?: Scan | undefined;
}

interface Scan {
  /** Path and query at which the read continues. */
  readonly next: string;
  /** ISO 8601: the newest article so far. */
  readonly newest: string;
}

/** Versions that are remembered: the platform stores them as one text. */
const MOST_HANDED = 2_000;

/** The progress before the first fetch, starting at a given time. */
export function startAt(time: string): FetchProgress {
  return { done: time, handed: [], sorted: false, upTo: time, checked: 0 };
}

/** Reads `lastRun`; undefined before the first fetch, and where it cannot be read. */
export function readProgress(lastRun: unknown): FetchProgress | undefined {
  if (!isRecord(lastRun) || !isTime(lastRun.time)) return undefined;
  const { time } = lastRun;
  const instant = instantOf(time);
  const ids = asList(parseJson(scalarText(lastRun.ids)));
  const atDone = ids.filter(isText).map((id) => ({ id, instant }));
  const more = parseJson(scalarText(lastRun.progress));
  if (!isRecord(more)) return { ...startAt(time), handed: atDone };
  const { upTo, newest, scan, checked, handed } = more;
  const later = asList(handed).flatMap((pair) => {
    const [at, id] = asList(pair);
    return isText(at) && isText(id) ? [{ instant: at, id }] : [];
  });
  return {
    done: time,
    handed: [...atDone, ...later],
    sorted: more.sorted === true,
    upTo: isTime(upTo) && instantOf(upTo) > instant ? upTo : time,
    checked: typeof checked === 'number' ? checked : 0,
    newest: isTime(newest) ? newest : undefined,
    scan:
      isRecord(scan) && typeof scan.next === 'string' && isTime(scan.newest)
        ? { next: scan.next, newest: scan.newest }
        : undefined,
  };
}

/** Writes the progress for the platform to store, beside keys that are not ours. */
export function writeProgress(lastRun: unknown, progress: FetchProgress): LastRun {
  const { done, handed } = bounded(progress);
  const { sorted, upTo, checked, newest, scan } = progress;
  const edge = instantOf(done);
  const later = handed.filter(({ instant }) => instant > edge).map(({ instant, id }) => [instant, id]);
  const { progress: _, ...others } = isRecord(lastRun) ? lastRun : {};
  return {
    ...others,
    time: done,
    ids: JSON.stringify(handed.filter(({ instant }) => instant === edge).map(({ id }) => id)),
    progress: JSON.stringify({ sorted, upTo, checked, newest, scan, handed: later }),
  };
}

/** The versions from `done` on, oldest first; if there are too many, `done` moves over the oldest. */
function bounded({ done, handed }: FetchProgress): Pick<FetchProgress, 'done' | 'handed'> {
  const edge = instantOf(done);
  const kept = handed.filter(({ instant }) => instant >= edge).sort(oldestFirst);
  const given = kept.at(-MOST_HANDED - 1);
  if (given === undefined) return { done, handed: kept };
  return { done: `${given.instant}Z`, handed: kept };
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTime(value: unknown): value is string {
  return sortableTime(value) !== undefined;
}
