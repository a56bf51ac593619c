import { createHash } from 'node:crypto';
import { PluginError } from '../base/errors';
import { linkedAbort } from '../base/linked-abort';
import type { AbortSignalLike } from '../base/plain-abort';
import { BATCH_SIZE } from '../graph/batch';
import type { GraphClient } from '../graph/client';
import { abortError, isRetryable } from '../http/retry';
import type { JournalStep } from './journal';
import type { EnrichOutput } from './output-file';
import { type EnrichedRow, type EnrichFormat, enrichedRow, readRow, requestFor } from './row';
import { countOutcomes, rowsWithoutResult } from './statistics';

/**
 * Groups of a batch each that are in memory at once, a few more than may be in flight: they share the memory of one command, and are
 * sent again after a kill.
 */
export const GROUPS_IN_MEMORY = 40;

/** Failed rows that are retried at the end; further ones are written as failed in their place. Their numbers are in every journal step. */
const MOST_RETRIED = 200;

interface EnrichPorts {
  readonly graph: GraphClient;
  /** Sends failed rows again when all others are written; without it they are written as failed in their place. */
  readonly lastTry?: GraphClient;
  readonly signal: AbortSignalLike;
  /** Called with every group that was written. */
  onProgress(rows: readonly EnrichedRow[]): void;
}

/**
 * Writes one row for each observable, in their order, after the rows that an earlier run wrote. A row that failed at the service is
 * retried at the end, so it comes last.
 * @param source strings that should each be an observable; read no faster than the output takes rows.
 * @throws PluginError ARGUMENT_INVALID if the output was started with another source; CANCELLED as the reason of the signal; and errors of
 * Graph that any row would meet. The output then contains whole groups and can be resumed.
 */
export async function enrich(
  source: AsyncIterable<string>,
  format: EnrichFormat,
  output: EnrichOutput,
  { graph, lastTry, signal, onProgress }: EnrichPorts,
): Promise<void> {
  let complete = false;
  const abort = linkedAbort(signal);
  try {
    const groups = groupsOf(source, BATCH_SIZE);
    const { started } = output;
    const skipped = await skip(groups, output.done);
    let { inputHash } = skipped;
    let read = output.done.rows;
    let failed = skipped.failed;
    const work = (inputs: readonly string[]) => lookUp(inputs, graph, started, abort.signal);
    for await (const ready of inOrder(groups, GROUPS_IN_MEMORY, work)) {
      const rows: LookedUp[] = [];
      for (const { inputs, rows: found } of ready) {
        inputHash = hashOfInputs(inputHash, inputs);
        for (const [place, one] of found.entries()) {
          const isLater = lastTry !== undefined && one.isTemporary && failed.length < MOST_RETRIED;
          if (isLater) failed = [...failed, { at: read + place, input: inputs[place] ?? '' }];
          else rows.push(one);
        }
        read += inputs.length;
      }
      const count = ready.reduce((sum, { inputs }) => sum + inputs.length, 0);
      await put(rows, count);
    }
    for (let group = failed; group.length > 0; group = failed) {
      group = failed.slice(0, BATCH_SIZE);
      const inputs = group.map(({ input }) => input);
      const { rows } = await lookUp(inputs, lastTry ?? graph, started, abort.signal);
      failed = failed.slice(BATCH_SIZE);
      await put(rows, 0);
    }
    complete = true;

    async function put(looked: readonly LookedUp[], count: number): Promise<void> {
      const rows = looked.map(({ row }) => row);
      const text = rows.map(format.row).join('');
      await output.put(
        text,
        count,
        inputHash,
        failed.map(({ at }) => at),
        rowsWithoutResult(countOutcomes(rows)),
      );
      onProgress(rows);
    }
  } catch (error) {
    throw signal.aborted ? abortError(signal) : error;
  } finally {
    abort.unlink();
    abort.abort();
    await output.close(complete);
  }
}

/** A row that failed, by its number in the input. */
interface FailedRow {
  readonly at: number;
  readonly input: string;
}

/** Skips the rows that an earlier run wrote, and checks that they are the same. @returns those that it left for the end, too */
async function skip(
  groups: AsyncGenerator<string[]>,
  done: JournalStep,
): Promise<{ readonly inputHash: string; readonly failed: readonly FailedRow[] }> {
  let inputHash = '';
  const left = new Set(done.failed);
  const failed: FailedRow[] = [];
  for (let rows = 0; rows < done.rows; ) {
    const { value } = await groups.next();
    const inputs: readonly string[] = value ?? [];
    for (const [place, input] of inputs.entries())
      if (left.has(rows + place)) failed.push({ at: rows + place, input });
    rows += inputs.length;
    inputHash = hashOfInputs(inputHash, inputs);
    if (inputs.length === 0) throw otherSource();
  }
  if (inputHash !== done.inputHash) throw otherSource();
  return { inputHash, failed };
}

interface LookedUp {
  readonly row: EnrichedRow;
  /** Whether it failed for a reason that may pass. */
  readonly isTemporary: boolean;
}

async function lookUp(
  inputs: readonly string[],
  graph: GraphClient,
  started: string,
  signal: AbortSignalLike,
): Promise<{ readonly inputs: readonly string[]; readonly rows: readonly LookedUp[] }> {
  const read = inputs.map(readRow);
  const observables = read.flatMap((row) => ('observable' in row ? row.observable : []));
  const results = (await graph.execute(observables.map(requestFor), signal)).values();
  const rows = read.map((row) => {
    const result = 'observable' in row ? results.next().value : undefined;
    const isTemporary = result?.kind === 'failed' && isRetryable(result.error);
    return { row: enrichedRow(row, result, started), isTemporary };
  });
  return { inputs, rows };
}

function hashOfInputs(before: string, inputs: readonly string[]): string {
  return createHash('sha256')
    .update(`${before}\n${inputs.join('\n')}`)
    .digest('base64');
}

function otherSource(): PluginError {
  return new PluginError(
    'ARGUMENT_INVALID',
    'The input differs from the one that this output was started with.',
    {
      hint: 'Use the same input, or another output file.',
    },
  );
}

/** Results that are yielded together if they are ready: a consumer writes them at once. */
const TOGETHER = 16;

interface UnderWay<R> {
  readonly result: Promise<R>;
  isReady: boolean;
}

/**
 * Runs `work` on up to `width` items at a time and yields results in input order: the next one, and those after it that are ready.
 * Reads the source only as results are consumed.
 */
export async function* inOrder<T, R>(
  source: AsyncIterable<T>,
  width: number,
  work: (one: T) => Promise<R>,
): AsyncGenerator<R[]> {
  const underWay: UnderWay<R>[] = [];
  for await (const one of source) {
    underWay.push(started(work(one)));
    if (underWay.length >= width) yield await next(underWay);
  }
  while (underWay.length > 0) yield await next(underWay);
}

function started<R>(result: Promise<R>): UnderWay<R> {
  const begun = { result, isReady: false };
  // Awaited later; without this a rejection would be unhandled until then.
  result.then(
    () => {
      begun.isReady = true;
    },
    () => {},
  );
  return begun;
}

async function next<R>(underWay: UnderWay<R>[]): Promise<R[]> {
  const results: R[] = [];
  const first = underWay[0];
  if (first !== undefined) results.push(await first.result);
  underWay.shift();
  while (underWay[0]?.isReady && results.length < TOGETHER) {
    results.push(await underWay[0].result);
    underWay.shift();
  }
  return results;
}

/** Splits a source into arrays of `size`; the last may be shorter. */
export async function* groupsOf<T>(source: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let group: T[] = [];
  for await (const one of source) {
    group.push(one);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
