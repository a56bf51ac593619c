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
  readonly asked: number;
  /** Refused by a budget. */
  readonly refused: number;
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
  const asked = graph.map(
    ({ json }) => (json as { requests?: unknown[] } | undefined)?.requests?.length ?? 1,
  );
  return {
    requests: graph.length,
    asked: asked.reduce((sum, items) => sum + items, 0),
    refused: faults.budget?.refused ?? 0,
  };
}

void main();
