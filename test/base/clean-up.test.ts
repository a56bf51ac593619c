import { withCleanUp } from '../../src/base/clean-up';

const works = async () => 'done';
const fails = async (): Promise<never> => {
  throw new Error('the work failed');
};
const cleans = jest.fn(async () => {});
const cleansNot = async () => {
  throw new Error('the clean-up failed');
};

test('returns what the work returned, after the clean-up', async () => {
  expect(await withCleanUp(works(), cleans)).toBe('done');
  expect(cleans).toHaveBeenCalledTimes(1);
});

test.each([
  ['the work', fails, cleans, 'the work failed'],
  ['the clean-up', works, cleansNot, 'the clean-up failed'],
  ['both', fails, cleansNot, 'the work failed'],
])('a failure of %s', async (_, work, cleanUp, message) => {
  await expect(withCleanUp<unknown>(work(), cleanUp)).rejects.toThrow(message);
});
