import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock';
import { withLock } from '../../src/state/lock';
import { never, newLock } from './lock-folder';

let folder: string;
beforeEach(() => {
  folder = newLock();
});

test('acquires a free lock even if the wait time is already over', async () => {
  const waiting = new AbortController();
  const work = withLock(folder, systemClock, waiting.signal, async () => 'done');
  waiting.abort();
  expect(await work).toBe('done');
});

test('a signal ends the wait for another holder with its reason', async () => {
  const waiting = new AbortController();
  await withLock(folder, systemClock, never, async () => {
    const second = withLock(folder, systemClock, waiting.signal, async () => 'done');
    waiting.abort(new Error('enough'));
    await expect(second).rejects.toThrow('enough');
  });
});

test('nothing is done after a signal', async () => {
  const work = jest.fn();
  await expect(withLock(folder, systemClock, AbortSignal.abort(new Error('late')), work)).rejects.toThrow(
    'late',
  );
  expect(work).not.toHaveBeenCalled();
});

test('holders follow one another, and each sees that the lock is its own', async () => {
  const order: string[] = [];
  const hold = (name: string) =>
    withLock(folder, systemClock, never, async ({ isOurs }) => {
      order.push(`${name} starts`);
      expect(await isOurs()).toBe(true);
      order.push(`${name} ends`);
    });
  await Promise.all(['a', 'b', 'c'].map(hold));
  for (let at = 0; at < order.length; at += 2)
    expect(order[at + 1]).toBe(order[at]?.replace('starts', 'ends'));
});

test('work that fails gives the lock back', async () => {
  const failing = withLock(folder, systemClock, never, async () => {
    throw new Error('failed');
  });
  await expect(failing).rejects.toThrow('failed');
  expect(await withLock(folder, systemClock, never, async () => 'done')).toBe('done');
});

test('files of others in the folder stay', async () => {
  mkdirSync(folder, { mode: 0o700 });
  for (const name of ['notes.txt', '2']) writeFileSync(join(folder, name), 'precious');
  await withLock(folder, systemClock, never, async () => {});
  expect(readdirSync(folder).sort()).toEqual(['2', '3', 'notes.txt']);
});
