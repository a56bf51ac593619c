import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createPlugin } from '../../src/index';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { WORLD } from '../support/case';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

function graphRequests(): number {
  return sandbox.requests.filter(({ path }) => path.startsWith('/v1.0')).length;
}

test('a thousand parallel commands for different hosts make at most 60 HTTP requests over 8 sockets', async () => {
  const plugin = createPlugin({ params: sandbox.params, ca: sandbox.ca });
  let sockets = 0;
  const count = () => {
    sockets += 1;
  };
  subscribe('net.server.socket', count);
  const outcomes = await Promise.all(
    Array.from({ length: 1_000 }, (_, index) =>
      plugin.execute('msg-defender-threat-intel-host', { host_id: `n${index}.example` }),
    ),
  );
  unsubscribe('net.server.socket', count);
  expect(outcomes.flatMap(({ errors }) => errors)).toEqual([]);
  expect(graphRequests()).toBeLessThanOrEqual(60);
  expect(sockets).toBeGreaterThan(0);
  expect(sockets).toBeLessThanOrEqual(8);
  expect(sandbox.requests.length - graphRequests()).toBe(1);
});

test('a thousand parallel commands for one host make one request', async () => {
  const plugin = createPlugin({ params: sandbox.params, ca: sandbox.ca });
  const outcomes = await Promise.all(
    Array.from({ length: 1_000 }, () =>
      plugin.execute('msg-defender-threat-intel-host', { host_id: 'contoso.com' }),
    ),
  );
  expect(outcomes.every(({ entries }) => entries[0]?.Type === 1)).toBe(true);
  expect(graphRequests()).toBe(1);
});

test('parallel commands wait together after a 429', async () => {
  sandbox.faults.budget = { requests: 200, window: 1 };
  const plugin = createPlugin({ params: sandbox.params, ca: sandbox.ca });
  const outcomes = await Promise.all(
    Array.from({ length: 500 }, (_, index) =>
      plugin.execute('msg-defender-threat-intel-host', { host_id: `n${index}.example` }),
    ),
  );
  expect(outcomes.flatMap(({ errors }) => errors)).toEqual([]);
  const rows = sandbox.requests.map(
    ({ json }) => ((json ?? {}) as { requests?: unknown[] }).requests?.length ?? 1,
  );
  expect(rows.reduce((sum, count) => sum + count, 0)).toBeLessThan(500 + 300);
});
