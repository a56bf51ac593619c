import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MDTI } from '../support/mdti';

const OPEN_ALL_FILES = join(__dirname, '../support/open-all-files.cjs');

test.each(['localhost', '127.0.0.1'])(
  'reports the limit of open files of a process that connects to %s',
  (host) => {
    const origin = `https://${host}:9`;
    const folder = mkdtempSync(join(tmpdir(), 'mdti-open-files-'));
    const document = {
      command: 'msg-defender-threat-intel-host',
      args: { host_id: 'contoso.com' },
      params: {
        app_id: '00001111-aaaa-2222-bbbb-3333cccc4444',
        tenant_id: 'contoso.com',
        client_credentials: true,
        credentials: { password: 'secret' },
        azure_ad_endpoint: origin,
        graph_endpoint: origin,
      },
    };
    const { stdout } = spawnSync('sh', ['-c', `ulimit -n 200; exec "${process.execPath}" "${MDTI}" run`], {
      input: JSON.stringify(document),
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        NODE_OPTIONS: `--require ${OPEN_ALL_FILES}`,
        MDTI_ALLOW_ENDPOINTS: origin,
        MDTI_STATE_FILE: join(folder, 'state'),
        MDTI_CACHE: join(folder, 'cache'),
        MDTI_LOG: 'error',
      },
    });
    const { Contents } = JSON.parse(stdout).entries[0];
    expect(Contents).toContain('this process has reached its limit of open files');
    expect(Contents).toContain('ulimit -n');
  },
);

test('mdti enrich reports the limit of open files', () => {
  const origin = 'https://127.0.0.1:9';
  const folder = mkdtempSync(join(tmpdir(), 'mdti-open-files-'));
  const [list, out, params] = ['list.txt', 'rows.ndjson', 'params.json'].map((name) => join(folder, name));
  writeFileSync(String(list), 'contoso.com\n');
  writeFileSync(
    String(params),
    JSON.stringify({
      app_id: '00001111-aaaa-2222-bbbb-3333cccc4444',
      tenant_id: 'contoso.com',
      client_credentials: true,
      credentials: { password: 'a-secret' },
      azure_ad_endpoint: origin,
      graph_endpoint: origin,
    }),
  );
  const { status, stderr } = spawnSync(
    'sh',
    [
      '-c',
      `ulimit -n 200; exec "$@"`,
      'sh',
      process.execPath,
      MDTI,
      'enrich',
      `${list}`,
      '--out',
      `${out}`,
      '--params',
      `${params}`,
    ],
    {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        NODE_OPTIONS: `--require ${OPEN_ALL_FILES}`,
        MDTI_ALLOW_ENDPOINTS: origin,
        MDTI_STATE_FILE: join(folder, 'state'),
        MDTI_CACHE: join(folder, 'cache'),
        MDTI_RESPONSES: join(folder, 'responses'),
        MDTI_LOG: 'error',
      },
    },
  );
  expect([status, stderr]).toEqual([
    1,
    expect.stringContaining('this process has reached its limit of open files'),
  ]);
  expect(stderr).toContain('ulimit -n');
});
