import { memoize } from '../../src/base/memoize';

describe('memoize', () => {
  test('computes the value of each text once, also one that is undefined', () => {
    const compute = jest.fn((text: string) => (text === '' ? undefined : text.length));
    const lengthOf = memoize(compute);
    expect([lengthOf('four'), lengthOf(''), lengthOf('four'), lengthOf('')]).toEqual([
      4,
      undefined,
      4,
      undefined,
    ]);
    expect(compute.mock.calls).toEqual([['four'], ['']]);
  });
});
