import { cli } from '../../support/run-cli';

afterEach(() => void jest.restoreAllMocks());

test.each([
  [['article', 'NOPE'], 'run `mdti articles --search "NOPE" --sandbox`'],
  [['ssl-certificates', 'contoso.com'], '`mdti ssl-certificates subject/commonName=contoso.com --sandbox`'],
  [['ssl-certificates', 'contoso.com'], 'Properties: fingerprint, sha1, serialNumber, subject/commonName, '],
  [['ssl-certificates', 'contoso.com'], '(`mdti ssl-certificates --help` lists all)'],
  [['ip'], 'Example: `mdti ip 192.0.2.1 --sandbox`'],
  [['cve'], 'Example: `mdti cve cve-2099-10001 --sandbox`'],
  [['hosts'], 'Example: `mdti host contoso.com --sandbox`'],
  [['ip', 'contoso.com'], 'Run `mdti domain contoso.com --sandbox`.'],
  [['domain', '192.0.2.1'], 'Run `mdti ip 192.0.2.1 --sandbox`.'],
  [['host', 'soc@contoso.com'], 'Run `mdti domain contoso.com --sandbox`.'],
  [['host', 'cve-2099-0001'], 'Run `mdti cve CVE-2099-0001 --sandbox`.'],
])('%j: the hint can be copied and run', async (words, hint) => {
  const { stderr } = await cli([...words, '--sandbox']);
  expect(stderr).toContain(hint);
});

test('the example of a search by a property runs', async () => {
  const words = ['ssl-certificates', 'subject/commonName=contoso.com', '--sandbox'];
  expect((await cli(words)).stdout).toContain('contoso.com');
});

test('shows how to request more rows in command-line syntax', async () => {
  const { stdout } = await cli(['articles', '--limit', '1', '--sandbox']);
  expect(stdout).toContain('Raise --limit or add --all-results to get the rest.');
});

test.each(['json', 'graphml'])(
  'a partial graph as %s is not continued by options that expand lacks',
  async (format) => {
    const words = ['expand', 'contoso.com', '--max-nodes', '5', '-o', format, '--sandbox'];
    const { stderr } = await cli(words);
    expect(stderr).toContain('The graph is partial; without -o, the command says how to continue.');
    expect(stderr).not.toContain('--limit');
  },
);

test('outside the sandbox no hint names it', async () => {
  const { stderr } = await cli(['ssl-certificates', 'contoso.com']);
  expect(stderr).toContain('`mdti ssl-certificates subject/commonName=contoso.com`');
});
