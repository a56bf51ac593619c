import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import type * as FsPromises from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock';
import { hasOnlyLockFiles, withLock } from '../../src/state/lock';
import { clockWithoutWaits, GONE, isHeld, never, newLockFolder } from './lock-folder';

jest.mock('node:fs/promises', () => ({ ...jest.requireActual('node:fs/promises') }));
const promises = jest.requireMock<typeof FsPromises>('node:fs/promises');

let folder: string;
beforeEach(() => {
  folder = newLockFolder();
});
afterEach(() => void jest.restoreAllMocks());

const hold = () => withLock(folder, systemClock, never, async () => readdirSync(folder));
const holdOnce = () => withLock(folder, systemClock, never, async () => {}, 'remove the folder');

function leave(name: string, content: object | string): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

test('a ticket names its holder, for this user only', async () => {
  await withLock(folder, systemClock, never, async () => {
    const ticket = join(folder, '1');
    expect(JSON.parse(readFileSync(ticket, 'utf8'))).toEqual({
      process: process.pid,
      life: expect.stringMatching(/^.{36}$/),
      machine: hostname(),
      ...(process.platform === 'linux'
        ? { started: expect.stringMatching(/^\d+$/), namespace: expect.stringMatching(/^pid:/) }
        : {}),
      claim: expect.stringMatching(/^.{36}$/),
    });
    expect(statSync(ticket).mode & 0o777).toBe(0o600);
  });
  expect(readFileSync(join(folder, '1'), 'utf8')).toBe('');
});

