import { isRecord, parseJson } from '../../base/json';
import { sortableTime } from '../../base/sortable-time';
import type { LastRun } from '../../xsoar/incident';

/** How far fetching has come: everything before this moment is done, and these articles of the moment itself have been handed over. */
export interface Boundary {
  /** ISO 8601, as Graph wrote it. */
  readonly time: string;
  readonly ids: readonly string[];
}

/** The boundary in what the platform kept; undefined before the first fetch, and where it cannot be read. */
export function readBoundary(lastRun: unknown): Boundary | undefined {
  if (!isRecord(lastRun) || typeof lastRun.time !== 'string' || sortableTime(lastRun.time) === undefined)
    return undefined;
  const ids = typeof lastRun.ids === 'string' ? parseJson(lastRun.ids) : undefined;
  return { time: lastRun.time, ids: Array.isArray(ids) ? ids.map(String) : [] };
}

/** The same for the platform to keep, beside whatever it keeps there that is not ours. */
export function writeBoundary(lastRun: unknown, { time, ids }: Boundary): LastRun {
  return { ...(isRecord(lastRun) ? lastRun : {}), time, ids: JSON.stringify(ids) };
}
