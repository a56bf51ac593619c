import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { systemClock } from '../../src/base/clock';
import { silentLog } from '../../src/base/log';
import { socketLocation } from '../../src/budget/machine/socket-location';
import { budgetName, openBudget } from '../../src/engine/open-budget';

// Imported once, opened by every budget that needs it.
let mockOpened = 0;
let mockFails = 0;
jest.mock('../../src/budget/machine/machine-budget', () => {
  const real = jest.requireActual('../../src/budget/machine/machine-budget');
  const machineBudget = (...given: unknown[]) => {
    mockOpened += 1;
    if (mockOpened === mockFails) throw new Error('EMFILE: too many open files');
    return real.machineBudget(...given);
  };
  return { ...real, machineBudget };
});
beforeEach(() => {
  mockOpened = 0;
  mockFails = 0;
});

const made = mkdtempSync(join(tmpdir(), 'mdti-open-budget-'));
const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});
afterAll(() => rmSync(made, { recursive: true }));

const ports = { clock: systemClock, log: silentLog };
const CONTOSO = { tenant_id: 'contoso', app_id: '00001111-aaaa-2222-bbbb-3333cccc4444' };

function stateIn(folder: string): string {
  process.env.MDTI_STATE_FILE = join(made, folder, 'state.json');
  mkdirSync(join(made, folder));
  return join(made, folder, 'budget');
}

test('does not load the shared budget for a socket of another tenant', async () => {
  const folder = stateIn('other');
  const other = socketLocation(folder, budgetName({ ...CONTOSO, tenant_id: 'fabrikam' }));
  mkdirSync(other.folder, { mode: 0o700 });
  writeFileSync(join(other.folder, `${other.name}.1`), '');
  await openBudget(CONTOSO, ports).take(1, 'interactive');
  expect(mockOpened).toBe(0);
});

test.each([
  ['a state folder', 'state'],
  ['a state folder whose path is too long for a socket', 'x'.repeat(120)],
])('a short command joins the budget that a long one serves, in %s', async (_, name) => {
  const folder = stateIn(name);
  // A tenant of this test alone: sockets of a long path are in one folder of the user.
  const params = { ...CONTOSO, tenant_id: `${name}-${process.pid}` };
  const serving = openBudget(params, { ...ports, serves: true });
  await serving.take(1, 'bulk');
  const joining = openBudget(params, ports);
  await joining.take(1, 'interactive');
  joining.refused?.(60_000);
  await closed(serving);
  joining.close?.();
  serving.close?.();
  const location = socketLocation(folder, budgetName(params));
  expect(dirname(join(location.folder, location.name)).length).toBeLessThan(100);
});

/** Takes requests until a refusal that another process met closes the budget. */
async function closed(budget: ReturnType<typeof openBudget>): Promise<void> {
  const leaving = new AbortController();
  const taking = (async () => {
    for (;;) {
      await budget.take(1, 'bulk', leaving.signal);
      budget.accepted?.(1);
      await new Promise((later) => setImmediate(later));
    }
  })();
  while (budget.opensAt?.() === undefined) await new Promise((later) => setImmediate(later));
  leaving.abort(new Error('left'));
  await expect(taking).rejects.toThrow('left');
}

test('uses a budget of this process if the shared one cannot be opened, and opens it again a second later', async () => {
  stateIn('no-files');
  mockFails = 1;
  const log = jest.fn();
  let now = 0;
  const clock = { ...systemClock, monotonic: () => now };
  const budget = openBudget(CONTOSO, { clock, log, serves: true });
  expect(await budget.take(1, 'interactive')).toBe(1);
  expect(log.mock.calls).toEqual([
    ['info', 'the budget of this machine is not used', { reason: 'Error: EMFILE: too many open files' }],
  ]);
  now = 999;
  expect(await budget.take(1, 'interactive')).toBe(1);
  expect(mockOpened).toBe(1);
  now = 1_000;
  expect(await budget.take(1, 'interactive')).toBe(1);
  expect(mockOpened).toBe(2);
  budget.close?.();
});

test('grants requests of this process after it was closed, opened or not', async () => {
  stateIn('closed');
  const unopened = openBudget(CONTOSO, { ...ports, serves: true });
  unopened.close?.();
  expect([await unopened.take(1, 'interactive'), mockOpened]).toEqual([1, 0]);
});
