import { getEventListeners } from 'node:events';
import { PluginError } from '../../../src/base/errors';
import type { AbortSignalLike } from '../../../src/base/plain-abort';
import { openCalls } from '../../../src/doors/mcp/open-calls';
import { heldClock } from '../../faults/held-clock';

test('a call that takes longer than the limit after the end of stdin is cancelled with a reason', async () => {
  const clock = heldClock();
  const calls = openCalls(clock);
  const call = calls.run(
    new AbortController().signal,
    (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  );
  const failure = call.catch((error: PluginError) => error);
  const drained = calls.drain(10_000);
  clock.advance(9_999);
  expect(clock.waiting()).toBe(1);
  clock.advance(1);
  await drained;
  expect(await failure).toMatchObject({
    code: 'CANCELLED',
    message: 'mdti mcp is ending: its stdin was closed.',
    hint: 'Keep stdin open until every call has its result.',
  });
});

test('a client that cancels a call ends this call only, and drain waits for the others', async () => {
  const clock = heldClock();
  const calls = openCalls(clock);
  const leaving = new AbortController();
  const cancelled = calls.run(leaving.signal, async (signal) => {
    await new Promise<void>((ended) => signal.addEventListener('abort', ended));
    throw signal.reason;
  });
  let finish = (_: string) => {};
  const other = calls.run(new AbortController().signal, () => new Promise<string>((done) => (finish = done)));
  leaving.abort(new PluginError('CANCELLED', 'The call was cancelled by the client.'));
  await expect(cancelled).rejects.toThrow('by the client');
  const drained = calls.drain(10_000);
  finish('rows');
  await drained;
  expect(await other).toBe('rows');
  expect(clock.waiting()).toBe(0);
});

test('a call that is done is forgotten: neither the client nor the end of stdin cancels it', async () => {
  const clock = heldClock();
  const calls = openCalls(clock);
  const client = new AbortController().signal;
  let given: AbortSignalLike | undefined;
  await calls.run(client, async (signal) => {
    given = signal;
  });
  expect(getEventListeners(client, 'abort')).toEqual([]);
  void calls.run(client, () => new Promise(() => {}));
  void calls.drain(10_000);
  clock.advance(10_000);
  expect(given?.aborted).toBe(false);
});
