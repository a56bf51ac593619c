import { openEngine } from '../../src/engine/engine';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { memoryStore } from '../../src/state/store';
import { WORLD } from '../support/case';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD, deviceCode: { interval: 0 } });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const HOST = 'msg-defender-threat-intel-host';
const AUTH = 'msg-defender-threat-intel-auth-';
const CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}';

function engine(params: object = {}) {
  const all = { ...sandbox.params, ...params };
  return openEngine({ params: all, ca: sandbox.ca, store: memoryStore(), allowEndpoints: [sandbox.origin] });
}

async function signedIn() {
  const person = engine({ client_credentials: false, credentials: null });
  const { entries } = await person.execute(`${AUTH}start`);
  const [, code = ''] = /code \*\*([A-Z0-9-]+)\*\*/.exec(String(entries[0]?.Contents)) ?? [];
  sandbox.login.approve(code);
  await person.execute(`${AUTH}complete`);
  return person;
}

const FLOWS = [
  ['client credentials', async () => engine(), 'Add the application permission'],
  ['a signed-in person', signedIn, 'directory role Security Reader'],
] as const;

test.each(FLOWS)('for %s, consent works in the same process without a new sign-in', async (_, open, hint) => {
  sandbox.login.consent(['User.Read']);
  const running = await open();
  const before = await running.execute(HOST, { host_id: 'contoso.com' });
  expect(before.errors).toMatchObject([{ code: 'GRAPH_FORBIDDEN', status: 403 }]);
  expect(before.entries[0]?.Contents).toContain(hint);
  sandbox.login.consent(['ThreatIntelligence.Read.All']);
  expect((await running.execute(HOST, { host_id: 'contoso.com' })).errors).toEqual([]);
});

test.each(FLOWS)('for %s, a claims challenge is met by a token with those claims', async (_, open) => {
  const running = await open();
  sandbox.faults.claims = CLAIMS;
  expect((await running.execute(HOST, { host_id: 'contoso.com' })).errors).toEqual([]);
  const forms = sandbox.requests.flatMap(({ form }) => (form?.claims?.includes('nbf') ? [form.claims] : []));
  expect(forms).toEqual([expect.stringContaining(CLAIMS.slice(1, -1))]);
});

test('where the sign-in cannot meet the claims, the person is asked to sign in again', async () => {
  const person = await signedIn();
  sandbox.faults.claims = CLAIMS;
  sandbox.login.revoke();
  const { entries } = await person.execute(HOST, { host_id: 'contoso.com' });
  expect(entries[0]?.Contents).toContain(
    'Conditional access requires a new sign-in: run !msg-defender-threat-intel-auth-start.',
  );
});

test.each(['none', 'unverified'] as const)(
  'for a tenant whose entitlement is %s, the hint names the causes in their order',
  async (entitlement) => {
    sandbox.faults.entitlement = entitlement;
    const { entries } = await engine().execute(HOST, { host_id: 'contoso.com' });
    expect(entries[0]?.Contents).toMatch(
      /no Defender XDR or Microsoft Sentinel entitlement; .* not verified .*; or a temporary fault/,
    );
  },
  20_000,
);

test('one 500 is a passing fault: the retry succeeds', async () => {
  sandbox.faults.rules = [{ kind: 'error', status: 500, times: 1 }];
  expect((await engine().execute(HOST, { host_id: 'contoso.com' })).errors).toEqual([]);
});
