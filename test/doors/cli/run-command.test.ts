import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cli } from '../../support/run-cli';

afterEach(() => void jest.restoreAllMocks());

const HOSTS = join(mkdtempSync(join(tmpdir(), 'mdti-words-')), 'hosts.txt');
writeFileSync(HOSTS, '\uFEFFcontoso.com\r\n# a comment\r\n\r\n example.org \r\n');

describe('--show-request', () => {
  const path = (text: string) => text.replaceAll(/https:\/\/localhost:\d+/g, '');

  test.each([[['host', 'contoso.com']], [['!host contoso.com']], [['!host host_id=contoso.com']]])(
    '%j prints the request and sends none',
    async (words) => {
      const { status, stdout, stderr } = await cli([...words, '--show-request', '--sandbox']);
      expect([status, path(stdout), stderr]).toEqual([
        0,
        'GET /v1.0/security/threatIntelligence/hosts/contoso.com\n',
        '',
      ]);
    },
  );

  test('counts those that are sent together', async () => {
    const { stdout, stderr } = await cli(['domain', 'a.example', 'b.example', '--show-request', '--sandbox']);
    expect(stdout.match(/^GET \S+$/gm)).toHaveLength(6);
    expect(stderr).toBe('6 requests, sent together in $batch requests of up to 20.\n');
  });

  test('of an unknown command is the error of that command', async () => {
    const { status, stderr } = await cli(['!zzzzzzzz', '--show-request', '--sandbox']);
    expect([status, stderr]).toEqual([
      2,
      'There is no command "zzzzzzzz".\nRun `mdti commands` for the list.\n',
    ]);
  });
});

describe('values', () => {
  test.each([
    [['host', 'a', 'host_id=b'], '', 'host_id is given twice.\nGive it once.\n'],
    [['host', 'a', '--host-id', 'b'], '', 'host_id is given twice.\nGive it once.\n'],
    [
      ['host-ports', 'a', 'b'],
      '',
      'host_id takes one value, not 2: "a", "b".\nRun the command once for each.\n',
    ],
    [
      ['host-ports', 'a', 'b', 'c', 'd'],
      '',
      'host_id takes one value, not 4: "a", "b", "c", ….\nRun the command once for each.\n',
    ],
    [
      ['host-ports', '-'],
      'a\nb\n',
      'host_id takes one value, not 2: "a", "b".\nRun the command once for each.\n',
    ],
    [['host', 'hostid=a'], '', 'mdti host has no argument "hostid".\nDid you mean host_id=… or --host-id?\n'],
    [['ip', '-'], '# nothing\n', 'stdin is empty.\nGive one value per line.\n'],
    [['ip', '@/absent'], '', '@/absent does not exist.\nCheck its path and its permissions.\n'],
    [['ip', `@${tmpdir()}`], '', `@${tmpdir()} is a folder.\nName a file in it.\n`],
  ])('%j with stdin %j is rejected with what to do', async (words, stdin, stderr) => {
    expect(await cli([...words, '--sandbox'], stdin)).toEqual({ status: 2, stdout: '', stderr });
  });

  test.each([
    [['host', 'contoso.com,example.org'], ''],
    [['host', ' contoso.com', 'example.org '], ''],
    [['host', '--host-id', 'contoso.com', '--host-id', 'example.org'], ''],
    [['host', 'host_id=contoso.com,example.org'], ''],
    [['host', '["contoso.com", "example.org"]'], ''],
    [['host', '-'], 'contoso.com\nexample.org\n'],
    [['host', '-'], '\uFEFF# hosts\r\ncontoso.com, example.org\r\n'],
    [['host', `@${HOSTS}`], ''],
    [['host', 'contoso.com', '-'], 'example.org'],
  ])('%j with stdin %j is two hosts', async (words, stdin) => {
    const { stdout } = await cli([...words, '--show-request', '--sandbox'], stdin);
    const ids = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('/').at(-1));
    expect(ids).toEqual(['contoso.com', 'example.org']);
  });

  test.each([
    [['host-ports', '-'], 'contoso.com\n', 'hosts/contoso.com/ports'],
    [['articles', 'copper', 'heron'], '', '%22copper%20heron%22'],
    [['whois-search', 'registrant/name=Contoso'], '', 'Contoso'],
    [['articles', 'limit=3', 'copper'], '', '$top=3'],
  ])('%j with stdin %j requests %s', async (words, stdin, part) => {
    const { stdout } = await cli([...words, '--show-request', '--sandbox'], stdin);
    expect(stdout).toContain(part);
  });
});

