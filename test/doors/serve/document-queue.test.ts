import { documentQueue } from '../../../src/doors/serve/document-queue';

/** Work that ends when the test says so, in the order in which it began. */
function heldWork() {
  const ends: (() => void)[] = [];
  return { ends, begin: () => new Promise<void>((end) => ends.push(end)) };
}

const turn = () => new Promise(setImmediate);

test('a tenant with slow work delays no other, and runs a limited number at once', async () => {
  const queue = documentQueue(2, 10);
  const slow = heldWork();
  for (let count = 0; count < 50; count++) queue.add('slow', slow.begin);
  const quick: number[] = [];
  for (let count = 0; count < 5; count++) queue.add('quick', async () => void quick.push(count));
  await turn();
  expect([slow.ends.length, quick]).toEqual([2, [0, 1, 2, 3, 4]]);
  let isIdle = false;
  const idle = queue.idle().then(() => {
    isIdle = true;
  });
  for (let ended = 1; ended <= 50; ended++) {
    expect(isIdle).toBe(false);
    slow.ends.shift()?.();
    await turn();
    expect(slow.ends).toHaveLength(Math.min(2, 50 - ended));
  }
  await idle;
});

test('tenants that wait get their turns one after the other', async () => {
  const queue = documentQueue(32, 1);
  const order: string[] = [];
  for (const tenant of ['a', 'a', 'a', 'b', 'b', 'c'])
    queue.add(tenant, async () => {
      order.push(tenant);
    });
  await queue.idle();
  expect(order).toEqual(['a', 'a', 'b', 'c', 'a', 'b']);
});

test('a queue without work is idle, also for a second wait and after work', async () => {
  const queue = documentQueue();
  await queue.idle();
  const { ends, begin } = heldWork();
  queue.add('a', begin);
  const idle = jest.fn();
  void queue.idle().then(idle);
  void queue.idle().then(idle);
  await turn();
  expect(idle).not.toHaveBeenCalled();
  ends[0]?.();
  await turn();
  expect(idle).toHaveBeenCalledTimes(2);
  await queue.idle();
  queue.add('a', begin);
  const again = queue.idle();
  ends[1]?.();
  await again;
  expect(idle).toHaveBeenCalledTimes(2);
});

test.each([
  [1, 32],
  [20, 512],
])(
  'of %d tenants with a hundred documents each, %d documents are worked on at once',
  async (tenants, most) => {
    const queue = documentQueue();
    let started = 0;
    const never = new Promise<void>(() => {});
    for (let document = 0; document < 100 * tenants; document++)
      queue.add(String(document % tenants), () => {
        started += 1;
        return never;
      });
    expect(started).toBe(most);
  },
);

test('no more documents than allowed are worked on at once, also where others end', async () => {
  const queue = documentQueue(2, 3);
  let working = 0;
  let most = 0;
  for (const tenant of 'abcd'.repeat(3))
    queue.add(tenant, async () => {
      working += 1;
      most = Math.max(most, working);
      await turn();
      working -= 1;
    });
  await queue.idle();
  expect([most, working]).toEqual([3, 0]);
});
