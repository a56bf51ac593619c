import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { WORLD } from '../support/case';
import { type Installed, installed } from '../support/in-path';

const SHIM = join(__dirname, '../../xsoar/shim.py');

let sandbox: Sandbox;
let mdti: Installed;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
  mdti = installed(sandbox);
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

interface Entry {
  readonly Type: number;
  readonly Contents: unknown;
  readonly EntryContext: object | null;
}

/** What the shim did with the platform's object. */
interface Did {
  readonly results: readonly (readonly Entry[] | string)[];
  readonly debug: readonly string[];
  readonly order: readonly string[];
  readonly integrationContext?: { readonly tokens?: object; readonly theirs?: number };
  readonly lastRun?: object;
  readonly incidents?: readonly { readonly name: string; readonly rawJSON: string }[];
  readonly exception?: string;
}

async function platform(scenario: object, env = mdti.env): Promise<Did> {
  const python = spawn('python3', [join(__dirname, 'platform.py'), SHIM], { env });
  python.stdin.end(JSON.stringify({ params: sandbox.params, ...scenario }));
  const [stdout, stderr] = await Promise.all([text(python.stdout), text(python.stderr)]);
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout) as Did;
}

const HOST = { command: 'msg-defender-threat-intel-host', args: { host_id: 'contoso.com' } };

test('entries arrive whole, and the token is kept beside what is not ours', async () => {
  const did = await platform({ ...HOST, integrationContext: { theirs: 1 } });
  const [[entry] = []] = did.results as Entry[][];
  expect(entry).toMatchObject({ Type: 1, Contents: { id: 'contoso.com' } });
  expect(Object.keys(entry?.EntryContext ?? {})).toEqual([
    'MSGDefenderThreatIntel.Host(val.id && val.id == obj.id)',
  ]);
  expect(did.integrationContext).toMatchObject({ theirs: 1, tokens: expect.anything() });

  const again = await platform({ ...HOST, integrationContext: did.integrationContext });
  expect(again.integrationContext).toBeUndefined();
  expect(sandbox.requests.filter(({ path }) => path.includes('/oauth2/'))).toHaveLength(1);
});

test('an error is an entry of the platform’s error type', async () => {
  const did = await platform({ command: 'msg-defender-threat-intel-host', args: { host_id: '..' } });
  expect(did.exception).toBeUndefined();
  expect((did.results as Entry[][])[0]?.[0]).toMatchObject({ Type: 4, EntryContext: null });
});

test('test-module answers ok, or the text that is shown in red, and asks for no state', async () => {
  expect(await platform({ command: 'test-module' })).toMatchObject({ results: ['ok'] });
  const params = { ...sandbox.params, max_results: 'many' };
  expect((await platform({ command: 'test-module', params })).results[0]).toMatch('max_results');
});

test('incidents arrive before the last run moves', async () => {
  const did = await platform({
    command: 'fetch-incidents',
    params: { ...sandbox.params, first_fetch: '10 years' },
  });
  expect(did.exception).toBeUndefined();
  expect(did.results).toEqual([]);
  expect(did.order.filter((step) => step !== 'integrationContext')).toEqual(['incidents', 'lastRun']);
  expect(did.incidents?.length).toBeGreaterThan(0);
  expect(JSON.parse(did.incidents?.[0]?.rawJSON ?? '')).toHaveProperty('id');
});

test('a fetch that fails raises, and the last run stays', async () => {
  const did = await platform({
    command: 'fetch-incidents',
    params: { ...sandbox.params, max_fetch: 'many' },
  });
  expect(did.exception).toMatch('max_fetch');
  expect(did.order).toEqual([]);
});

test('logs go to the platform’s log', async () => {
  const did = await platform(HOST, { ...mdti.env, MDTI_LOG: 'info' });
  expect(did.debug.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ event: 'token issued' }),
  );
});

test('an image that has no working mdti says so', async () => {
  const broken = installed(sandbox, '/nowhere/mdti.cjs');
  expect((await platform(HOST, broken.env)).exception).toMatch(
    'mdti ended with status 1 and without an answer.',
  );
});

test('the shim is thin', () => {
  expect(readFileSync(SHIM, 'utf8').split('\n').length).toBeLessThan(60);
});
