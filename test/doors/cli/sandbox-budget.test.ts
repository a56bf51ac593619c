import { readBudget } from '../../../src/doors/cli/sandbox';

test('reads requests and a window in seconds', () => {
  expect(readBudget('500/10s')).toEqual({ requests: 500, window: 10 });
});

test.each(['500', '0/10s', '500/0s', '500/10', '-1/10s', '500 / 10s', ''])(
  'rejects %j and shows an example',
  (text) => {
    expect(() => readBudget(text)).toThrow(`--budget: ${JSON.stringify(text)} is not a budget.`);
  },
);
