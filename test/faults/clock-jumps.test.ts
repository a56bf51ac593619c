import type { Clock } from '../../src/base/clock';
import { localBudget } from '../../src/budget/local-budget';
import { rateLimitedBudget } from '../../src/budget/rate-limited-budget';
import { cursorStore } from '../../src/doors/mcp/cursor-store';
import { openEngine } from '../../src/engine/engine';
import { openTraffic } from '../../src/engine/open-services';
import type { HttpResponse } from '../../src/http/transport';
import { PARAMS, TOKEN } from '../support/recorder';
import { random } from './random';

const MONTH = 30 * 24 * 3_600_000;

/** A wall clock that jumps up to a month at every reading. Waits are over at once, and recorded; a whole command never times out. */
function jumpingClock(seed: number): Clock & { readonly waits: number[] } {
  const { below } = random(seed);
  const waits: number[] = [];
  let monotonic = 1_000;
  return {
    waits,
    now: () => Date.UTC(2026, 5, 1) + below(2 * MONTH) - MONTH,
    monotonic: () => monotonic,
    after(milliseconds, call) {
      if (milliseconds >= 30_000 && milliseconds <= 240_000) return () => {};
      waits.push(milliseconds);
      monotonic += milliseconds;
      const due = setImmediate(call);
      return () => clearImmediate(due);
    },
  };
}

function response(status: number, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  const body = status === 200 ? '{"id":"contoso.com"}' : '{"error":{"code":"Later","message":"Later."}}';
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}

const SEEDS = Array.from({ length: 20 }, (_, at) => at + 1);

test.each(SEEDS)(
  'a command waits as long as Graph requests while the wall clock jumps, seed %i',
  async (seed) => {
    const clock = jumpingClock(seed);
    const script = [response(503), response(429, { 'retry-after': '7' }), response(502), response(200)];
    const transport = async ({ method }: { method: string }) =>
      method === 'POST' ? TOKEN : (script.shift() ?? response(200));
    const traffic = openTraffic(transport, { clock, budget: localBudget(clock) });
    const engine = openEngine({ params: PARAMS, transport, clock, traffic });
    const { entries } = await engine.execute('msg-defender-threat-intel-host', { host_id: 'contoso.com' });
    expect(entries.map(({ Type }) => Type)).toEqual([1]);
    const total = clock.waits.reduce((sum, wait) => sum + wait, 0);
    expect(total).toBeGreaterThanOrEqual(7_000);
    expect(total).toBeLessThan(30_000);
  },
);

test.each(SEEDS)('a fixed rate of requests is kept while the wall clock jumps, seed %i', async (seed) => {
  const clock = jumpingClock(seed);
  const start = clock.monotonic();
  const budget = rateLimitedBudget(20, localBudget(clock), clock);
  for (let sent = 0; sent < 400; sent++) await budget.take(1, 'bulk');
  const seconds = (clock.monotonic() - start) / 1_000;
  expect(seconds).toBeGreaterThan(18);
  expect(seconds).toBeLessThan(21);
});

test.each(SEEDS)('a cursor of MCP lives for 15 minutes while the wall clock jumps, seed %i', (seed) => {
  const clock = jumpingClock(seed);
  const cursors = cursorStore<string>(clock);
  const cursor = cursors.keep('rows', 1, 4);
  expect(cursors.take(cursor)).toMatchObject({ found: 'rows' });
});
