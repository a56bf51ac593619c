import { isCount, isRecord, parseJson } from '../base/json';
import type { ChunkRange } from './chunk-store';

/** Raised when the documents below change in a way that an older worker would misread. */
export const JOB_VERSION = 3;

/** `ended`: its rows are in the output, or it was removed by name; what it stored is being removed. */
const STATES = ['running', 'paused', 'cancelled', 'ended'] as const;
export type JobState = (typeof STATES)[number];

/** Whether workers drop the chunks of a job in this state. */
export function isOver(state: JobState): boolean {
  return state === 'cancelled' || state === 'ended';
}

/** The states that each action is allowed in, and the state that it leads to. */
export const TRANSITIONS = {
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  cancel: { from: ['running', 'paused'], to: 'cancelled' },
  // Workers drop the chunks of a cancelled job, so only submitting it again continues it.
  restart: { from: ['cancelled'], to: 'running' },
  end: { from: ['running', 'paused', 'cancelled'], to: 'ended' },
} as const satisfies Record<string, { readonly from: readonly JobState[]; readonly to: JobState }>;

export type JobAction = keyof typeof TRANSITIONS;

/** The record of a job in Redis: names and counts, no observables, no parameters. */
export interface Job {
  readonly version: number;
  readonly name: string;
  readonly tenant: string;
  /** Of the stored input. */
  readonly hash: string;
  readonly rows: number;
  readonly chunks: number;
  /** The location of its chunk store: a folder, or `blob:` and the prefix of its blobs in the container. */
  readonly location: string;
  /** The name of the input in the store. */
  readonly input: string;
  /** ISO 8601; the same in every part of the output. */
  readonly started: string;
  readonly state: JobState;
  /** Cached responses of requests before this time are not used, milliseconds since the epoch; any age by default. */
  readonly notBefore?: number | undefined;
  /** Whether `--every` submitted it: a later run with another list replaces it. */
  readonly periodic?: true;
}

/** The data that a worker needs to process one chunk. */
export interface ChunkData extends ChunkRange {
  readonly version: number;
  readonly job: string;
  readonly tenant: string;
  readonly hash: string;
  readonly index: number;
}

/** Rows of a chunk by outcome. */
export type ChunkCounts = Readonly<Record<string, number>>;

/** Returns the id of a chunk; it depends only on the job and the chunk, so submitting twice adds nothing. */
export function chunkId(job: string, hash: string, index: number | ''): string {
  return `${job}-${hash}-${index}`;
}

/** One queue per tenant: no tenant's outage or budget slows another. */
export function queueName(tenant: string): string {
  return `mdti-${tenant}`;
}

/** Names of jobs and tenants end up in keys, file names and metrics. */
export function isName(text: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,62}$/i.test(text);
}

const HASH = /^[0-9a-f]{16}$/;
const INPUT = /^input-[0-9a-f-]{36}\.ndjson$/;

/** Bytes of one chunk of the input. */
const LARGEST_CHUNK = 64 * 1024 * 1024;

/** Reads a job; undefined for a string that is not one in every field, since its fields become paths. */
export function parseJob(text: string | undefined): Job | undefined {
  const job = text === undefined ? undefined : parseJson(text);
  const isJob =
    isRecord(job) &&
    isCount(job.version) &&
    isNameValue(job.name) &&
    isNameValue(job.tenant) &&
    isMatch(HASH, job.hash) &&
    isCount(job.rows) &&
    isCount(job.chunks) &&
    isMatch(/^.{1,4096}$/s, job.location) &&
    isMatch(INPUT, job.input) &&
    isMatch(/^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z$/, job.started) &&
    STATES.some((state) => state === job.state) &&
    (job.notBefore === undefined || typeof job.notBefore === 'number') &&
    (job.periodic === undefined || job.periodic === true);
  return isJob ? (job as unknown as Job) : undefined;
}

/** Whether a document of the queue is a chunk of this job. */
export function isChunkOf(job: Job, chunk: ChunkData): boolean {
  const { index, start, end, hash } = chunk;
  const isInside = isCount(index) && index < job.chunks && isCount(start) && isCount(end);
  return isInside && hash === job.hash && end > start && end - start <= LARGEST_CHUNK;
}

function isNameValue(value: unknown): boolean {
  return typeof value === 'string' && isName(value);
}

function isMatch(pattern: RegExp, value: unknown): boolean {
  return typeof value === 'string' && pattern.test(value);
}
