import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type * as FsPromises from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock';
import { type Held, withLock } from '../../src/state/lock';
import { isHeld, never, newLock } from './lock-folder';

jest.mock('node:fs/promises', () => ({ ...jest.requireActual('node:fs/promises') }));
const promises = jest.requireMock<typeof FsPromises>('node:fs/promises');

let folder: string;
beforeEach(() => {
  folder = newLock();
});
afterEach(() => void jest.restoreAllMocks());

function once<T>(work: (held: Held) => Promise<T>): Promise<T> {
  return withLock(folder, systemClock, never, work, 'remove the folder');
}

/** The ticket of a process that runs, other than this one. */
const OTHER = JSON.stringify({ process: process.ppid, life: 'x', machine: 'elsewhere' });

/** What another holder does while this one sleeps: it takes the lock over, removes the folder, and the next one starts at 1 again. */
function startAgain(): void {
  rmSync(folder, { recursive: true });
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(join(folder, '1'), OTHER);
}

test('the folder is removed with the lock', async () => {
  await once(async () => expect(readdirSync(folder)).toEqual(['1']));
  expect(existsSync(folder)).toBe(false);
});

test.each(['readdir', 'writeFile', 'link'] as const)(
  'a folder that its holder removes before %s is made again',
  async (call) => {
    const original = jest.requireActual<typeof FsPromises>('node:fs/promises')[call] as (
      ...given: unknown[]
    ) => Promise<unknown>;
    jest.spyOn(promises, call).mockImplementationOnce((async (...given: unknown[]) => {
      rmSync(folder, { recursive: true });
      return original(...given);
    }) as never);
    expect(await once(async () => readdirSync(folder))).toEqual(['1']);
  },
);

test('a folder that is always missing is made again a hundred times, then it is an error', async () => {
  const missing = Object.assign(new Error('missing'), { code: 'ENOENT' });
  const write = jest.spyOn(promises, 'writeFile').mockRejectedValue(missing);
  await expect(once(async () => 'done')).rejects.toThrow('missing');
  expect(write).toHaveBeenCalledTimes(101);
});

test('a disk that is full leaves no claim behind', async () => {
  const { writeFile } = jest.requireActual<typeof FsPromises>('node:fs/promises');
  jest.spyOn(promises, 'writeFile').mockImplementationOnce(async (path) => {
    await writeFile(path, '');
    throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  });
  await expect(once(async () => 'done')).rejects.toThrow('full');
  expect(readdirSync(folder)).toEqual([]);
});

test('a disk on which no claim can be made is reported with its reason', async () => {
  const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
  jest.spyOn(promises, 'writeFile').mockRejectedValueOnce(full);
  await expect(once(async () => 'done')).rejects.toThrow('full');
});

test.each(['keep the folder', 'remove the folder'] as const)(
  'a holder that slept loses the lock to the holder of the same number in a new folder, and leaves it alone (%s)',
  async (then) => {
    const work = async ({ isOurs }: Held) => {
      expect(await isOurs()).toBe(true);
      startAgain();
      return isOurs();
    };
    expect(await withLock(folder, systemClock, never, work, then)).toBe(false);
    expect(readFileSync(join(folder, '1'), 'utf8')).toBe(OTHER);
  },
);

test('a holder that slept leaves the ticket of the next one', async () => {
  await once(async () => writeFileSync(join(folder, '2'), OTHER));
  expect(readFileSync(join(folder, '2'), 'utf8')).toBe(OTHER);
});

test('a removed folder is not ours', async () => {
  await once(async ({ isOurs }) => {
    rmSync(folder, { recursive: true });
    expect(await isOurs()).toBe(false);
  });
});

test('a ticket that can no longer be read is an error, not the loss of the lock', async () => {
  await once(async ({ isOurs }) => {
    const denied = Object.assign(new Error('denied'), { code: 'EACCES' });
    jest.spyOn(promises, 'readFile').mockRejectedValueOnce(denied);
    await expect(isOurs()).rejects.toThrow('denied');
    expect(await isOurs()).toBe(true);
  });
});

test('a number that is free in the folder before is given up where the number below it is taken in the new one', async () => {
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(join(folder, '1'), '');
  const { writeFile } = jest.requireActual<typeof FsPromises>('node:fs/promises');
  jest.spyOn(promises, 'writeFile').mockImplementationOnce(async (...given) => {
    startAgain();
    await writeFile(...given);
  });
  expect(await isHeld(folder)).toBe(true);
  expect(readdirSync(folder)).toEqual(['1']);
});
