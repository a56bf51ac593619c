import type { Priority } from '../../src/budget/budget';
import { fairQueue, type Waiter } from '../../src/budget/fair-queue';

function waiter(caller: string, requests = 1, priority: Priority = 'bulk'): Waiter {
  return { caller, requests, priority, grant: () => {} };
}

/** The callers in the order in which they are granted. */
function drained(queue: ReturnType<typeof fairQueue>): string[] {
  const order: string[] = [];
  for (let head = queue.head(); head !== undefined; head = queue.head()) {
    order.push(head.caller);
    queue.remove(head);
  }
  return order;
}

test('an empty line has no head', () => {
  expect(fairQueue().head()).toBeUndefined();
});

test('the most urgent class comes first', () => {
  const queue = fairQueue();
  for (const priority of ['bulk', 'fetch', 'interactive'] as const) queue.add(waiter(priority, 1, priority));
  expect(drained(queue)).toEqual(['interactive', 'fetch', 'bulk']);
});

test('callers of one class take turns, however many requests each has', () => {
  const queue = fairQueue();
  for (const caller of ['a', 'a', 'a', 'b', 'b', 'c']) queue.add(waiter(caller));
  expect(drained(queue)).toEqual(['a', 'b', 'c', 'a', 'b', 'a']);
});

test('a caller that takes many requests at once waits longer for its next turn', () => {
  const queue = fairQueue();
  for (const caller of ['a', 'a']) queue.add(waiter(caller, 10));
  for (const caller of ['b', 'b', 'b']) queue.add(waiter(caller, 5));
  expect(drained(queue)).toEqual(['b', 'a', 'b', 'b', 'a']);
});

test('a caller that was idle gets no turns for the time that it did not wait', () => {
  const queue = fairQueue();
  for (let turn = 0; turn < 5; turn++) queue.add(waiter('a'));
  for (let turn = 0; turn < 3; turn++) queue.remove(queue.head() as Waiter);
  for (const caller of ['b', 'b', 'b', 'b']) queue.add(waiter(caller));
  expect(drained(queue)).toEqual(['b', 'a', 'b', 'a', 'b', 'b']);
});

test('a waiter leaves the line from any place, once, and the others keep theirs', () => {
  const queue = fairQueue();
  const [first, second, third] = [waiter('a'), waiter('b'), waiter('c')];
  for (const one of [first, second, third]) queue.add(one);
  queue.remove(second);
  queue.remove(second);
  queue.remove(waiter('a'));
  queue.remove(waiter('a', 1, 'fetch'));
  expect(drained(queue)).toEqual(['a', 'c']);
});

test('a waiter that leaves from behind does not advance the turns', () => {
  const queue = fairQueue();
  for (let turn = 0; turn < 3; turn++) queue.add(waiter('a'));
  const late = waiter('a', 100);
  queue.add(late);
  queue.remove(late);
  queue.add(waiter('b'));
  expect(drained(queue)).toEqual(['a', 'b', 'a', 'a']);
});

test('the turns of idle callers are forgotten beyond 256 of them, those of waiting callers are not', () => {
  const queue = fairQueue();
  const busy = waiter('busy', 1_000);
  queue.add(busy);
  for (let caller = 0; caller < 256; caller++) {
    const one = waiter(`c${caller}`);
    queue.add(one);
    queue.remove(one);
  }
  queue.add(waiter('busy'));
  queue.add(waiter('c0'));
  expect(drained(queue)).toEqual(['c0', 'busy', 'busy']);
});
