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
import { type EnrichedRow, enrichedRow, type InputRow, readRow } from './row';

/** Groups of a batch each that are asked at once: what is asked again after a kill, and all that is in memory. */
const WINDOW = 16;

export interface EnrichPorts {
  readonly graph: GraphClient;
  readonly signal: AbortSignal;
  /** Hears of every group that was written. */
  onProgress(rows: readonly EnrichedRow[]): void;
}

/**
 * Enriches observables into a sink, a row for each and in their order, behind those that the sink has already.
 * @param source texts that should each be an observable; read no faster than the sink takes.
 * @throws PluginError ARGUMENT_INVALID where the sink was begun with another source; CANCELLED as the signal says; and what Graph
 * answered where it would answer so to any row. The sink then holds whole groups and can be taken up again.
 */
export async function enrich(
  source: AsyncIterable<string>,
  format: EnrichFormat,
  sink: EnrichOutput,
  { graph, signal, onProgress }: EnrichPorts,
): Promise<void> {
  let whole = false;
  const ending = new AbortController();
  const either = AbortSignal.any([signal, ending.signal]);
  setMaxListeners(0, either);
  try {
    const groups = groupsOf(source, BATCH_SIZE);
    let print = await skip(groups, sink.done);
    for await (const rows of inOrder(groups, WINDOW, (inputs) => ask(inputs, graph, either))) {
      print = fingerprint(
        print,
        rows.map(({ input }) => input),
      );
      await sink.put(rows.map((row) => format.row(row, sink.started)).join(''), rows.length, print);
      onProgress(rows);
    }
    whole = true;
  } catch (error) {
    throw signal.aborted ? abortError(signal) : error;
  } finally {
    ending.abort();
    await sink.close(whole);
  }
}

/** Reads over what was done already, and makes sure that it was this. */
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

async function ask(
  inputs: readonly string[],
  graph: GraphClient,
  signal: AbortSignal,
): Promise<EnrichedRow[]> {
  const rows = inputs.map(readRow);
  const asked = rows.filter((row): row is Extract<InputRow, { observable: object }> => 'observable' in row);
  const answers = (
    await graph.execute(
      asked.map((row) => requestFor(row.observable)),
      signal,
    )
  ).values();
  return rows.map((row) => enrichedRow(row, 'observable' in row ? answers.next().value : undefined));
}

function fingerprint(before: string, inputs: readonly string[]): string {
  return createHash('sha256')
    .update(`${before}\n${inputs.join('\n')}`)
    .digest('base64');
}

function otherSource(): PluginError {
  return new PluginError('ARGUMENT_INVALID', 'The input is not the one that this output was begun with.', {
    hint: 'Give the same input again, or name another output.',
  });
}