test('a holder shows every five seconds that it lives, and stops when it is done', async () => {
  jest.useFakeTimers({ doNotFake: ['Date', 'nextTick', 'setImmediate', 'queueMicrotask', 'hrtime'] });
  try {
    await withLock(folder, systemClock, never, async () => {
      const ticket = join(folder, '1');
      utimesSync(ticket, 0, 0);
      jest.advanceTimersByTime(4_999);
      await new Promise(setImmediate);
      expect(statSync(ticket).mtimeMs).toBe(0);
      jest.advanceTimersByTime(1);
      while (statSync(ticket).mtimeMs === 0) await new Promise(setImmediate);
      rmSync(ticket);
      jest.advanceTimersByTime(5_000);
    });
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});

test.each([
  ['another machine', { ...GONE, machine: 'elsewhere' }],
  ['another process', { process: process.ppid, life: 'x', machine: hostname() }],
])('%s holds the lock for 30 seconds after its last sign of life', async (_, holder) => {
  const { mtimeMs } = statSync(leave('7', holder));
  const now = jest.spyOn(Date, 'now');
  now.mockReturnValue(mtimeMs + 30_000);
  expect(await isHeld(folder)).toBe(true);
  now.mockReturnValue(mtimeMs + 30_001);
  expect(await isHeld(folder)).toBe(false);
});

/** When a lock is free whose holder's clock is a day ahead, in milliseconds from now; it shows a sign of life at some of its checks. */
async function freeAfter(showsLife: (milliseconds: number) => boolean): Promise<number> {
  const ticket = leave('7', { ...GONE, machine: 'elsewhere' });
  const start = 3_600_000;
  let now = start;
  const show = () => {
    const shown = new Date(Date.now() + 86_400_000 + now - start);
    utimesSync(ticket, shown, shown);
  };
  show();
  const clock = clockWithoutWaits(() => {
    now += 10_000;
    if (showsLife(now - start)) show();
  });
  return withLock(folder, { ...clock, monotonic: () => now }, never, async () => now - start);
}

test.each<[string, (milliseconds: number) => boolean, number]>([
  ['loses the lock 30 seconds after its last sign of life', () => false, 40_000],
  ['keeps the lock while it shows signs of life', (milliseconds) => milliseconds <= 200_000, 240_000],
  [
    'keeps the lock at a sign of life every 30 seconds',
    (milliseconds) => milliseconds % 30_000 === 0 && milliseconds <= 90_000,
    130_000,
  ],
])('a machine whose clock is ahead %s', async (_, showsLife, milliseconds) => {
  expect(await freeAfter(showsLife)).toBe(milliseconds);
});

test('a process of another user holds the lock', async () => {
  leave('7', GONE);
  const kill = jest.spyOn(process, 'kill').mockImplementation(() => {
    throw Object.assign(new Error('not permitted'), { code: 'EPERM' });
  });
  expect(await isHeld(folder)).toBe(true);
  expect(kill).toHaveBeenCalledWith(GONE.process, 0);
  kill.mockImplementation(() => {
    throw Object.assign(new Error('no such process'), { code: 'ESRCH' });
  });
  expect(await isHeld(folder)).toBe(false);
});

test('a lock that another process has is checked again after 8 to 23 milliseconds', async () => {
  leave('7', { process: process.ppid, life: 'x', machine: hostname() });
  const waits: number[] = [];
  const clock = clockWithoutWaits((milliseconds) => {
    waits.push(milliseconds);
    writeFileSync(join(folder, '7'), '');
  });
  jest.spyOn(Math, 'random').mockReturnValue(0.75);
  expect(await withLock(folder, clock, never, async () => 'done')).toBe('done');
  expect(waits).toEqual([18.75]);
});

test('a ticket that is removed while it is read is looked at again', async () => {
  const ticket = leave('7', GONE);
  jest.spyOn(promises, 'readFile').mockImplementationOnce(async () => {
    rmSync(ticket);
    throw Object.assign(new Error('missing'), { code: 'ENOENT' });
  });
  expect(await hold()).toEqual(['1']);
});

test('a ticket that cannot be read is reported', async () => {
  leave('7', GONE);
  jest
    .spyOn(promises, 'readFile')
    .mockRejectedValueOnce(Object.assign(new Error('denied'), { code: 'EACCES' }));
  await expect(hold()).rejects.toThrow('denied');
});

test('a file system without hard links is reported, and nothing is left behind', async () => {
  jest.spyOn(promises, 'link').mockRejectedValueOnce(Object.assign(new Error('no links'), { code: 'EPERM' }));
  await expect(hold()).rejects.toThrow('no links');
  expect(readdirSync(folder)).toEqual([]);
});

test.each(['EEXIST', 'ENOENT'])(
  'a claim that another process took first (%s) is made again',
  async (code) => {
    jest.spyOn(promises, 'link').mockImplementationOnce(async (from) => {
      if (code === 'ENOENT') rmSync(from);
      throw Object.assign(new Error('taken'), { code });
    });
    expect(await hold()).toEqual(['1']);
  },
);

test('a ticket that another process removes meanwhile is no error', async () => {
  const first = leave('1', '');
  leave('2', '');
  const { readFile } = jest.requireActual<typeof FsPromises>('node:fs/promises');
  jest.spyOn(promises, 'readFile').mockImplementation((path, options) => {
    if (path === first) rmSync(first);
    return readFile(path, options);
  });
  expect(await hold()).toEqual(['3']);
});

test.each([true, false])(
  'a claim below the ticket of another process is given up (already removed: %s)',
  async (isRemoved) => {
    const { link } = jest.requireActual<typeof FsPromises>('node:fs/promises');
    jest.spyOn(promises, 'link').mockImplementationOnce(async (from, to) => {
      await link(from, to);
      leave('2', GONE);
      if (isRemoved) rmSync(to);
    });
    const seen = await withLock(folder, systemClock, never, async ({ isOurs }) => [
      await isOurs(),
      ...readdirSync(folder),
    ]);
    expect(seen).toEqual([true, '3']);
  },
);

const CLAIM = `claim-${'0123456789abcdef-'.repeat(3).slice(0, 36)}`;
const OWN = ['1', '12', 'write-3', 'write-12', CLAIM];
const TICKETS = ['', '{"pro', '{"process":12,"li', JSON.stringify(GONE)];
const OTHERS = [
  'notes.txt',
  'my-write-3',
  'write-3.bak',
  'claim-1',
  `${CLAIM}0`,
  `my-${CLAIM}`,
  'claim-ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ',
  '3.txt',
];

test.each(TICKETS)(
  'a folder with tickets such as %j is the folder of a lock, and is removed with it',
  async (content) => {
    for (const name of OWN) leave(name, content);
    expect(await hasOnlyLockFiles(folder)).toBe(true);
    await holdOnce();
    expect(existsSync(folder)).toBe(false);
    expect(await hasOnlyLockFiles(folder)).toBe(true);
  },
);

test('files that are not of a lock stay, and so does the folder', async () => {
  for (const name of [...OWN, ...OTHERS]) leave(name, '');
  for (const name of ['5', '15']) leave(name, '{"precious":true}');
  for (const name of ['6', '16']) leave(name, 'precious');
  mkdirSync(join(folder, '4'));
  expect(await hasOnlyLockFiles(folder)).toBe(false);
  await holdOnce();
  expect(readdirSync(folder).sort()).toEqual([...OTHERS, '4', '5', '15', '6', '16'].sort());
});

test.each(OTHERS)('a folder with %s is not the folder of a lock', async (name) => {
  for (const own of OWN) leave(own, '');
  leave(name, '');
  expect(await hasOnlyLockFiles(folder)).toBe(false);
});

test('a ticket that is removed meanwhile is of a lock', async () => {
  leave('5', 'precious');
  jest
    .spyOn(promises, 'readFile')
    .mockRejectedValueOnce(Object.assign(new Error('missing'), { code: 'ENOENT' }));
  expect(await hasOnlyLockFiles(folder)).toBe(true);
});

test('a holder removes what earlier holders left, and keeps higher tickets', async () => {
  for (const name of ['write-3', CLAIM]) leave(name, 'half');
  for (const name of ['3', '9']) leave(name, '');
  leave('10', GONE);
  expect(await hold()).toEqual(['11']);
});
