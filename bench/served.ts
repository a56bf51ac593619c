import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Faults } from '../src/sandbox';
import type { Counts, Order } from './service';

/** A sandbox in another process. */
export interface Served {
  readonly origin: string;
  readonly ca: string;
  /** A file that contains `ca`, for Node's variable NODE_EXTRA_CA_CERTS. */
  readonly caFile: string;
  readonly params: Readonly<Record<string, unknown>>;
  setFaults(faults: Partial<Faults>): Promise<void>;
  counts(): Promise<Counts>;
  close(): Promise<void>;
}

/** @param world the folder of what it serves; that of the package unless given */
export async function serve(world = ''): Promise<Served> {
  const child = fork(join(__dirname, 'service.ts'), [world], { execArgv: ['--import', 'tsx'] });
  const [{ origin, ca, params }] = (await once(child, 'message')) as [
    Pick<Served, 'origin' | 'ca' | 'params'>,
  ];
  const folder = mkdtempSync(join(tmpdir(), 'mdti-bench-'));
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, ca);
  process.env.MDTI_ALLOW_ENDPOINTS = [process.env.MDTI_ALLOW_ENDPOINTS, origin].filter(Boolean).join(',');
  return {
    origin,
    ca,
    caFile,
    params,
    setFaults: async (faults) => void (await sendOrder(child, { order: 'faults', faults })),
    counts: () => sendOrder(child, { order: 'count' }),
    async close() {
      rmSync(folder, { recursive: true });
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

async function sendOrder(child: ChildProcess, order: Order): Promise<Counts> {
  const received = once(child, 'message');
  child.send(order);
  const [message] = await received;
  return message as Counts;
}
