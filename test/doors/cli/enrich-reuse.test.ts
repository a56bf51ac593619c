import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APPLICATION } from '../../../src/sandbox/options';
import { cli } from '../../support/run-cli';
import { signInSandbox } from '../../support/sign-in-sandbox';

const signIn = signInSandbox();
let folder: string;
let environment: NodeJS.ProcessEnv;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mdti-reuse-'));
  writeFileSync(join(folder, 'list.txt'), 'contoso.com\n192.0.2.1\n');
  environment = {
    ...signIn.environment,
    MDTI_APP_ID: APPLICATION.id,
    MDTI_TENANT_ID: APPLICATION.domain,
    MDTI_CLIENT_CREDENTIALS: 'true',
    MDTI_CREDENTIALS_PASSWORD: APPLICATION.secret,
    MDTI_RESPONSES: join(folder, 'responses'),
  };
});
afterEach(() => jest.restoreAllMocks());

/** Runs `mdti enrich` and returns what it says about requests: those sent, and responses reused. */
async function counts(options: readonly string[] = [], more: NodeJS.ProcessEnv = {}): Promise<number[]> {
  const words = ['enrich', join(folder, 'list.txt'), ...options];
  const { stderr } = await cli(words, '', { ...environment, ...more });
  const [, sent, reused] = /(\d+) requests? to Graph, (\d+) responses? reused/.exec(stderr) ?? [stderr];
  return [Number(sent), Number(reused)];
}

test.each([
  ['reuses every response', [], [0, 2]],
  ['with --max-age 1h reuses every response', ['--max-age', '1h'], [0, 2]],
  ['with --max-age 0s requests all', ['--max-age', '0s'], [2, 0]],
  ['with --fresh requests all', ['--fresh'], [2, 0]],
])('a second run %s', async (_, options, expected) => {
  expect(await counts()).toEqual([2, 0]);
  expect(await counts(options)).toEqual(expected);
});

test('a run with --params is advised to change that file', async () => {
  const params = join(folder, 'params.json');
  writeFileSync(params, JSON.stringify({ credentials: { password: 'wrong' } }));
  const { MDTI_CREDENTIALS_PASSWORD, ...others } = environment;
  const { stderr } = await cli(['enrich', join(folder, 'list.txt'), '--params', params], '', others);
  expect(stderr).toContain(
    `The value of the client secret is needed, not its secret ID: write it to ${params}.\n`,
  );
});

test('without a cache each run requests every row', async () => {
  const off = { MDTI_CACHE_TTL: '0' };
  expect(await counts([], off)).toEqual([2, 0]);
  expect(await counts([], off)).toEqual([2, 0]);
  expect(await counts(['--fresh'], off)).toEqual([2, 0]);
});
