import { join } from 'node:path';
import { type Faults, startSandbox } from '../src/sandbox';

/** The sandbox in a process of its own, so that serving is not measured with asking; commands come as messages. */
export type Order =
  | { readonly order: 'faults'; readonly faults: Partial<Faults> }
  | { readonly order: 'count' };

async function main(): Promise<void> {
  const world = process.argv[2] || join(__dirname, '../test_data/world');
  const sandbox = await startSandbox({ world });
  process.on('message', (message: Order) => {
    if (message.order === 'faults') Object.assign(sandbox.faults, message.faults);
    const graph = sandbox.requests.filter(({ path }) => path.startsWith('/v1.0'));
    process.send?.({ requests: graph.length });
  });
  process.once('disconnect', () => void sandbox.close());
  process.send?.({ origin: sandbox.origin, ca: sandbox.ca, params: sandbox.params });
}

void main();
