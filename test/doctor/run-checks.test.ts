import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Clock, systemClock } from '../../src/base/clock';
import { PluginError } from '../../src/base/errors';
import { jsonLog, silentLog } from '../../src/base/log';
import type { CheckResult } from '../../src/doctor/check-result';
import { runChecks } from '../../src/doctor/run-checks';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { APPLICATION } from '../../src/sandbox/options';
import { listen } from '../../src/sandbox/server';
import { memoryStore } from '../../src/state/store';
import { WORLD } from '../support/case';
import { MDTI, mdti } from '../support/mdti';
import { startProxy } from '../support/proxy';
import { withoutWaits } from '../support/without-waits';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

interface CommandOutcome {
  /** `verdict step`, in their order. */
  readonly verdicts: string[];
  readonly of: (step: string) => CheckResult;
}

async function outcome(
  params: object = {},
  more: { ca?: string; environment?: NodeJS.ProcessEnv; clock?: Clock; sandbox?: Sandbox } = {},
): Promise<CommandOutcome> {
  const at = more.sandbox ?? sandbox;
  const patient = {
    params: { ...at.params, ...params },
    store: memoryStore(),
    log: jsonLog('error', () => {}),
    ca: more.ca ?? at.ca,
    environment: more.environment ?? {},
    signal: new AbortController().signal,
    ...(more.clock === undefined ? {} : { clock: more.clock }),
  };
  const findings: CheckResult[] = [];
  for await (const finding of runChecks(patient)) findings.push(finding);
  return {
    verdicts: findings.map(({ status, check }) => `${status} ${check}`),
    of: (step) => findings.find((finding) => finding.check === step) as CheckResult,
  };
}

test('a working sign-in passes every check, and the token stays secret', async () => {
  const { verdicts, of } = await outcome();
  expect(verdicts).toEqual([
    'ok parameters',
    'ok proxy',
    'ok login service',
    'ok Graph',
    'ok clock',
    'ok token',
    'ok one call',
  ]);
  expect(of('parameters').message).toBe(
    `sign-in by client-secret, application ${APPLICATION.id}, tenant ${APPLICATION.tenant}, cloud private`,
  );
  expect(of('login service').message).toMatch(
    /responds; its certificate is issued by localhost and valid until \w+/,
  );
  expect(of('token').message).toBe(
    `newly issued: audience ${sandbox.origin}, tenant ${APPLICATION.tenant}, roles ThreatIntelligence.Read.All, expires in 60 minutes`,
  );
});

test('parameters that make no sign-in end the examination', async () => {
  const { verdicts, of } = await outcome({ credentials: null });
  expect(verdicts[0]).toBe('fail parameters');
  expect(new Set(verdicts.slice(1).map((verdict) => verdict.split(' ')[0]))).toEqual(new Set(['skip']));
  expect(of('parameters').fix).toContain('Set one of');
});

test('a refused login is reported with the message of the service, and the call is skipped', async () => {
  const { verdicts, of } = await outcome({ credentials: { password: 'wrong' } });
  expect(verdicts.slice(-2)).toEqual(['fail token', 'skip one call']);
  expect(of('token').message).toContain('AADSTS7000215');
  expect(of('token').fix).toContain("Give the secret's value");
});

test('a login service that is temporarily unavailable gets a retry, as in commands', async () => {
  const clock: Clock = {
    ...systemClock,
    after(milliseconds, call) {
      if (milliseconds < 10_000) setImmediate(call);
      return () => {};
    },
  };
  sandbox.faults.rules = [{ kind: 'error', match: `/${APPLICATION.tenant}/oauth2/`, times: 2 }];
  expect((await outcome({}, { clock })).verdicts.slice(-2)).toEqual(['ok token', 'ok one call']);
});

test('a token without the permission is reported before Graph rejects it', async () => {
  const poor = await startSandbox({ world: WORLD, roles: ['User.Read.All'] });
  const { verdicts, of } = await outcome({}, { sandbox: poor });
  await poor.close();
  expect(verdicts.slice(-2)).toEqual(['fail token', 'skip one call']);
  expect(of('token').message).toContain('roles User.Read.All');
  expect(of('token').fix).toContain(
    'Add the application permission ThreatIntelligence.Read.All on Microsoft Graph',
  );
});

