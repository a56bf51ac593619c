import { readBudget } from '../../../src/doors/cli/sandbox';

test('reads requests and a window in seconds', () => {
  expect(readBudget('500/10s')).toEqual({ requests: 500, window: 10 });
});

test.each(['500', '0/10s', '500/0s', '500/10', '-1/10s', '500 / 10s', '500/10s!', 'x500/10s', ''])(
  'rejects %j and shows an example',
  (text) => {
    expect(() => readBudget(text)).toThrow(
      expect.objectContaining({
        code: 'ARGUMENT_INVALID',
        message: `--budget: ${JSON.stringify(text)} is not a budget.`,
        hint: 'Use requests and a window, such as 500/10s.',
      }),
    );
  },
);
