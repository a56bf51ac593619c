import { silentLog } from '../../src/base/log';
import type { ProbeResult } from '../../src/doctor/probes';
import { runProbes } from '../../src/doctor/run-checks';
import { openEngine } from '../../src/engine/engine';
import { type Faults, type Sandbox, startSandbox } from '../../src/sandbox';
import { APPLICATION } from '../../src/sandbox/options';
import { memoryStore, type Store } from '../../src/state/store';
import { WORLD } from '../support/case';
import { mdti } from '../support/mdti';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
});
afterAll(() => sandbox.close());

async function probes(
  faults: Partial<Faults>,
  store: Store = memoryStore(),
): Promise<Map<string, ProbeResult>> {
  sandbox.reset();
  Object.assign(sandbox.faults, faults);
  const results = new Map<string, ProbeResult>();
  const options = { params: sandbox.params, store, log: silentLog, ca: sandbox.ca, environment: {} };
  const { signal } = new AbortController();
  for await (const result of runProbes({ ...options, signal, allowEndpoints: [sandbox.origin] }))
    results.set(result.probe, result);
  return results;
}

function outcomes(results: ReadonlyMap<string, ProbeResult>) {
  return Object.fromEntries([...results].map(([name, { outcome }]) => [name, outcome]));
}

test.each([
  ['documented', 'accepted', 'accepted'],
  ['annotated', 'rejected', 'rejected'],
  ['careless', 'ignored', 'ignored'],
] as const)('in the %s mood, $orderby is %s and $filter %s', async (mood, orderby, filter) => {
  const found = outcomes(await probes({ mood }));
  expect(found).toMatchObject({ '$orderby on articles': orderby, '$filter on profiles': filter });
  expect(found).toMatchObject({ $batch: 'accepted', 'ids of artifacts': 'accepted', ports: 'accepted' });
});

test('the other quirks of a tenant are found', async () => {
  const found = await probes({ topIsTotal: true, maxTop: 500, noBatch: true });
  expect(found.get('meaning of $top')).toMatchObject({
    outcome: 'ignored',
    found: expect.stringContaining('a total'),
  });
  expect(outcomes(found)).toMatchObject({ '$top=1000 on articles': 'rejected', $batch: 'rejected' });
  const links = await probes({ lowerCaseLinks: true });
  expect(links.get('case of nextLink')?.found).toBe('the path in another case');
});

test('the report names no host, id or token', async () => {
  const text = JSON.stringify([...(await probes({}))]);
  expect(text).not.toMatch(/contoso|eyJ|[0-9a-f]{16}/i);
});

test('later commands send no request for a probed rejection', async () => {
  const store = memoryStore();
  await probes({ maxTop: 100 }, store);
  const before = sandbox.requests.length;
  const ports = { params: sandbox.params, ca: sandbox.ca, store, allowEndpoints: [sandbox.origin] };
  await openEngine(ports).execute('msg-defender-threat-intel-article-list', { limit: '120' });
  expect(
    sandbox.requests
      .slice(before)
      .map(({ path }) => path)
      .filter((path) => path.includes('/articles')),
  ).toEqual(['/v1.0/security/threatIntelligence/articles', expect.stringContaining('$skiptoken=')]);
});

test.each([
  ['rejects', 'annotated'],
  ['ignores', 'careless'],
] as const)(
  'a filter that Graph %s is known to later commands, which filter the rows themselves',
  async (_, mood) => {
    const store = memoryStore();
    await probes({ mood }, store);
    const before = sandbox.requests.length;
    const ports = { params: sandbox.params, ca: sandbox.ca, store, allowEndpoints: [sandbox.origin] };
    const args = { kind: 'tool', limit: '3' };
    const { entries } = await openEngine(ports).execute('msg-defender-threat-intel-profile-list', args);
    const contents = entries[0]?.Contents as readonly { kind: string }[];
    expect(contents.map(({ kind }) => kind)).toEqual(['tool', 'tool', 'tool']);
    const lists = sandbox.requests.slice(before).filter(({ path }) => path.includes('/intelProfiles'));
    expect(lists.map(({ path }) => path.includes('$filter'))).toEqual([false]);
  },
);

test('mdti doctor --probe --json prints a report without indicators, ids or secrets', async () => {
  const { stdout, status } = await mdti(['doctor', '--probe', '--json', '--sandbox']);
  expect(status).toBe(0);
  const report = JSON.parse(stdout) as { version: string; checks: object[]; probes: ProbeResult[] };
  expect(Object.keys(report)).toEqual(['version', 'checks', 'probes']);
  expect(report.checks.every((check) => Object.keys(check).join() === 'check,status')).toBe(true);
  expect(report.probes.map(({ probe }) => probe)).toEqual([...(await probes({})).keys()]);
  for (const secret of [
    APPLICATION.id,
    APPLICATION.tenant,
    APPLICATION.secret,
    'contoso',
    'localhost',
    'eyJ',
  ])
    expect(stdout).not.toContain(secret);
  expect(stdout).not.toMatch(/[0-9a-f]{16}|\b\d{1,3}(\.\d{1,3}){3}\b|@/i);
});