test('an untrusted certificate is an error, and with insecure a warning', async () => {
  const other = await startSandbox({ world: WORLD });
  const strict = await outcome({}, { ca: other.ca });
  expect(strict.verdicts.slice(2)).toEqual([
    'fail login service',
    'fail Graph',
    'skip clock',
    'skip token',
    'skip one call',
  ]);
  expect(strict.of('Graph').fix).toContain('NODE_EXTRA_CA_CERTS');
  const insecure = await outcome({ insecure: true }, { ca: other.ca });
  await other.close();
  expect(insecure.verdicts).toContain('warn Graph');
  expect(insecure.verdicts.at(-1)).toBe('ok one call');
});

test.each([
  [-400, 'fail', 'behind'],
  [-100, 'warn', 'behind'],
  [0, 'ok', 'ahead'],
  [400, 'fail', 'ahead'],
])('a clock that is %i seconds off is %s', async (seconds, verdict, way) => {
  const clock: Clock = { ...systemClock, now: () => Date.now() + seconds * 1000, after: () => () => {} };
  const { of } = await outcome({}, { clock });
  expect(of('clock').status).toBe(verdict);
  if (seconds !== 0) expect(of('clock').message).toContain(way);
});

test('the proxy is named and used', async () => {
  const proxy = await startProxy();
  const environment = { HTTPS_PROXY: `http://alex:secret-word@${proxy.address}` };
  const { of } = await outcome({ proxy: true }, { environment });
  await proxy.close();
  expect(of('proxy').message).toBe(`http://${proxy.address} for ${sandbox.origin}`);
  expect(of('Graph').status).toBe('ok');
  expect(proxy.tunnels.length).toBeGreaterThan(0);
});

test('mdti doctor prints a line a step, and ends with 1 where one fails', async () => {
  const good = await mdti(['doctor', '--sandbox']);
  expect(good).toMatchObject({ status: 0, stderr: '' });
  expect(good.stdout.split('\n').filter((line) => line.startsWith('ok'))).toHaveLength(7);
  const bad = await mdti(['doctor'], '', { MDTI_APP_ID: 'app', MDTI_CLIENT_CREDENTIALS: 'true' });
  expect(bad.status).toBe(1);
  expect(bad.stdout).toMatch(/^FAIL {2}parameters {5}Client credentials need a client secret/);
});

test('a signal ends the checks, and none after it runs', async () => {
  const interrupted = new AbortController();
  const reason = new PluginError('CANCELLED', 'Interrupted by SIGTERM.');
  const checks: string[] = [];
  const work = (async () => {
    const options = { params: sandbox.params, store: memoryStore(), log: silentLog, environment: {} };
    for await (const { check } of runChecks({ ...options, ca: sandbox.ca, signal: interrupted.signal })) {
      checks.push(check);
      if (check === 'login service') interrupted.abort(reason);
    }
  })();
  await expect(work).rejects.toBe(reason);
  expect(checks).toEqual(['parameters', 'proxy', 'login service']);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  'mdti doctor exits on %s while a service is silent',
  async (signal) => {
    const silent = createServer();
    const connection = once(silent, 'connection');
    const origin = `https://localhost:${await listen(silent as never, 0)}`;
    const params = { app_id: APPLICATION.id, tenant_id: APPLICATION.tenant, request_timeout: '600' };
    const child = spawn(process.execPath, [MDTI, 'doctor'], {
      env: {
        PATH: process.env.PATH,
        MDTI_ALLOW_ENDPOINTS: origin,
        MDTI_AZURE_AD_ENDPOINT: origin,
        MDTI_GRAPH_ENDPOINT: origin,
        MDTI_STATE_FILE: join(mkdtempSync(join(tmpdir(), 'mdti-doctor-')), 'state'),
        ...Object.fromEntries(
          Object.entries(params).map(([name, value]) => [`MDTI_${name.toUpperCase()}`, value]),
        ),
      },
    });
    const said = text(child.stderr);
    const [socket] = await connection;
    child.kill(signal);
    const [status] = await once(child, 'close');
    socket.destroy();
    silent.close();
    expect({ status, said: await said }).toEqual({
      status: signal === 'SIGTERM' ? 143 : 130,
      said: expect.stringContaining(`Interrupted by ${signal}.`),
    });
  },
);

test.each(['none', 'unverified'] as const)(
  'names the likely causes of a 500 in their order, for a tenant whose entitlement is %s',
  async (entitlement) => {
    sandbox.faults.entitlement = entitlement;
    const { verdicts, of } = await outcome({}, { clock: withoutWaits });
    expect(verdicts).toContain('fail one call');
    expect(of('one call').fix).toMatch(
      /no Defender XDR or Microsoft Sentinel entitlement; .* not verified .*; or a temporary fault/,
    );
  },
);
