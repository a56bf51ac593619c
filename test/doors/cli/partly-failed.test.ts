import { cli } from '../../support/run-cli';

const NOTE = '1 of 3 lookups failed. The exit status is 0 because not all of them failed.\n';

describe.each([
  ['no option', []],
  ['-o json', ['-o', 'json']],
  ['-o csv', ['-o', 'csv']],
  ['-o ndjson', ['-o', 'ndjson']],
])('with %s', (_, format) => {
  test.each([
    ['host', 'contoso.com', 'a b', 'none.example'],
    ['ip', '192.0.2.1', '999.1.1.1', '192.0.2.77'],
  ])('%s: says why the status of a partly failed list is 0', async (...words) => {
    const { status, stderr } = await cli([...words, ...format, '--sandbox']);
    expect(status).toBe(0);
    expect(stderr).toContain(NOTE);
  });
});

test.each([
  [['host', 'contoso.com', 'none.example'], 0],
  [['host', 'a b', 'c d'], 1],
  [['articles', '--limit', '1'], 0],
  [['host', 'contoso.com', 'a b', '--quiet'], 0],
])('%j: says nothing about the exit status', async (words, status) => {
  const run = await cli([...words, '--sandbox']);
  expect(run).toMatchObject({ status, stderr: expect.not.stringContaining('exit status') });
});
