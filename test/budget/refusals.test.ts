import { heldBudget } from './held-budget';

describe('while no limit is known', () => {
  test('at first a few requests are in flight, more with each that is accepted', async () => {
    const { budget, take, granted, at } = heldBudget({ firstUnderWay: 16 });
    for (const name of ['a', 'b', 'c']) void take(name, 8);
    await at(0);
    expect(granted).toEqual(['a', 'b']);
    // Eight are done, and one more may be in flight: 8 + 8 <= 17.
    budget.accepted(8);
    void take('d', 1);
    await at(1);
    expect(granted).toEqual(['a', 'b', 'c', 'd']);
    void take('e', 1);
    await at(2);
    expect(granted).not.toContain('e');
    budget.released(1);
    await at(3);
    expect(granted).toContain('e');
  });

  test('a batch that is larger than the first number in flight is sent alone', async () => {
    const { take, granted, at } = heldBudget({ firstUnderWay: 5 });
    void take('a', 20);
    void take('b', 1);
    await at(0);
    expect(granted).toEqual(['a']);
  });

  test('requests that were refused are not in flight any more', async () => {
    const { budget, take, granted, at } = heldBudget({ firstUnderWay: 2 });
    for (const name of ['a', 'b', 'c']) void take(name);
    budget.refused(1_000);
    await at(1_001);
    expect(granted).toEqual(['a', 'b', 'c']);
  });

  test('the limit counts from the end of the last pause in the requests', async () => {
    const { budget, take, at } = heldBudget();
    void take('a', 100);
    budget.accepted(100);
    await at(6_000);
    void take('b', 300);
    budget.accepted(300);
    await at(15_000);
    budget.refused(1_000);
    void take('c');
    await at(16_000);
    expect(budget.state().limit).toEqual({ requests: expect.closeTo(291), window: 10_000 });
  });
});

describe('after a refusal that names a time', () => {
  test('nothing is sent before, and everything after it', async () => {
    const { budget, take, granted, at, opensAt } = heldBudget();
    void take('a', 500);
    budget.accepted(480);
    budget.refused(4_000, 20);
    void take('b');
    expect(opensAt()).toBe(4_000);
    await at(3_999);
    expect(granted).toEqual(['a']);
    await at(4_000);
    expect([granted, opensAt()]).toEqual([['a', 'b'], undefined]);
  });

  test('a shorter one does not shorten it', async () => {
    const { budget, take, granted, at } = heldBudget();
    budget.refused(4_000);
    budget.refused(1_000);
    void take('a');
    await at(3_999);
    expect(granted).toEqual([]);
    await at(4_000);
    expect(granted).toEqual(['a']);
  });
});

describe.each<[string, number | undefined]>([
  ['no time', undefined],
  ['0 seconds', 0],
])('after a refusal that names %s', (_, retryAfter) => {
  test('one request probes after 375 ms, and the others follow when it is accepted', async () => {
    const { budget, take, granted, at } = heldBudget();
    budget.refused(retryAfter);
    void take('a', 20);
    void take('b');
    await at(374);
    expect(granted).toEqual([]);
    await at(375);
    expect(granted).toEqual(['a:1']);
    budget.accepted(1);
    await at(376);
    expect(granted).toEqual(['a:1', 'b']);
  });

  test('a probe that is refused is followed by the next, ever later, after 3.75 s at most', async () => {
    const { budget, take, granted, at, opensAt } = heldBudget();
    budget.refused(retryAfter);
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) void take(name);
    await at(375);
    budget.refused(retryAfter);
    // Half a second at least, of which 75 % with this random number.
    expect(opensAt()).toBe(750);
    await at(750);
    await at(20_000);
    budget.refused(retryAfter);
    expect(opensAt()).toBe(20_750);
    await at(20_750);
    await at(50_000);
    budget.refused(retryAfter);
    expect(opensAt()).toBe(51_875);
    await at(51_875);
    await at(81_000);
    budget.refused(retryAfter);
    await at(84_040);
    await at(110_000);
    budget.refused(retryAfter);
    expect([granted, opensAt()]).toEqual([['a', 'b', 'c', 'd', 'e'], 113_750]);
  });

  test('a probe without a response blocks for half a minute', async () => {
    const { budget, take, granted, at, opensAt } = heldBudget();
    budget.refused(retryAfter);
    for (const name of ['a', 'b']) void take(name);
    await at(375);
    expect([granted, opensAt()]).toEqual([['a'], 30_375]);
    void take('c');
    await at(30_374);
    expect(granted).toEqual(['a']);
    await at(30_375);
    expect(granted).toEqual(['a', 'b']);
  });

  test('a probe that was not sent is replaced at once', async () => {
    const { budget, take, granted, at } = heldBudget();
    budget.refused(retryAfter);
    for (const name of ['a', 'b']) void take(name);
    await at(375);
    budget.released(1);
    await at(376);
    expect(granted).toEqual(['a', 'b']);
  });

  test('a response to a request that was sent before does not end it', async () => {
    const { budget, take, granted, at } = heldBudget();
    void take('early', 2);
    budget.refused(retryAfter, 1);
    for (const name of ['a', 'b', 'c']) void take(name);
    await at(375);
    budget.accepted(1);
    await at(400);
    expect(granted).toEqual(['early', 'a']);
    budget.accepted(1);
    await at(401);
    expect(granted).toEqual(['early', 'a', 'b', 'c']);
  });
});
