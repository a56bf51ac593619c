import { readBudget, worldBeside } from '../../../src/doors/cli/sandbox';

test('a package without the data of the sandbox is damaged', () => {
  expect(() => worldBeside('/')).toThrow(
    expect.objectContaining({
      code: 'INTERNAL',
      message: 'The sandbox data (world.json.gz) is missing from the package.',
      hint: 'Reinstall the package.',
    }),
  );
});

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
