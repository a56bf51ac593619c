import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MDTI, mdti } from '../support/mdti';
import { Terminal } from '../support/terminal';

const folder = mkdtempSync(join(tmpdir(), 'mdti-list-'));
const list = join(folder, 'list.txt');
writeFileSync(list, 'contoso.com\n192.0.2.1\nN/A\nuser@contoso.com\nCVE-2099-10001\nlogin-update.example\n');

/** What `mdti enrich` shows in a terminal, and its exit status. */
async function enrich(...args: readonly string[]) {
  const terminal = new Terminal([process.execPath, MDTI, 'enrich', list, '--sandbox', ...args], {
    PATH: process.env.PATH,
    HOME: folder,
  });
  const status = await terminal.ended;
  return { status, text: terminal.text().replaceAll('\r', ''), raw: terminal.raw() };
}

const TABLES = `6 rows: 4 found, 0 unknown, 2 refused, 0 failed. 4 requests to Graph, 0 responses reused.

Verdict       Rows  Highest scores
────────────  ────  ──────────────────────────────────────────
!! malicious  2     192.0.2.1 (100), login-update.example (92)
!! critical   1     CVE-2099-10001 (100)
-  neutral    1     contoso.com

Not looked up                             Rows  Examples
────────────────────────────────────────  ────  ────────────────
is a placeholder                          1     N/A
is an e-mail address; look up its domain  1     user@contoso.com
Exit status 3: 2 rows were refused or failed. The field \`reason\` states why.
`;

test('a user gets two tables at the end, the verdicts in color, and status 3 for refused rows', async () => {
  const { status, text, raw } = await enrich('--out', join(folder, 'rows.csv'), '-o', 'csv');
  expect(text).toContain(TABLES);
  expect([status, raw.includes('\u001b[31m!! malicious')]).toEqual([3, true]);
});

test('--quiet writes only the rows', async () => {
  const out = join(folder, 'quiet.ndjson');
  expect(await enrich('--quiet', '--out', out)).toMatchObject({ status: 3, text: '' });
  expect(readFileSync(out, 'utf8').trimEnd().split('\n')).toHaveLength(6);
  const piped = await mdti(['enrich', list, '--quiet', '--sandbox']);
  expect([piped.stderr, piped.stdout.trimEnd().split('\n').length]).toEqual(['', 6]);
});

test('the end counts the requests to Graph and the responses that were reused', async () => {
  const repeated = join(folder, 'repeated.txt');
  // The response to the first row is reused once its batch is complete.
  const rows = [
    'contoso.com',
    ...Array.from({ length: 900 }, (_, row) => `host-${row}.example`),
    'CVE-2099-10001',
  ];
  writeFileSync(repeated, [...rows, 'contoso.com'].join('\n'));
  const { stderr } = await mdti(['enrich', repeated, '--sandbox', '-o', 'csv']);
  expect(stderr).toMatch(/0 failed\. 902 requests to Graph, 1 response reused\.\n$/);
});

test('rows on the same terminal have separate lines, above the tables', async () => {
  const { text } = await enrich('-o', 'csv');
  const lines = text.split('\n');
  expect(lines[0]).toMatch(/^input,observable,type,outcome/);
  expect(lines[1]).toMatch(/^contoso.com,contoso.com,domain,found/);
  expect(text.slice(text.indexOf('6 rows'))).toBe(TABLES);
});

test.each(['csv', 'ndjson'])(
  'a style in the input is shown as its code, not obeyed: -o %s',
  async (format) => {
    const hostile = join(folder, 'hostile.txt');
    writeFileSync(hostile, 'a\u001b[31m b\u009b2J\n');
    const args = [process.execPath, MDTI, 'enrich', hostile, '--sandbox', '-o', format];
    const terminal = new Terminal(args, { PATH: process.env.PATH, HOME: folder });
    await terminal.ended;
    expect(terminal.raw()).toContain('a\\u001b[31m b\\u009b2J');
  },
);

test('an output is named by a path relative to the current folder', () => {
  const args = [MDTI, 'enrich', 'list.txt', '--out', 'relative.csv', '-o', 'csv', '--sandbox'];
  const { status } = spawnSync(process.execPath, args, { cwd: folder, env: { HOME: folder } });
  expect([status, readFileSync(join(folder, 'relative.csv'), 'utf8').split('\r\n').length]).toEqual([3, 8]);
});

test('logs are sentences on a terminal and JSON lines elsewhere', async () => {
  const { text } = await enrich('--verbose', '--out', join(folder, 'verbose.ndjson'));
  expect(text).toMatch(/^info: .+ \(.+\)$/m);
  const { stderr } = await mdti(['enrich', list, '--verbose', '--sandbox']);
  expect(JSON.parse(stderr.split('\n')[0] ?? '')).toMatchObject({ level: 'info' });
});

test('--quiet cannot be combined with --verbose', async () => {
  const { status, stderr } = await mdti(['enrich', list, '--quiet', '--verbose', '--sandbox']);
  expect([status, stderr]).toEqual([
    2,
    expect.stringContaining('--quiet cannot be combined with --verbose.'),
  ]);
});

test('a reader that closes the pipe leaves no folder of responses behind', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'mdti-temporary-'));
  const long = join(folder, 'long.txt');
  writeFileSync(long, Array.from({ length: 2_000 }, (_, row) => `host-${row}.example`).join('\n'));
  const line = `'${process.execPath}' '${MDTI}' enrich '${long}' --sandbox | head -1`;
  const { stdout } = spawnSync('sh', ['-c', line], {
    env: { PATH: process.env.PATH, HOME: folder, TMPDIR: temporary },
    encoding: 'utf8',
  });
  expect(stdout).toContain('host-0.example');
  expect(readdirSync(temporary).filter((name) => name.startsWith('mdti-responses'))).toEqual([]);
});
