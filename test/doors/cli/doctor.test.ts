import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VERSION } from '../../../src/base/version';
import { runCli } from '../../../src/doors/cli/main';
import { cli } from '../../support/run-cli';
import { standardStreams } from '../../support/standard-streams';

afterEach(() => void jest.restoreAllMocks());

const CHECKS = ['parameters', 'proxy', 'login service', 'Graph', 'clock', 'token', 'one call'];

test('each check is a line, and the status is 0 where all succeed', async () => {
  const { status, stdout, stderr } = await cli(['doctor', '--sandbox']);
  expect([status, stderr]).toEqual([0, '']);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => /^ok {4}(\S+(?: \S+)*) {2,}\S/.exec(line)?.[1])).toEqual(CHECKS);
});

test('a check that fails says what to do, and the status is 1', async () => {
  const { status, stdout } = await cli(['doctor', '--probe'], '', {
    MDTI_APP_ID: 'app',
    MDTI_CLIENT_CREDENTIALS: 'true',
  });
  expect([status, stdout]).toEqual([
    1,
    expect.stringMatching(/^FAIL {2}parameters {5}Client credentials need .*\n {21}Set one of /),
  ]);
  expect(stdout).not.toContain('orderby');
});

test('a parameter that is missing is set in the file that was named', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'mdti-doctor-')), 'params.json');
  writeFileSync(file, '{"tenant_id": "contoso.com"}');
  const { stdout } = await cli(['doctor', '--params', file]);
  expect(stdout).toContain(`\n${' '.repeat(21)}Set it in ${file}.\n`);
});

test.each([
  ['documented', 'accepted', '100 articles, newest first'],
  ['annotated', 'rejected', '400'],
])('--probe --mood %s shows the outcome, the request and what it means', async (mood, outcome, found) => {
  const { status, stdout } = await cli(['doctor', '--sandbox', '--probe', '--mood', mood]);
  expect(status).toBe(0);
  const [line = '', request] = stdout.split('\n').slice(CHECKS.length);
  expect(line.slice(0, 40)).toBe(`${outcome}  $orderby on articles          `);
  expect(line).toContain(found);
  expect(request).toMatch(/^ {40}GET \/security\/threatIntelligence\/articles\?/);
  expect(stdout).toContain(`\n${' '.repeat(40)}tables, relationships and exports use value and kind\n`);
});

test('--json prints one report, without the messages of the checks', async () => {
  const { status, stdout } = await cli(['doctor', '--sandbox', '--json']);
  expect([status, JSON.parse(stdout)]).toEqual([
    0,
    { version: VERSION, checks: CHECKS.map((check) => ({ check, status: 'ok' })), probes: [] },
  ]);
});

test('-q prints a part of the report; one that fails has the status 1', async () => {
  const words = ['doctor', '-q', 'checks[0].status'];
  expect(await cli(words)).toMatchObject({ status: 1, stdout: 'fail\n' });
});

test('--probe --json has the probes', async () => {
  const { stdout } = await cli(['doctor', '--sandbox', '--probe', '-q', 'probes[0].outcome']);
  expect(stdout).toBe('accepted\n');
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends the checks with a sentence', async (signal, expected) => {
  const { stdout, stderr } = standardStreams();
  stdout.once('data', () => process.emit(signal, signal));
  const status = await runCli(['doctor', '--sandbox', '--probe']);
  await new Promise(setImmediate);
  expect([status, stderr.text]).toEqual([expected, `Interrupted by ${signal}.\n`]);
  expect(stdout.text.split('\n').length).toBeLessThan(CHECKS.length);
});

test('every command reports a configuration that cannot be read', async () => {
  expect(await cli(['doctor', '--profile', 'absent'])).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('has no profile "absent"'),
  });
});

test('--probe prints its lines and the effects of a probe below the checks', async () => {
  const { stdout } = await cli(['doctor', '--sandbox', '--probe']);
  const lines = stdout.trimEnd().split('\n').slice(CHECKS.length);
  const indented = /^ {40}\S/;
  expect(
    lines.filter(
      (line) => !/^(?:accepted|rejected|ignored |unknown ) {2}.{28} {2}\S/.test(line) && !indented.test(line),
    ),
  ).toEqual([]);
  expect(stdout).not.toMatch(/^ {40}none$/m);
  // A probe without an effect is its result and its request alone.
  expect(stdout).toMatch(/^ {40}GET .*\n(?! )/m);
});

test('--json prints no lines of checks or probes', async () => {
  const { stdout } = await cli(['doctor', '--sandbox', '--probe', '--json']);
  expect(JSON.parse(stdout).probes.length).toBeGreaterThan(5);
});
