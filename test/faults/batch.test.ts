import { type FaultRule, type Sandbox, startSandbox } from '../../src/sandbox';
import { WORLD } from '../support/case';
import { type Stage, seen, stage } from './stage';

const API = '/v1.0/security/threatIntelligence';

let sandbox: Sandbox;
let on: Stage;

beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD, clock: () => on.clock.now() });
  on = stage(sandbox);
});
afterAll(() => sandbox.close());

let before: number;
beforeEach(async () => {
  await on.run('host', { host_id: 'contoso.com' });
  sandbox.faults.rules = [];
  sandbox.faults.budget = null;
  before = sandbox.requests.length;
});

/** Unknown names, so that each is listed under the table. */
function names(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `absent-${index}.example`);
}

/** The sizes of the batches of a test, as they arrived; 0 for a request that went alone. */
function sizes(): number[] {
  return sandbox.requests
    .slice(before)
    .filter(({ path }) => path.startsWith('/v1.0'))
    .map(({ json }) => (json as { requests?: unknown[] } | undefined)?.requests?.length ?? 0);
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const started = on.clock.now();
  await work();
  return (on.clock.now() - started) / 1000;
}

test('forty-five hosts travel in three batches and come back in their order', async () => {
  const requested = names(45);
  const { entries } = await on.run('host', { host_id: [...requested, 'contoso.com'].reverse() });
  expect(sizes().sort()).toEqual([20, 20, 6]);
  expect(entries[0]?.HumanReadable).toContain(`Not found: ${[...requested].reverse().join(', ')}.`);
});

test('one host travels alone', async () => {
  await on.run('host', { host_id: 'contoso.com' });
  expect(sizes()).toEqual([0]);
});

test('a host given twice, in two spellings, is requested once', async () => {
  await on.run('host', { host_id: 'contoso.com, CONTOSO[.]com, example.org' });
  expect(sizes()).toEqual([2]);
});

test('throttled items are retried after their wait, the others are not', async () => {
  sandbox.faults.rules = [{ kind: 'throttle', match: API, times: 3, retryAfter: 7 }];
  const took = await seconds(async () => {
    const outcome = await on.run('host', { host_id: [...names(24), 'contoso.com'] });
    expect(outcome.errors).toEqual([]);
    expect(seen(outcome)).toContain('contoso.com');
  });
  expect(sizes().reduce((sum, size) => sum + Math.max(1, size), 0)).toBe(25 + 3);
  expect(took).toBeGreaterThanOrEqual(7);
});

test('each renewal of the request budget is used up, and waiting requests are not refused first', async () => {
  sandbox.faults.budget = { requests: 100, window: 10 };
  const took = await seconds(async () => {
    const outcome = await on.run('host', { host_id: [...names(299), 'contoso.com'] });
    expect(outcome.errors).toEqual([]);
    expect(seen(outcome)).toContain('contoso.com');
  });
  expect(took).toBe(20);
  const underWay = 5 * 20;
  expect(sizes().reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(300 + 2 * underWay);
});

test('an item with a server error is retried', async () => {
  sandbox.faults.rules = [{ kind: 'error', match: `${API}/hosts/contoso.com`, times: 2, status: 503 }];
  const outcome = await on.run('host', { host_id: ['contoso.com', 'example.org'] });
  expect(sizes()).toEqual([2, 0, 0]);
  expect(seen(outcome)).toContain('contoso.com');
});

test('an item that is rejected fails alone, with Graph’s words', async () => {
  sandbox.faults.rules = [{ kind: 'error', match: `${API}/hosts/example.org`, times: 2, status: 403 }];
  const outcome = await on.run('host', { host_id: ['contoso.com', 'example.org'] });
  expect(outcome.entries[0]?.Type).toBe(1);
  expect(seen(outcome)).toMatch(/Failed: example\.org — Graph responded with 403/);
});

const WHOLE: readonly FaultRule[] = [
  { kind: 'throttle', match: '/v1.0/$batch', times: 1, retryAfter: 3 },
  { kind: 'error', match: '/v1.0/$batch', times: 1, status: 503 },
  { kind: 'reset', match: '/v1.0/$batch', times: 1 },
  { kind: 'truncate', match: '/v1.0/$batch', times: 1 },
  { kind: 'garble', match: '/v1.0/$batch', times: 1 },
];

test.each(WHOLE)('a whole batch that meets $kind loses nothing', async (rule) => {
  sandbox.faults.rules = [{ ...rule }];
  const outcome = await on.run('host', { host_id: ['contoso.com', 'example.org', ...names(18)] });
  expect(outcome.errors).toEqual([]);
  expect(seen(outcome)).toMatch(/contoso\.com.*2 hosts/s);
});

test('a token that is rejected is renewed once for all', async () => {
  sandbox.reset();
  before = 0;
  await on.run('host', { host_id: names(40) });
  expect(sandbox.requests.filter(({ path }) => path.includes('/token'))).toHaveLength(1);
  expect(sizes()).toEqual([20, 20, 20, 20]);
});

test.each([400, 403, 404, 405, 501])(
  'where batches are rejected with %i, everything goes alone',
  async (status) => {
    sandbox.faults.rules = [{ kind: 'error', match: '/v1.0/$batch', times: 99, status }];
    const outcome = await on.run('host', { host_id: ['contoso.com', ...names(99)] });
    const refused = sizes().filter((size) => size > 0).length;
    expect(refused).toBeLessThanOrEqual(4);
    expect(sizes()).toHaveLength(refused + 100);
    expect(seen(outcome)).toContain('1 host.');
  },
);
