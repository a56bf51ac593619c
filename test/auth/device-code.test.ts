import type { Clock } from '../../src/base/clock';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { APPLICATION } from '../../src/sandbox/options';
import { WORLD } from '../support/case';
import { type Instance, instance } from '../support/instance';

let sandbox: Sandbox;
let now = Date.now();

/** Waits between attempts are over at once; the time for an exchange or a command never is. */
const clock: Clock = {
  now: () => now,
  monotonic: () => now,
  after(milliseconds, call) {
    if (milliseconds < 10_000) setImmediate(call);
    return () => {};
  },
};

beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD, clock: () => now });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  now = Date.now();
  sandbox.reset();
});

const DEVICE = { client_credentials: false, credentials: null };

function person(params: object = {}): Instance {
  return instance(sandbox, { ...DEVICE, ...params }, { clock });
}

/** Starts a sign-in and returns the code that the user must enter. */
async function started(user: Instance): Promise<string> {
  const text = await user.says('start');
  expect(text).toContain(`Open ${sandbox.origin}/device in a browser`);
  return /Enter the code \*\*([A-Z0-9]+)\*\*/.exec(text)?.[1] ?? '';
}

async function signedIn(user: Instance): Promise<void> {
  expect(sandbox.login.approve(await started(user))).toBe(true);
  await user.says('complete');
}

function refreshToken(user: Instance): string {
  const [login] = Object.values(user.state().logins as Record<string, { refreshToken: string }>);
  return login?.refreshToken ?? '';
}

function forms() {
  return sandbox.requests.filter(({ method }) => method === 'POST').map(({ path, form }) => ({ path, form }));
}

test('start shows the steps, complete stores the token, and auth-test needs no user', async () => {
  const user = person();
  const code = await started(user);
  expect(sandbox.login.approve(code)).toBe(true);
  expect(await user.says('complete')).toContain('The sign-in is complete.');
  expect(await user.says('test')).toBe('Success: the sign-in with a device code works, and Graph responds.');
  const scope = `${sandbox.origin}/ThreatIntelligence.Read.All openid profile offline_access`;
  expect(forms().slice(0, 2)).toMatchObject([
    {
      path: expect.stringMatching(/^\/aaaabbbb-0000-cccc-1111-dddd2222eeee\/oauth2\/v2.0\/devicecode/),
      form: { client_id: APPLICATION.id, scope },
    },
    {
      path: expect.stringMatching(/^\/aaaabbbb-0000-cccc-1111-dddd2222eeee\/oauth2\/v2.0\/token/),
      form: { grant_type: 'device_code', client_id: APPLICATION.id, device_code: '(hidden)', scope },
    },
  ]);
  // The test of the sign-in takes a fresh token.
  expect(forms().slice(2)).toMatchObject([{ form: { grant_type: 'refresh_token' } }]);
});

test('a user of any organization signs in where no tenant is given', async () => {
  await started(person({ tenant_id: '' }));
  expect(forms()[0]?.path).toMatch(/^\/organizations\/oauth2\/v2.0\/devicecode/);
});

describe('complete', () => {
  test('reports at once that the sign-in is pending, and how long the code is valid', async () => {
    const user = person();
    const code = await started(user);
    now += 3 * 60_000;
    const text = await user.fails('complete');
    expect(text).toContain(`The sign-in with the code ${code} is still pending.`);
    expect(text).toContain('AADSTS70016');
    expect(text).toContain(`Open ${sandbox.origin}/device, enter ${code}, sign in, then run`);
    expect(text).toContain('The code is valid for 12 minutes more.');
    expect(forms()).toHaveLength(2);
    sandbox.login.approve(code);
    expect(await user.says('complete')).toContain('The sign-in is complete.');
  });

  test('reports that the sign-in endpoint requires slower polling', async () => {
    const user = person();
    const code = await started(user);
    await user.fails('complete');
    now += 1000;
    const text = await user.fails('complete');
    expect(text).toContain('too often');
    expect(text).toContain('Wait a few seconds');
    sandbox.login.approve(code);
    now += 10_000;
    expect(await user.says('complete')).toContain('The sign-in is complete.');
  });

  test('deletes a declined code', async () => {
    const user = person();
    const code = await started(user);
    sandbox.login.decline(code);
    const text = await user.fails('complete');
    expect(text).toContain(`The sign-in with the code ${code} was declined.`);
    expect(text).toContain('AADSTS65004');
    expect(text).toContain('Run !msg-defender-threat-intel-auth-start.');
    expect(await user.fails('complete')).toContain('No sign-in is pending');
  });

  test('sends no request for an expired code', async () => {
    const user = person();
    const code = await started(user);
    now += 901_000;
    expect(await user.fails('complete')).toContain(`The code ${code} expired`);
    expect(forms()).toHaveLength(1);
    expect(await user.fails('complete')).toContain('No sign-in is pending');
  });

  test('accepts expired_token before the local expiry time', async () => {
    const user = person();
    await started(user);
    const late = instance(sandbox, DEVICE, {
      clock: { ...clock, now: () => now - 60_000 },
      state: user.state(),
    });
    now += 901_000;
    const text = await late.fails('complete');
    expect(text).toContain('expired before it was used to sign in');
    expect(text).toContain('AADSTS70020');
  });

  test('completes although the login service is temporarily unavailable', async () => {
    const user = person();
    sandbox.login.approve(await started(user));
    sandbox.faults.rules = [{ kind: 'error', match: '/', times: 1 }];
    expect(await user.says('complete')).toContain('The sign-in is complete.');
  });

  test('keeps the code when the login service stays unavailable', async () => {
    const user = person();
    sandbox.login.approve(await started(user));
    sandbox.faults.rules = [{ kind: 'error', status: 500, match: '/', times: 2 }];
    expect(await user.fails('complete')).toContain('It was sent twice.\nRetry in a few minutes.');
    expect(await user.says('complete')).toContain('The sign-in is complete.');
  });

  test('reports that no sign-in was started', async () => {
    const user = person();
    expect(await user.fails('complete')).toBe(
      'No sign-in is pending.\nRun !msg-defender-threat-intel-auth-start. It returns a code to enter.',
    );
    await signedIn(user);
    expect(await user.fails('complete')).toBe(
      'No sign-in is pending. The existing sign-in is unchanged.\nRun !msg-defender-threat-intel-auth-test to check it.',
    );
  });
});

