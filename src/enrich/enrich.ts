import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { PluginError } from '../base/errors';
import { BATCH_SIZE } from '../graph/batch';
import type { GraphClient } from '../graph/client';
import { abortError } from '../http/retry';
import { groupsOf, inOrder } from './in-order';
import type { Done } from './journal';
import { requestFor } from './observable';
import type { EnrichOutput } from './output-file';
import type { EnrichFormat } from './row';
import { type EnrichedRow, enrichedRow, readRow } from './row';

/** Groups of a batch each that are in memory at once, a few more than may be under way: what is sent again after a kill. */
const WINDOW = 40;

export interface EnrichPorts {
  readonly graph: GraphClient;
  readonly signal: AbortSignal;
  /** Called with every group that was written. */
  onProgress(rows: readonly EnrichedRow[]): void;
}

/**
 * Writes one row for each observable, in their order, behind the rows that an earlier run wrote.
 * @param source texts that should each be an observable; read no faster than the output takes rows.
 * @throws PluginError ARGUMENT_INVALID where the output was started with another source; CANCELLED as the signal says; and errors of
 * Graph that any row would meet. The output then holds whole groups and can be resumed.
 */
export async function enrich(
  source: AsyncIterable<string>,
  format: EnrichFormat,
  output: EnrichOutput,
  { graph, signal, onProgress }: EnrichPorts,
): Promise<void> {
  let complete = false;
  const ending = new AbortController();
  const either = AbortSignal.any([signal, ending.signal]);
  setMaxListeners(0, either);
  try {
    const groups = groupsOf(source, BATCH_SIZE);
    let print = await skip(groups, output.done);
    const work = (inputs: readonly string[]) => lookUp(inputs, graph, output.started, either);
    for await (const ready of inOrder(groups, WINDOW, work)) {
      for (const group of ready)
        print = fingerprint(
          print,
          group.map(({ input }) => input),
        );
      const rows = ready.flat();
      await output.put(rows.map(format.row).join(''), rows.length, print);
      onProgress(rows);
    }
    complete = true;
  } catch (error) {
    throw signal.aborted ? abortError(signal) : error;
  } finally {
    ending.abort();
    await output.close(complete);
  }
}

/** Skips the rows that an earlier run wrote, and checks that they are the same. */
async function skip(groups: AsyncGenerator<string[]>, done: Done): Promise<string> {
  let print = '';
  for (let rows = 0; rows < done.rows; ) {
    const { value } = await groups.next();
    const inputs: readonly string[] = value ?? [];
    rows += inputs.length;
    print = fingerprint(print, inputs);
    if (inputs.length === 0 || rows > done.rows) throw otherSource();
  }
  if (print !== done.print) throw otherSource();
  return print;
}

async function lookUp(
  inputs: readonly string[],
  graph: GraphClient,
  started: string,
  signal: AbortSignal,
): Promise<EnrichedRow[]> {
  const rows = inputs.map(readRow);
  const observables = rows.flatMap((row) => ('observable' in row ? row.observable : []));
  const results = (await graph.execute(observables.map(requestFor), signal)).values();
  return rows.map((row) => enrichedRow(row, 'observable' in row ? results.next().value : undefined, started));
}

function fingerprint(before: string, inputs: readonly string[]): string {
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
