import {
  chmodSync,
  existsSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock';
import type { RequestBudget } from '../../src/budget/budget';
import { localBudget } from '../../src/budget/local-budget';
import { budgetSockets } from '../../src/budget/machine/budget-sockets';
import { machineBudget } from '../../src/budget/machine/machine-budget';
import { serveBudget } from '../../src/budget/machine/serve-budget';
import { socketLocation } from '../../src/budget/machine/socket-location';

const made = mkdtempSync(join(tmpdir(), 'mdti-budget-'));
let folders = 0;

function freshFolder(): string {
  folders += 1;
  return join(made, String(folders));
}

function budgetIn(folder: string, serves = true, clock = systemClock, name = 'test') {
  const logged: unknown[] = [];
  const local = localBudget(systemClock);
  const budget = machineBudget({
    sockets: budgetSockets(folder, name),
    serves,
    local,
    clock,
    log: (_, event) => logged.push(event),
  });
  return { ...budget, local, logged };
}

test('the first process serves in a folder for this user alone, and the next one shares its limit', async () => {
  const folder = freshFolder();
  const first = budgetIn(folder);
  await first.take(1, 'bulk');
  const second = budgetIn(folder);
  await second.take(1, 'bulk');
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/^[\w-]{16}\.1$/)]);
  second.refused?.(60_000);
  // Until the refusal has arrived, requests are granted.
  const leaving = new AbortController();
  const taking = takesOn(first, leaving.signal);
  await opens(first);
  expect(first.opensAt?.()).toBeGreaterThan(systemClock.monotonic() + 50_000);
  leaving.abort(new Error('left'));
  await expect(taking).rejects.toThrow('left');
});

/** Takes requests until the signal is aborted. */
async function takesOn(budget: RequestBudget, signal: AbortSignal): Promise<void> {
  for (;;) {
    await budget.take(1, 'bulk', signal);
    budget.accepted?.(1);
    await new Promise((later) => setImmediate(later));
  }
}

/** Waits until a budget says when it opens. */
async function opens(budget: { opensAt?(): number | undefined }): Promise<void> {
  while (budget.opensAt?.() === undefined) await new Promise((later) => setImmediate(later));
}

test('a process that only joins continues alone where none serves, and serves nothing', async () => {
  const folder = freshFolder();
  const alone = budgetIn(folder, false);
  await alone.take(1, 'interactive');
  expect(existsSync(folder)).toBe(false);
});

test('a process that only joins shares the budget of the one that serves', async () => {
  const folder = freshFolder();
  const serving = budgetIn(folder);
  await serving.take(1, 'bulk');
  const joining = budgetIn(folder, false);
  await joining.take(1, 'interactive');
  joining.refused(60_000);
  const leaving = new AbortController();
  const taking = takesOn(serving, leaving.signal);
  await opens(serving);
  leaving.abort(new Error('left'));
  await expect(taking).rejects.toThrow('left');
});

test('a folder that others may write to is not used', async () => {
  const folder = freshFolder();
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  const budget = budgetIn(folder);
  await budget.take(1, 'bulk');
  expect(budget.logged).toEqual(['the budget of this machine is not used']);
  expect(readdirSync(folder)).toEqual([]);
});

/** Serves at a path as another program could: it responds to each message, and grants nothing. */
async function silentServer(path: string, onMessage = () => {}): Promise<Server> {
  const server = createServer((socket) => {
    socket.unref();
    socket.on('error', () => {});
    socket.on('data', () => {
      onMessage();
      socket.write(`${JSON.stringify({ state: { windowStart: 0, used: 0, blockedUntil: 0 } })}\n`);
    });
  });
  server.unref();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return server;
}

const STRANGER = 12_345;
const asRoot = process.getuid?.() === 0 ? test : test.skip;

describe('a process that only joins does not connect', () => {
  async function refusesToJoin(prepare: (folder: string, socket: string) => void): Promise<void> {
    const folder = freshFolder();
    mkdirSync(folder, { mode: 0o700 });
    const path = budgetSockets(folder, 'test').path(1);
    const onMessage = jest.fn();
    const server = await silentServer(path, onMessage);
    prepare(folder, path);
    const budget = budgetIn(folder, false);
    await budget.take(1, 'interactive');
    expect(budget.logged).toEqual(['the budget of this machine is not used']);
    expect(onMessage).not.toHaveBeenCalled();
    server.close();
  }

  test('in a folder that others may write to', () => refusesToJoin((folder) => chmodSync(folder, 0o777)));

  asRoot('in a folder of another user', () =>
    refusesToJoin((folder) => lchownSync(folder, STRANGER, STRANGER)),
  );

  asRoot('to a socket of another user', () =>
    refusesToJoin((_, socket) => lchownSync(socket, STRANGER, STRANGER)),
  );

  test('to a file that is not a socket', () =>
    refusesToJoin((_, socket) => {
      rmSync(socket);
      writeFileSync(socket, '');
    }));
});