describe('before the user has signed in', () => {
  test('a command names the command to run', async () => {
    const text = await person().fails('test');
    expect(text).toContain('This instance has no sign-in yet.');
    expect(text).toContain('Run !msg-defender-threat-intel-auth-start.');
    expect(sandbox.requests).toEqual([]);
  });

  test('a command shows the pending code', async () => {
    const user = person();
    const code = await started(user);
    const text = await user.fails('test');
    expect(text).toContain(`the code ${code} is pending`);
    expect(text).toContain('The code is valid for 15 minutes more.');
  });

  test('test-module names the commands to run instead', async () => {
    const text = await person().fails('test-module');
    expect(text).toContain('cannot test a sign-in by device code');
    for (const command of ['start', 'complete', 'test'])
      expect(text).toContain(`!msg-defender-threat-intel-auth-${command}`);
    expect(sandbox.requests).toEqual([]);
  });

  test.each([
    [{ app_id: 'unknown-app' }, 'AADSTS700016'],
    [{ tenant_id: 'example.org' }, 'AADSTS90002'],
  ])('start shows why the sign-in endpoint issues no code (%j)', async (params, words) => {
    expect(await person(params).fails('start')).toContain(words);
  });
});

describe('the sign-in that is kept', () => {
  test('gets new tokens with refresh tokens that rotate', async () => {
    const user = person();
    await signedIn(user);
    const seen = [refreshToken(user)];
    for (let hour = 1; hour <= 3; hour++) {
      now += 3600_000;
      await user.says('test');
      seen.push(refreshToken(user));
    }
    expect(new Set(seen).size).toBe(4);
    expect(forms().slice(2)).toMatchObject(
      Array.from({ length: 3 }, () => ({ form: { grant_type: 'refresh_token', refresh_token: '(hidden)' } })),
    );
  });

  test('keeps working while a new one is started, and until it is done', async () => {
    const user = person();
    await signedIn(user);
    const code = await started(user);
    now += 3600_000 - 60_000;
    await user.says('test');
    sandbox.login.decline(await started(user));
    await user.fails('complete');
    await user.says('test');
    expect(code).not.toBe('');
  });

  test('shows how to sign in again if it was revoked', async () => {
    const user = person();
    await signedIn(user);
    sandbox.login.revoke();
    now += 3600_000;
    const text = await user.fails('test');
    expect(text).toContain('AADSTS50173');
    expect(text).toContain('Sign in again: run !msg-defender-threat-intel-auth-start.');
  });

  test('is deleted by a reset', async () => {
    const user = person();
    await signedIn(user);
    await started(user);
    expect(await user.says('reset')).toContain('Run !msg-defender-threat-intel-auth-start to sign in again.');
    expect(user.state()).toEqual({ resets: 1 });
    expect(await user.fails('test')).toContain('This instance has no sign-in yet');
  });
});

describe('a refresh token behind the application id', () => {
  test('makes the first sign-in, and never another one', async () => {
    const before = person();
    await signedIn(before);
    const seed = refreshToken(before);
    const user = person({ app_id: `${APPLICATION.id}@${seed}` });
    await user.says('test');
    expect(forms().at(-1)?.form).toMatchObject({ client_id: APPLICATION.id, grant_type: 'refresh_token' });
    const rotated = refreshToken(user);
    expect(rotated).not.toBe(seed);
    now += 3600_000;
    await user.says('test');
    expect(refreshToken(user)).not.toBe(rotated);
    await user.says('reset');
    expect(await user.fails('test')).toContain('This instance has no sign-in yet');
    expect(JSON.stringify(user.state())).not.toContain(seed);
  });

  test('fails with the message of the sign-in endpoint if it is invalid', async () => {
    const text = await person({ app_id: `${APPLICATION.id}@1.of-old` }).fails('test');
    expect(text).toContain('AADSTS70000');
    expect(text).not.toContain('1.of-old');
  });
});
