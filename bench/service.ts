import { join } from 'node:path';
import { type Faults, type Sandbox, startSandbox } from '../src/sandbox';

/** The sandbox in a separate process, so that its work is not measured; commands arrive as messages. */
export type Order =
  | { readonly order: 'faults'; readonly faults: Partial<Faults> }
  | { readonly order: 'count' };

/** Since the start, to Graph. */
export interface Counts {
  /** HTTP requests. */
  readonly requests: number;
  /** A batch counted by its items. */
  readonly requested: number;
  /** Refused by a budget. */
  readonly refused: number;
  /** Items of batches for hosts that are named `list0-…`, `list1-…`, by that number. */
  readonly lists: readonly number[];
}

async function main(): Promise<void> {
  const world = process.argv[2] || join(__dirname, '../test_data/world');
  const sandbox = await startSandbox({ world });
  process.on('message', (message: Order) => {
    if (message.order === 'faults') Object.assign(sandbox.faults, message.faults);
    process.send?.(count(sandbox));
  });
  process.once('disconnect', () => void sandbox.close());
  process.send?.({ origin: sandbox.origin, ca: sandbox.ca, params: sandbox.params });
}

function count({ requests, faults }: Sandbox): Counts {
  const graph = requests.filter(({ path }) => path.startsWith('/v1.0'));
  const requested = graph.map(
    ({ json }) => (json as { requests?: unknown[] } | undefined)?.requests?.length ?? 1,
  );
  return {
    requests: graph.length,
    requested: requested.reduce((sum, items) => sum + items, 0),
    refused: faults.budget?.refused ?? 0,
    lists: listsIn(
      graph.flatMap(({ json }) => (json as { requests?: { url: string }[] } | undefined)?.requests ?? []),
    ),
  };
}

function listsIn(items: readonly { readonly url: string }[]): number[] {
  const counts: number[] = [];
  for (const { url } of items) {
    const [, list] = /\/hosts\/list(\d)-/.exec(url) ?? [];
    if (list !== undefined) counts[Number(list)] = (counts[Number(list)] ?? 0) + 1;
  }
  return counts;
}

void main();
