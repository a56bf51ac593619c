import { cli } from '../../support/run-cli';

afterEach(() => void jest.restoreAllMocks());

test.each([
  [['ip', '192.0.2.1'], /2 requests to Graph: Host, HostReputation\.\n\nTimes are in UTC\./],
  [['host-ports', 'contoso.com'], /4 ports\.\n\nTimes are in UTC\./],
  [['articles', '--limit', '1'], /Showing 1 article; more are available/],
])('%j: --quiet leaves the notes out, and nothing else', async (words, notes) => {
  const plain = await cli([...words, '--sandbox']);
  const quiet = await cli([...words, '--sandbox', '--quiet']);
  expect(plain.stdout).toMatch(notes);
  expect(quiet.stdout).not.toMatch(/requests? to Graph|Times are in UTC|Showing|ports\./);
  expect(quiet.stderr).toBe('');
  const kept = quiet.stdout.split('\n').filter((line) => line !== '');
  expect(plain.stdout.split('\n').filter((line) => kept.includes(line))).toEqual(kept);
});
