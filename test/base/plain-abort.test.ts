import { toPluginError } from '../../src/base/errors';
import { linkedAbort } from '../../src/base/linked-abort';
import { PlainAbort } from '../../src/base/plain-abort';

test('calls each listener once, with the reason set', () => {
  const abort = new PlainAbort();
  const reasons: unknown[] = [];
  abort.addEventListener('abort', () => reasons.push(abort.reason));
  expect(abort.aborted).toBe(false);
  abort.abort('first');
  abort.abort('second');
  expect(abort.aborted).toBe(true);
  expect(reasons).toEqual(['first']);
});

test('a listener that was removed is not called', () => {
  const abort = new PlainAbort();
  const listener = jest.fn();
  abort.addEventListener('abort', listener);
  abort.removeEventListener('abort', listener);
  abort.abort();
  expect(listener).not.toHaveBeenCalled();
});

test('a linked signal aborts with it, for the same reason', () => {
  const abort = new PlainAbort();
  const before = linkedAbort(abort);
  abort.abort('ended');
  const after = linkedAbort(abort);
  expect([before.signal.reason, after.signal.reason]).toEqual(['ended', 'ended']);
});

test('an abort without a reason is reported as a cancellation', () => {
  const outer = new PlainAbort();
  const { signal } = linkedAbort(outer);
  signal.throwIfAborted();
  outer.abort();
  for (const one of [outer, signal]) {
    expect(one.reason).toMatchObject({ name: 'AbortError' });
    expect(() => one.throwIfAborted()).toThrow(one.reason);
    expect(toPluginError(one.reason).code).toBe('CANCELLED');
  }
});

test('a listener that throws does not stop the others', () => {
  const abort = new PlainAbort();
  const called: string[] = [];
  for (const name of ['one', 'two', 'three'])
    abort.addEventListener('abort', () => {
      called.push(name);
      if (name !== 'two') throw new Error(name);
    });
  expect(() => abort.abort()).toThrow('one');
  expect([called, abort.aborted]).toEqual([['one', 'two', 'three'], true]);
});
