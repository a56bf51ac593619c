import { isPluginError } from '../../base/errors';
import { sanitize } from '../../base/sanitize';
import type { Config } from '../../config/config';
import { momentOf } from '../../config/since';
import type { Article } from '../../model/generated/graph';
import type { Incident, LastRun } from '../../xsoar/entry';
import type { Services } from '../declaration/services';
import { type DatedArticle, instantOf, oldestFirst, versionKey } from './articles';
import { type FetchProgress, readProgress, startAt, writeProgress } from './fetch-progress';
import { incidentOf, type Made } from './incident';
import { type ReadArticles, readArticles } from './read-articles';

interface Fetched {
  /** Oldest first. */
  readonly incidents: readonly Incident[];
  /** For the next fetch. Store it together with the incidents: stored alone, articles are lost or doubled. */
  readonly lastRun: LastRun;
  /** Notes for an administrator, one sentence each. */
  readonly warnings: readonly string[];
}

const DAY = 24 * 60 * 60 * 1000;

/**
 * Returns the articles that are new or changed since the last fetch, as incidents. Graph offers no filter by time, and the order of its
 * list is not to be trusted: it is checked over the whole list once a day. A sorted list is read back to where the last fetch ended, an
 * unsorted one to its end, if need be over several fetches; the boundary never passes what was not read.
 * @throws PluginError what failed before anything was read; the last run then stays unchanged.
 */
export async function fetchIncidents(services: Services, lastRun: unknown): Promise<Fetched> {
  const { config, graph, clock, signal } = services;
  const now = clock.now();
  const future = instantOf(new Date(now + DAY).toISOString());
  const start = startingPoint(lastRun, config.incidents.first, now, future);
  const { warnings } = start;
  let { progress } = start;
  const handed = new Set(progress.handed.map(versionKey));
  const done = instantOf(progress.done);
  const isTrusted = progress.sorted && now - progress.checked < DAY;
  const readFrom = (from: string | undefined) =>
    readArticles(
      graph,
      {
        until: isTrusted ? progress.upTo : undefined,
        from,
        keep: (one) =>
          one.instant >= done && !handed.has(versionKey(one)) && isWanted(one.article, config.incidents),
        isPlausible: ({ instant }) => instant <= future,
      },
      signal,
    );
  const read = await readFrom(progress.scan?.next).catch((error: unknown) => {
    if (progress.scan === undefined || !isExpired(error)) throw error;
    progress = { ...progress, scan: undefined };
    return readFrom(undefined);
  });
  const step = advance(progress, read, config.incidents, { now, future });
  const made = step.chosen.map((one) => incidentOf(one, config.incidents.type));
  return {
    incidents: made.map(({ incident }) => incident),
    lastRun: writeProgress(lastRun, step.progress),
    warnings: [
      ...warnings,
      ...read.warnings,
      ...step.warnings,
      ...notesOf(made),
      ...datedAhead(step.chosen, future),
    ],
  };
}

/** Returns the start of this fetch: the last progress, or first_fetch if that progress is missing or in the future. */
function startingPoint(lastRun: unknown, first: Parameters<typeof momentOf>[0], now: number, future: string) {
  const progress = readProgress(lastRun);
  const isAhead = progress !== undefined && instantOf(progress.done) > future;
  if (progress !== undefined && !isAhead) return { progress, warnings: [] };
  const warnings = isAhead
    ? [`The last run ended in the future (${progress.done}); fetching starts again at first_fetch.`]
    : [];
  return { progress: startAt(momentOf(first, now)), warnings };
}

/** Whether Graph no longer accepts the position at which the last fetch stopped. */
function isExpired(error: unknown): boolean {
  return (
    isPluginError(error) && ['GRAPH_BAD_REQUEST', 'GRAPH_NOT_FOUND', 'GRAPH_UNEXPECTED'].includes(error.code)
  );
}

interface Step {
  readonly chosen: readonly DatedArticle[];
  readonly progress: FetchProgress;
  readonly warnings: readonly string[];
}

interface Times {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Sortable: later articles move no boundary. */
  readonly future: string;
}

/** Returns the incidents for the articles read, and the new progress. */
function advance(progress: FetchProgress, read: ReadArticles, choice: Choice, times: Times): Step {
  const { end, sorted } = read;
  if (!sorted || progress.scan !== undefined) return advanceUnsorted(progress, read, choice, times);
  const hasPassed = read.passed(progress.upTo);
  const isChecked = end === 'list' || (end === 'bound' && hasPassed);
  if (isChecked || (hasPassed && progress.sorted))
    return advanceSorted(progress, read, choice, { ...times, isChecked });
  return advanceUnsorted(progress, read, choice, times);
}

