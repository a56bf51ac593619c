import { systemClock } from '../../src/base/clock';

test.each([2 ** 31, 999_999_999_999_999_000, Number.POSITIVE_INFINITY])(
  'a timer of %d milliseconds waits as long as Node can',
  (milliseconds) => {
    const timer = jest.spyOn(globalThis, 'setTimeout');
    const stop = systemClock.after(milliseconds, () => {});
    expect(timer).toHaveBeenCalledWith(expect.any(Function), 2 ** 31 - 1);
    stop();
    timer.mockRestore();
  },
);