test.each([[['auth-reset']], [['!auth-reset']], [['!msg-defender-threat-intel-auth-reset']]])(
  '%j fails where the sign-ins cannot be changed',
  async (words) => {
    const { status, stderr } = await cli(words, '', {
      MDTI_STATE_FILE: dirname(HOSTS),
      MDTI_APP_ID: 'one',
      MDTI_TENANT_ID: 'contoso.com',
    });
    expect([status, stderr]).toEqual([1, expect.stringContaining(dirname(HOSTS))]);
  },
);

describe('results', () => {
  test('rows as NDJSON, with the note about more of them below', async () => {
    const { status, stdout, stderr } = await cli([
      'host-subdomains',
      'contoso.com',
      '-o',
      'ndjson',
      '--limit',
      '2',
      '--sandbox',
    ]);
    expect(status).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { hostId: 'contoso.com', host: { id: 'api.contoso.com' } },
      { hostId: 'contoso.com', host: { id: 'app.contoso.com' } },
    ]);
    expect(stderr).toContain('Raise --limit or add --all-results to get the rest.');
  });

  test('--quiet prints the rows only', async () => {
    const words = ['host-subdomains', 'contoso.com', '--limit', '2', '--sandbox', '--quiet'];
    for (const format of ['ndjson', 'csv', 'table'])
      expect(await cli([...words, '-o', format])).toMatchObject({ status: 0, stderr: '' });
  });

  test.each(['ndjson', 'csv', 'json'])('a host that is not found is a row of -o %s', async (format) => {
    const { status, stdout } = await cli(['host-ports', 'absent.example', '-o', format, '--sandbox']);
    expect(status).toBe(0);
    expect(stdout).toMatch(format === 'json' ? /^(?:null|\[\])\n$/ : /absent\.example.*not found/);
  });

  test('rows that are cut off by default say how to get the rest; --limit was a choice', async () => {
    const words = ['host-subdomains', 'contoso.com', '-o', 'csv', '--sandbox'];
    expect((await cli(words)).stderr).toBe('More rows are available: add --limit N or --all-results.\n');
    expect((await cli([...words, '--limit', '2'])).stderr).toBe('');
  });

  test('a lookup that fails is an error, a row and a hint how to search for the name', async () => {
    const { status, stdout, stderr } = await cli(['article', 'NOPE', '-o', 'csv', '--sandbox']);
    expect([status, stdout]).toEqual([
      1,
      expect.stringMatching(/^id,status,error\r\nNOPE,failed,Graph responded with 404/),
    ]);
    expect(stderr).toContain('If "NOPE" is a name, run `mdti articles --search "NOPE" --sandbox`.\n');
  });

  test('the hint to search for a name contains nothing that a shell would replace', async () => {
    const { stderr } = await cli(['article', 'Red "$(id)" `id`!', '--sandbox']);
    expect(stderr).toContain('run `mdti articles --search "Red (id) id" --sandbox`.\n');
  });

  test('-q selects a part, and says where it matched nothing', async () => {
    const words = ['host', 'contoso.com', '--sandbox', '-q'];
    expect(await cli([...words, 'registrar'])).toEqual({
      status: 0,
      stdout: 'Example Registrar, Inc.\n',
      stderr: '',
    });
    const { stderr } = await cli([...words, 'nothing']);
    expect(stderr).toMatch(/^-q matched nothing: the result is an object with .*\n$/);
  });

  test('--format of expand is for the context, and says so', async () => {
    const { stderr } = await cli([
      'expand',
      'contoso.com',
      '--format',
      'dot',
      '--max-nodes',
      '3',
      '--sandbox',
    ]);
    expect(stderr).toContain('--format adds the text to the context only; to print it, use -o dot.\n');
    const { stderr: chosen } = await cli([
      'expand',
      'contoso.com',
      '--format',
      'dot',
      '-o',
      'dot',
      '--max-nodes',
      '3',
      '--sandbox',
    ]);
    expect(chosen).not.toContain('--format adds');
  });

  test('without a sign-in it says how to sign in, or try', async () => {
    const { status, stderr } = await cli(['host', 'contoso.com']);
    expect([status, stderr]).toEqual([
      1,
      'The parameter app_id is required for this sign-in method and is not set.\nRun `mdti login`, or set it in the profile that `mdti config check` shows.\nNo sign-in is configured: run `mdti login`, or add --sandbox to try it without one.\n',
    ]);
    const { stderr: half } = await cli([
      'host',
      'contoso.com',
      '--param',
      'app_id=x',
      '--param',
      'client_credentials=true',
    ]);
    expect(half).not.toContain('No sign-in is configured');
  });
});