test('a process that only joins continues on its own where nothing is granted although nothing is blocked', async () => {
  const folder = freshFolder();
  mkdirSync(folder, { mode: 0o700 });
  let now = Date.now();
  const onMessage = () => {
    now += 4_000;
  };
  const server = await silentServer(budgetSockets(folder, 'test').path(1), onMessage);
  const clock = {
    now: () => now,
    monotonic: () => now,
    after: (_: number, call: () => void) => systemClock.after(20, call),
  };
  const budget = budgetIn(folder, false, clock);
  await budget.take(1, 'interactive');
  expect(budget.logged).toEqual([
    'no grant from the shared budget for 10 seconds; using a budget for this process only',
  ]);
  server.close();
});

test('a serving process looks at its own socket only, and stops when that is gone', async () => {
  const place = budgetSockets(freshFolder(), 'test');
  place.prepare();
  const highest = jest.fn(place.highest);
  const options = { number: 1, budget: localBudget(systemClock), clock: systemClock };
  await new Promise<void>((stopped) => {
    void serveBudget({ ...options, sockets: { ...place, highest } }, stopped).then(() =>
      rmSync(place.path(1)),
    );
  });
  expect(highest).not.toHaveBeenCalled();
});

test('a closed budget serves no process, and this process grants waiting and later requests', async () => {
  const folder = freshFolder();
  const budget = budgetIn(folder);
  await budget.take(1, 'bulk');
  budget.refused(60_000);
  const waiting = budget.take(1, 'bulk');
  budget.close?.();
  await waiting;
  expect(readdirSync(folder)).toEqual([]);
  await budget.take(1, 'bulk');
  expect(readdirSync(folder)).toEqual([]);
});

test('a budget that is closed while it opens grants every later request at once', async () => {
  let skipped = 0;
  const clock = { ...systemClock, monotonic: () => systemClock.monotonic() + skipped };
  const budget = budgetIn(freshFolder(), false, clock);
  const waiting = budget.take(1, 'bulk');
  budget.close?.();
  await waiting;
  await new Promise((later) => setImmediate(later));
  skipped = 60_000;
  expect(budget.take(1, 'bulk')).toBe(1);
});

test('works without sharing if a file is in the place of the folder', async () => {
  const folder = freshFolder();
  writeFileSync(folder, '');
  const budget = budgetIn(folder);
  await budget.take(1, 'bulk');
  expect(budget.logged).toEqual(['the budget of this machine is not used']);
});

test('a long path is replaced by a short one', () => {
  const place = budgetSockets(join(made, 'x'.repeat(120)), 'test', 'linux');
  expect(place.path(1).length).toBeLessThanOrEqual(100);
});

test('a long path is replaced by one in /tmp where the temporary folder is long as well', () => {
  const { folder } = socketLocation(join(made, 'x'.repeat(120)), 'test', join(made, 'y'.repeat(120)));
  expect(folder).toBe(`/tmp/mdti-${process.getuid?.()}`);
});

test('two processes with a long path share a budget', async () => {
  const folder = join(made, 'z'.repeat(120));
  const first = budgetIn(folder, true, systemClock, made);
  const second = budgetIn(folder, false, systemClock, made);
  await first.take(1, 'bulk');
  await second.take(1, 'bulk');
  expect(budgetSockets(folder, made).numbers()).toEqual([1]);
  second.refused(60_000);
  const leaving = new AbortController();
  const taking = takesOn(first, leaving.signal);
  await opens(first);
  leaving.abort(new Error('left'));
  await expect(taking).rejects.toThrow('left');
  first.close?.();
});

test('the name of a pipe depends on the folder and the budget, and reveals neither', () => {
  const folders = ['C:\\Users\\ann\\mdti\\budget', 'C:\\Users\\bob\\mdti\\budget'];
  const paths = folders.flatMap((folder) =>
    ['contoso', 'fabrikam'].map((budget) => budgetSockets(folder, budget, 'win32').path(1)),
  );
  expect(new Set(paths).size).toBe(4);
  for (const path of paths) expect(path).toMatch(/^\\\\\.\\pipe\\mdti-[0-9a-f]{16}-[\w-]{16}$/);
});

test('a named pipe has one number on Windows', () => {
  const place = budgetSockets('C:\\Users\\ann\\AppData\\Local\\mdti\\budget', 'test', 'win32');
  expect([place.highest(), place.path(1)]).toEqual([1, expect.stringMatching(/^\\\\\.\\pipe\\mdti-[\w-]+$/)]);
});
