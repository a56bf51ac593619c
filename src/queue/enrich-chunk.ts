import type { AbortSignalLike } from '../base/plain-abort';
import { enrich } from '../enrich/enrich';
import { NO_PROGRESS } from '../enrich/journal';
import { type EnrichedRow, type EnrichFormat, isEnrichedRow } from '../enrich/row';
import type { GraphClient } from '../graph/client';
import { storedLines } from './chunk-store';
import type { ChunkCounts } from './job';

/** The form in which rows are stored between worker and merge; the merge applies the output format, in order. */
const STORED_ROWS: EnrichFormat = {
  head: '',
  row: (row) => `${JSON.stringify(row)}\n`,
  foot: () => '',
};

/** Enriches one chunk in memory. @throws PluginError as `enrich` does */
export async function enrichChunk(
  graph: GraphClient,
  inputs: readonly string[],
  signal: AbortSignalLike,
): Promise<{ readonly text: string; readonly counts: ChunkCounts }> {
  const counts: Record<string, number> = {};
  let text = '';
  const output = {
    done: NO_PROGRESS,
    started: '',
    put: async (more: string) => {
      text += more;
    },
    close: async () => {},
  };
  await enrich(oneByOne(inputs), STORED_ROWS, output, {
    graph,
    signal,
    onProgress(rows) {
      for (const { outcome } of rows) counts[outcome] = (counts[outcome] ?? 0) + 1;
    },
  });
  return { text, counts };
}

/** The rows that `enrichChunk` stored. @throws PluginError STATE_UNAVAILABLE if they are damaged */
export function storedRows(text: string): EnrichedRow[] {
  return storedLines(text, isEnrichedRow, 'rows');
}

async function* oneByOne(inputs: readonly string[]): AsyncGenerator<string> {
  yield* inputs;
}
