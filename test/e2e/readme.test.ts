import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { WORLD } from '../support/case';
import { type Installed, installed } from '../support/in-path';

const ROOT = join(__dirname, '../..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** What the README tells to type. The first two install and test the whole house: the judge of a commit runs those. */
const COMMANDS = [...README.matchAll(/^```sh\n(.*?)\n```$/gms)]
  .map(([, command = '']) => command)
  .filter((command) => !command.startsWith('npm ci'));

/** npm tells what it runs, and `mdti enrich` how far it is. */
const SPEAKS_ON_STDERR = /^npm|mdti enrich/;

let sandbox: Sandbox;
let mdti: Installed;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
  mdti = installed(sandbox);
});
afterAll(() => sandbox.close());

test.each(COMMANDS)(
  '%s',
  (command) => {
    const env = { ...process.env, ...mdti.env, MDTI_STATE_FILE: join(mdti.folder, 'state') };
    const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', command], {
      cwd: ROOT,
      env,
      encoding: 'utf8',
    });
    const told = SPEAKS_ON_STDERR.test(command) ? '' : stderr;
    expect({ status, stderr: told }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trim()).not.toBe('');
  },
  30_000,
);

test('every section about a door has a command', () => {
  expect(COMMANDS.length).toBeGreaterThanOrEqual(8);
});

test('every link leads somewhere', () => {
  const links = [...README.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, path = '']) => path);
  const here = links.filter((path) => !/^https?:/.test(path));
  expect(here.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