/** The list is sorted: everything up to the newest article is done, or up to the last one chosen where more are due. */
function advanceSorted(
  progress: FetchProgress,
  read: ReadArticles,
  choice: Choice,
  { now, future, isChecked }: Times & { readonly isChecked: boolean },
): Step {
  const from = instantOf(isChecked ? progress.done : progress.upTo);
  const { chosen, isCut } = chooseOldest(
    read.kept.filter(({ instant }) => instant >= from),
    choice.most,
  );
  const last = isCut ? plausible(chosen, future).at(-1) : read.newest;
  const upTo = later(progress.upTo, last?.time);
  return {
    chosen,
    progress: {
      done: isChecked ? upTo : progress.done,
      handed: [...progress.handed, ...chosen],
      sorted: true,
      upTo,
      checked: isChecked ? now : progress.checked,
    },
    warnings: [],
  };
}

/**
 * The list is not sorted. An article that appeared while it was read may have been missed, so a whole read proves everything up to the
 * newest article of the whole read before it; and what is older than a day, if it was one fetch.
 */
function advanceUnsorted(
  progress: FetchProgress,
  read: ReadArticles,
  choice: Choice,
  { now, future }: Times,
): Step {
  const { chosen, isCut } = chooseOldest(read.kept, choice.most);
  const { scan } = progress;
  const isOneFetch = scan === undefined && read.end === 'list';
  const dayAgo = new Date(now - DAY).toISOString();
  const newest = later(scan?.newest ?? progress.done, read.newest?.time);
  const base = { ...progress, handed: [...progress.handed, ...chosen], sorted: false, checked: now };
  const warnings = read.sorted ? [] : [UNSORTED];
  if (isCut) {
    const last = plausible(chosen, future).at(-1)?.time;
    const proven = later(progress.newest ?? progress.done, dayAgo);
    const done =
      isOneFetch && last !== undefined ? later(progress.done, earlier(last, proven)) : progress.done;
    return { chosen, progress: { ...base, done, upTo: done }, warnings };
  }
  const { done } = progress;
  if (read.end === 'bound' || read.end === 'failed') {
    const next = read.next === undefined ? undefined : { next: read.next, newest };
    const progressed = { ...base, upTo: done, scan: next };
    return { chosen, progress: progressed, warnings: [...warnings, TO_BE_CONTINUED] };
  }
  const proven = later(later(done, progress.newest), isOneFetch ? earlier(newest, dayAgo) : undefined);
  return {
    chosen,
    progress: { ...base, done: proven, upTo: proven, newest, scan: undefined },
    warnings,
  };
}

const UNSORTED = 'Graph did not sort the articles, so the whole list is read.';
const TO_BE_CONTINUED = 'The list of articles was not read to its end; the next fetch continues from there.';

function plausible(articles: readonly DatedArticle[], future: string): DatedArticle[] {
  return articles.filter(({ instant }) => instant <= future);
}

function later(one: string, other = one): string {
  return instantOf(other) > instantOf(one) ? other : one;
}

function earlier(one: string, other: string): string {
  return instantOf(other) < instantOf(one) ? other : one;
}

function notesOf(made: readonly Made[]): string[] {
  return made.flatMap(({ warning }) => (warning === undefined ? [] : [warning]));
}

function datedAhead(chosen: readonly DatedArticle[], future: string): string[] {
  return chosen
    .filter(({ instant }) => instant > future)
    .map(({ id, time }) => `The article ${sanitize(id)} is dated in the future (${time}).`);
}

/** Which articles become incidents, and how many of them in one fetch. */
export type Choice = Pick<Config['incidents'], 'tags' | 'featuredOnly' | 'most'>;

/** Chooses the oldest articles, each version once: an article that moved while its list was read is on two pages. */
function chooseOldest(
  due: readonly DatedArticle[],
  most: number,
): { readonly chosen: readonly DatedArticle[]; readonly isCut: boolean } {
  const distinct = [...new Map(due.map((one) => [versionKey(one), one])).values()].sort(oldestFirst);
  return { chosen: distinct.slice(0, most), isCut: distinct.length > most };
}

/** Whether the parameters request this article. A tag that is not a string does not count. */
function isWanted({ tags, isFeatured }: Article, choice: Choice): boolean {
  if (choice.featuredOnly && isFeatured !== true) return false;
  if (choice.tags.length === 0) return true;
  return (
    Array.isArray(tags) &&
    tags.some((tag) => typeof tag === 'string' && choice.tags.includes(tag.trim().toLowerCase()))
  );
}
