import { VERSION } from '../../../src/base/version';
import { cli } from '../../support/run-cli';

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
