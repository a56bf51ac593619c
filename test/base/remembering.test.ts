import { remembering } from '../../src/base/remembering';

describe('remembering', () => {
  test('computes the value of each text once, also one that is undefined', () => {
    const compute = jest.fn((text: string) => (text === '' ? undefined : text.length));
    const lengthOf = remembering(compute);
    expect([lengthOf('four'), lengthOf(''), lengthOf('four'), lengthOf('')]).toEqual([
      4,
      undefined,
      4,
      undefined,
    ]);
    expect(compute.mock.calls).toEqual([['four'], ['']]);
  });
});
