import { groupsOf, inOrder } from '../../src/enrich/enrich';

async function* numbers(count: number, read: (number: number) => void = () => {}): AsyncGenerator<number> {
  for (let number = 0; number < count; number++) {
    read(number);
    yield number;
  }
}

test('returns results in input order, however long each takes', async () => {
  const results: number[] = [];
  const turns = (count: number): Promise<void> =>
    count === 0 ? Promise.resolve() : new Promise(setImmediate).then(() => turns(count - 1));
  for await (const one of inOrder(numbers(50), 7, async (number) => {
    await turns((number * 13) % 9);
    return number;
  }))
    results.push(...one);
  expect(results).toEqual(Array.from({ length: 50 }, (_, index) => index));
});

test('results that are ready are yielded together, up to 16', async () => {
  const sizes: number[] = [];
  for await (const some of inOrder(numbers(40), 40, async (number) => number)) {
    sizes.push(some.length);
    await new Promise(setImmediate);
  }
  expect(sizes).toEqual([16, 16, 8]);
});

test('a result that is not ready holds back those after it, and only them', async () => {
  let finish = () => {};
  const late = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const results = inOrder(numbers(6), 6, async (number) => {
    if (number === 2) await late;
    return number;
  });
  expect((await results.next()).value).toEqual([0, 1]);
  finish();
  await new Promise(setImmediate);
  expect((await results.next()).value).toEqual([2, 3, 4, 5]);
});

test('a slow consumer slows the source down', async () => {
  let last = -1;
  const results = inOrder(
    numbers(1_000, (number) => {
      last = number;
    }),
    5,
    async (number) => number,
  );
  let taken = 0;
  while (taken < 10) taken += ((await results.next()).value ?? []).length;
  expect(last).toBeLessThanOrEqual(taken + 4);
  expect(last).toBeLessThan(40);
});

test('no more items than the width are in memory', async () => {
  let last = -1;
  const read = (number: number) => {
    last = number;
  };
  const results = inOrder(numbers(100, read), 5, async (number) => number);
  await results.next();
  expect(last).toBe(4);
  await results.return(undefined);
});

test('throws a failure in input order', async () => {
  const results = inOrder(numbers(10), 4, async (number) => {
    if (number === 2) throw new Error('two');
    return number;
  });
  const taken: number[] = [];
  const take = async () => {
    for await (const some of results) taken.push(...some);
  };
  await expect(take()).rejects.toThrow('two');
  expect(taken).toEqual([0, 1]);
});

test('forms groups of N; the last group has the remaining items', async () => {
  const groups: number[][] = [];
  for await (const group of groupsOf(numbers(7), 3)) groups.push(group);
  expect(groups).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
});
