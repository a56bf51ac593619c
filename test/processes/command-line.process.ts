import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { VERSION } from '../../src/base/version';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { WORLD } from '../support/case';
import { MDTI, mdti } from '../support/mdti';

let sandbox: Sandbox;
let trusting: NodeJS.ProcessEnv;
let paramsFile: string;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
  const folder = mkdtempSync(join(tmpdir(), 'mdti-test-'));
  writeFileSync(join(folder, 'ca.pem'), sandbox.ca);
  trusting = { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') };
  paramsFile = join(folder, 'params.json');
  writeFileSync(paramsFile, JSON.stringify(sandbox.params));
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

/** A list of hosts in a file, as an editor on Windows saves it. */
const HOSTS = join(mkdtempSync(join(tmpdir(), 'mdti-hosts-')), 'hosts.txt');
writeFileSync(HOSTS, '\uFEFFcontoso.com\r\n# a comment\r\n\r\nexample.org\r\n');

const HOST = { command: 'msg-defender-threat-intel-host', args: { host_id: 'contoso.com' } };

describe('mdti run', () => {
  test('responds to a document with a document, and the next command needs no login', async () => {
    const first = await mdti(
      ['run'],
      JSON.stringify({
        ...HOST,
        params: sandbox.params,
        integrationContext: { theirs: 1 },
        lastRun: { at: 'x' },
      }),
      trusting,
    );
    expect(first).toMatchObject({ status: 0, stderr: '' });
    const response = JSON.parse(first.stdout);
    expect(
      response.entries[0].EntryContext['MSGDefenderThreatIntel.Host(val.id && val.id == obj.id)'].id,
    ).toBe('contoso.com');
    expect(response).toMatchObject({ integrationContext: { theirs: 1, tokens: {} }, lastRun: { at: 'x' } });
    const again = await mdti(
      ['run'],
      JSON.stringify({ ...HOST, params: sandbox.params, integrationContext: response.integrationContext }),
      trusting,
    );
    expect(again.status).toBe(0);
    expect(sandbox.requests.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET']);
  });

  test('sends who it is, and an id to find the request by', async () => {
    await mdti(['run'], JSON.stringify({ ...HOST, params: sandbox.params }), trusting);
    const headers = sandbox.requests.at(-1)?.headers;
    expect(headers).toMatchObject({
      'user-agent': `msg-defender-threat-intel/${VERSION}`,
      'client-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test.each([
    '',
    'garbage',
    '[]',
    '"x"',
    'null',
    '{}',
    '{"command": 5}',
    '{"command": "x", "args": []}',
    '{"command": ""}',
  ])('ends with status 2 on %j', async (stdin) => {
    const { status, stdout } = await mdti(['run'], stdin);
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      entries: [
        {
          Type: 4,
          ContentsFormat: 'text',
          Contents: expect.stringContaining('"command"'),
          EntryContext: null,
        },
      ],
    });
  });

  test('names the error in a document with a command', async () => {
    const { status, stdout } = await mdti(['run'], JSON.stringify({ ...HOST, args: [] }));
    expect([status, JSON.parse(stdout).entries[0].Contents]).toEqual([
      2,
      expect.stringContaining('"args" that is not an object'),
    ]);
  });

  test('reads a document after a byte order mark, and a late one from a non-blocking pipe', async () => {
    const document = JSON.stringify({ command: 'msg-defender-threat-intel-hst' });
    const marked = await mdti(['run'], `\uFEFF${document}`);
    expect(JSON.parse(marked.stdout)).toMatchObject({ errors: [{ code: 'COMMAND_UNKNOWN' }] });
    const late = `import fcntl, os, subprocess, sys, time
r, w = os.pipe()
fcntl.fcntl(r, fcntl.F_SETFL, fcntl.fcntl(r, fcntl.F_GETFL) | os.O_NONBLOCK)
child = subprocess.Popen(sys.argv[1:3] + ['run'], stdin=r)
os.write(w, sys.argv[3][:9].encode()); time.sleep(0.3); os.write(w, sys.argv[3][9:].encode()); os.close(w)
sys.exit(child.wait())`;
    const { stdout } = await new Promise<{ stdout: string }>((ended) =>
      execFile('python3', ['-c', late, process.execPath, MDTI, document], (_, out) => ended({ stdout: out })),
    );
    expect(JSON.parse(stdout)).toMatchObject({ errors: [{ code: 'COMMAND_UNKNOWN' }] });
  });

  test('an unreadable integrationContext counts as empty, and null counts as nothing', async () => {
    const { status, stdout } = await mdti(
      ['run'],
      JSON.stringify({ ...HOST, params: sandbox.params, integrationContext: 'broken', lastRun: null }),
      trusting,
    );
    expect(status).toBe(0);
    expect(Object.keys(JSON.parse(stdout).integrationContext)).toEqual(['tokens']);
  });

  test('test-module returns ok only if Graph responds', async () => {
    const good = await mdti(
      ['run'],
      JSON.stringify({ command: 'test-module', params: sandbox.params }),
      trusting,
    );
    expect(JSON.parse(good.stdout).entries).toMatchObject([{ Type: 1, Contents: 'ok' }]);
    sandbox.faults.rules = [{ kind: 'error', status: 403, times: 1 }];
    const bad = await mdti(
      ['run'],
      JSON.stringify({ command: 'test-module', params: sandbox.params }),
      trusting,
    );
    expect(bad.status).toBe(1);
    expect(JSON.parse(bad.stdout)).toMatchObject({
      entries: [{ Type: 4 }],
      errors: [{ code: 'GRAPH_FORBIDDEN', status: 403, requestId: expect.any(String) }],
    });
  });

  test('a wrong secret is reported in the words of the login service, without the secret', async () => {
    const params = { ...sandbox.params, credentials: { password: 'not-the-secret' } };
    const { status, stdout, stderr } = await mdti(['run'], JSON.stringify({ ...HOST, params }), {
      ...trusting,
      MDTI_LOG: 'debug',
    });
    expect(status).toBe(1);
    expect(JSON.parse(stdout).entries[0].Contents).toMatch(/AADSTS7000215: Invalid client secret/);
    expect(stdout + stderr).not.toContain('not-the-secret');
  });

  test('a certificate that no authority signed is named, not a stack', async () => {
    const { stdout } = await mdti(['run'], JSON.stringify({ ...HOST, params: sandbox.params }));
    expect(JSON.parse(stdout).entries[0].Contents).toMatch(/self-signed.*NODE_EXTRA_CA_CERTS/s);
  });

  test('insecure accepts any certificate', async () => {
    const { status } = await mdti(
      ['run'],
      JSON.stringify({ ...HOST, params: { ...sandbox.params, insecure: 'true' } }),
    );
    expect(status).toBe(0);
  });

  test('reads no parameter from the environment', async () => {
    const { stdout } = await mdti(['run'], JSON.stringify(HOST), {
      ...trusting,
      MDTI_APP_ID: 'x',
      MDTI_TENANT_ID: 'y',
    });
    expect(JSON.parse(stdout).entries[0].Contents).toContain('app_id');
  });

  test('--sandbox needs no parameters', async () => {
    const { status, stdout } = await mdti(['run', '--sandbox'], JSON.stringify(HOST));
    expect([status, JSON.parse(stdout).entries[0].Type]).toEqual([0, 1]);
  });
});

describe('mdti for a user', () => {
  test('prints a plain table when piped, with the default argument in its place', async () => {
    const { status, stdout } = await mdti(
      ['!msg-defender-threat-intel-host host_id="contoso.com, 192.0.2.1"', '--params', paramsFile],
      '',
      trusting,
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Hosts\n\nHost +Type +First seen/);
    expect(stdout).toMatch(/\ncontoso\.com +hostname /);
    expect(stdout).toContain('\n2 hosts.\n');
    expect(stdout).not.toContain('\u001b');
  });

  test.each([
    [['host', 'contoso.com', '192.0.2.1'], 'contoso.com\n192.0.2.1\n'],
    [['host', 'contoso.com,192.0.2.1'], 'contoso.com\n192.0.2.1\n'],
    [['msg-defender-threat-intel-host', '--host_id', 'contoso.com'], 'contoso.com\n'],
    [['host', 'host_id=contoso.com'], 'contoso.com\n'],
    [['host', '-'], 'contoso.com\nexample.org\n'],
    [['host', `@${HOSTS}`, '192.0.2.1'], 'contoso.com\nexample.org\n192.0.2.1\n'],
    [['host', '--host-id', `@${HOSTS}`], 'contoso.com\nexample.org\n'],
    [['ports', 'contoso.com', '--limit', '2'], '2 rows'],
    [['!host host_id=contoso.com'], 'contoso.com\n'],
  ] as const)('takes the natural form: mdti %j', async (args, expected) => {
    const { status, stdout } = await mdti(
      [...args, '-o', 'ndjson', '--sandbox'],
      '\uFEFFcontoso.com\r\n\n# a comment\nexample.org\n',
    );
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(status).toBe(0);
    expect(expected === '2 rows' ? `${rows.length} rows` : rows.map(({ id }) => `${id}\n`).join('')).toBe(
      expected,
    );
  });

  test('every format names every host that was looked up', async () => {
    const hosts = ['host-reputation', 'contoso.com', '192.0.2.1', 'none.example', '--sandbox'];
    const csv = await mdti([...hosts, '-o', 'csv']);
    expect([csv.status, csv.stdout.split('\r\n').map((line) => line.split(',').slice(0, 2))]).toEqual([
      0,
      [
        ['hostId', 'status'],
        ['contoso.com', 'found'],
        ['192.0.2.1', 'found'],
        ['none.example', 'not found'],
        [''],
      ],
    ]);
    const json = await mdti([...hosts, '-o', 'json', '-q', '[].hostId']);
    expect([JSON.parse(json.stdout), json.stderr]).toEqual([
      ['contoso.com', '192.0.2.1'],
      'Not found: none.example.\n',
    ]);
    const mixed = await mdti(['ip', '192.0.2.1', 'no-ip', '-o', 'ndjson', '--sandbox']);
    expect(
      mixed.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).status),
    ).toEqual(['found', 'failed']);
  });

  test('a folder, a port in use and a log level that does not exist get a sentence each', async () => {
    const port = new URL(sandbox.origin).port;
    const calls = await Promise.all([
      mdti(['enrich', tmpdir(), '--sandbox']),
      mdti(['sandbox', '--port', port]),
      mdti(['host', 'contoso.com'], '', { MDTI_LOG: 'verbose' }),
      mdti(['config', 'check'], '', { HOME: '' }),
    ]);
    expect(calls.map(({ status, stdout, stderr }) => [status, (stdout + stderr).split('\n')[0]])).toEqual([
      [2, `${tmpdir()} is a folder.`],
      [2, `--port: ${port} is in use by another program.`],
      [2, 'MDTI_LOG: "verbose" is not a log level.'],
      [1, expect.stringMatching(/^FAIL {2}No parameter is set in profile default in \//)],
    ]);
  });

  test('a command continues where its sign-in cannot be saved; a sign-in does not', async () => {
    const environment = { ...trusting, HOME: '/dev/null/home', MDTI_STATE_FILE: '', MDTI_LOG: 'warn' };
    const host = await mdti(['host', 'contoso.com', '--params', paramsFile], '', environment);
    expect([host.status, host.stderr]).toEqual([0, expect.stringContaining('was not saved')]);
    const login = await mdti(
      ['auth-start', '--params', paramsFile, '--param', 'client_credentials=false'],
      '',
      environment,
    );
    expect([login.status, login.stderr]).toEqual([1, expect.stringContaining('MDTI_STATE_FILE')]);
  });

  test('--show-request needs neither a sign-in nor the network', async () => {
    const { status, stdout } = await mdti(['articles', 'a & b', '--show-request']);
    expect([status, stdout]).toEqual([
      0,
      'GET https://graph.microsoft.com/v1.0/security/threatIntelligence/articles?$search=%22a%20%26%20b%22&$top=50\n',
    ]);
  });

  test('prefers parameters from the environment to those of the file', async () => {
    const environment = { ...trusting, MDTI_CREDENTIALS_PASSWORD: 'another' };
    const { status, stderr } = await mdti(
      ['!msg-defender-threat-intel-auth-test', '--params', paramsFile],
      '',
      environment,
    );
    expect([status, stderr]).toEqual([1, expect.stringContaining('AADSTS7000215')]);
  });

  test.each([
    [['--version'], 0, VERSION],
    [['--help'], 0, 'mdti run'],
    [[], 0, 'mdti run'],
    [['commands'], 0, 'host-whois-history'],
    [['commands', '-q', "[?shortName=='host'].name"], 0, 'msg-defender-threat-intel-host\n'],
    [['doctor', '-q', 'checks[].status', '--sandbox'], 0, 'ok\n'],
    [['expand', 'contoso.com', '-o', 'stix', '-q', 'type', '--sandbox'], 0, 'bundle'],
    [['help', 'host-reputation'], 0, 'MSGDefenderThreatIntel.HostReputation.rules.severity'],
    [['help', 'host-reputatoin'], 2, 'Did you mean `mdti host-reputation`?'],
    [['comands'], 2, 'Did you mean `mdti commands`?'],
    [['hots', 'contoso.com'], 2, 'Did you mean `mdti host contoso.com`?'],
    [['--nonsense'], 2, '--nonsense'],
    [['!msg-defender-threat-intel-host "open'], 2, 'is not closed'],
    [['!msg-defender-threat-intel-host'], 1, 'needs the argument host_id'],
    [['!msg-defender-threat-intel-host', '--params', '/nowhere/params.json'], 2, '/nowhere/params.json'],
    [['sandbox', '--port', 'x'], 2, '--port'],
    [['sandbox', '--port', '99999'], 2, 'from 0 to 65535'],
    [['sandbox', '--port', '-1'], 2, 'mdti sandbox --help'],
    [['run', '--bar'], 2, 'mdti run has no option --bar.'],
    [['sandbox', '--help'], 0, '--latency'],
    [['contoso.com'], 2, 'run `mdti domain contoso.com`'],
    [['192[.]0[.]2[.]1'], 2, 'run `mdti ip 192.0.2.1`'],
    [['host', 'contoso.com', '--json'], 2, 'Use -o json.'],
    [['host', 'contoso.com'], 1, 'run `mdti login`'],
    [['article', '17acf3b9', '-q', '[].id', '--sandbox'], 0, '17acf3b9'],
    [['logout'], 0, 'Not signed in'],
    [['war-room', '--help'], 0, 'mdti war-room [NAME]'],
    [['enrich', '--help'], 0, '--column NAME'],
    [['help', 'enrich'], 0, '--column NAME'],
    [['ip', '--help'], 0, 'mdti ip IP…'],
    [['run', 'contoso.com'], 2, 'run `mdti host contoso.com`'],
    [['war-room', '-o', 'json'], 2, '-o is an option of commands'],
    [['war-room', 'one', 'two'], 2, 'unexpected word "two"'],
    [['config'], 2, 'mdti config needs init or check'],
    [['completion'], 2, 'needs bash, zsh, fish or powershell'],
    [['enrich', 'contoso.com', '--sandbox'], 2, 'To look up one, run `mdti domain contoso.com'],
    [['host-ports', 'a.example', 'b.example'], 2, 'host_id takes one value, not 2'],
    [['host', '@/nowhere/hosts.txt'], 2, '@/nowhere/hosts.txt does not exist'],
    [['host-pairs', 'a.example', '--direction', 'paren'], 2, 'Did you mean parent?'],
    [['host', 'host_id=a.example', 'b.example'], 2, 'host_id is given twice'],
  ] as const)('mdti %j exits with %i and prints %j', async (args, expected, outcome) => {
    const { status, stdout, stderr } = await mdti(args);
    expect([status, stdout + stderr]).toEqual([expected, expect.stringContaining(outcome)]);
    expect(stderr).not.toMatch(/ at .+:\d+|Error:/);
  });

  test('mdti sandbox serves until it is stopped, and its directions work', async () => {
    const child = spawn(process.execPath, [MDTI, 'sandbox', '--throttle', '0'], {
      env: { PATH: process.env.PATH },
    });
    const said = await new Promise<string>((heard) =>
      child.stdout.once('data', (part) => heard(String(part))),
    );
    const [, allowed, ca, params = ''] =
      /MDTI_ALLOW_ENDPOINTS=(\S+) NODE_EXTRA_CA_CERTS=(\S+) mdti .+ --params (\S+)/.exec(said) ?? [];
    const { status, stdout } = await mdti(
      ['!msg-defender-threat-intel-host host_id=example.org', '--params', params],
      '',
      { MDTI_ALLOW_ENDPOINTS: allowed, NODE_EXTRA_CA_CERTS: ca },
    );
    expect([status, stdout]).toEqual([0, expect.stringContaining('example.org')]);
    const steps = said.split('\n').filter((line) => /^ {2}(?:export|echo|mdti host)/.test(line));
    const login = `mdti() { '${process.execPath}' '${MDTI}' "$@"; }\n${steps.join('\n')}`;
    const env = {
      PATH: process.env.PATH,
      HOME: mkdtempSync(join(tmpdir(), 'mdti-home-')),
      MDTI_LOG: 'error',
    };
    const printed = await promisify(execFile)('bash', ['--norc', '-ec', login], { env });
    expect(printed.stdout).toMatch(/ok {4}one call[\s\S]*contoso\.com +hostname/);
    const ended = new Promise((code) => child.once('exit', code));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});
