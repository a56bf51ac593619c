import type { State } from '../../src/state/store';
import { type Act, type CommandOutcome, jsonResponse, loginStage, TOKEN } from './login-stage';

const on = loginStage();
const params = { client_credentials: false };

const CODE = {
  device_code: 'the-code-of-the-device',
  user_code: 'C6JVTK8Z9',
  verification_uri: 'https://microsoft.com/devicelogin',
  expires_in: 900,
  interval: 5,
};
const START = 'Run !msg-defender-threat-intel-auth-start.';
const OPEN =
  'Open https://microsoft.com/devicelogin, enter C6JVTK8Z9, sign in, then run !msg-defender-threat-intel-auth-complete.';

/** The state of an instance right after a code was issued. */
async function started(): Promise<State> {
  on.play(jsonResponse(CODE));
  return (await on.run('auth-start', { params })).state;
}

/** What `auth-complete` says where the login service responds like this about the code. */
async function completed(act: Act, later = 0): Promise<CommandOutcome> {
  const state = await started();
  on.clock.advance(later * 1000);
  on.play(act);
  return on.run('auth-complete', { params, state });
}

const refused = (error: string, error_description?: string, status = 400) =>
  jsonResponse({ error, error_description }, status);

test('auth-start shows the page, the code, its lifetime and the next command', async () => {
  on.play(jsonResponse(CODE));
  expect((await on.run('auth-start', { params })).text).toBe(
    [
      '### Sign in',
      '1. Open https://microsoft.com/devicelogin in a browser, on any computer.',
      '2. Enter the code **C6JVTK8Z9** and sign in with the account that reads threat intelligence. The code is valid for 15 minutes.',
      '3. Run !msg-defender-threat-intel-auth-complete in the War Room.',
      '',
      'Enter the code only if you ran this command yourself: an attacker who gets you to enter their code signs in as you. An existing sign-in keeps working until this one is complete.',
    ].join('\n'),
  );
});

test('auth-complete names the next command', async () => {
  expect((await completed(TOKEN)).text).toBe(
    'The sign-in is complete. Run !msg-defender-threat-intel-auth-test to check it.',
  );
});

test('auth-complete without auth-start reports it, and the state of the saved sign-in', async () => {
  on.play();
  const outcome = await on.run('auth-complete', { params });
  expect(outcome).toMatchObject({ code: 'AUTH_FAILED', logins: 0, state: {} });
  expect(outcome.text).toBe(`No sign-in is pending.\n${START} It returns a code to enter.`);
  const { state } = await completed(TOKEN);
  expect((await on.run('auth-complete', { params, state })).text).toBe(
    'No sign-in is pending. The existing sign-in is unchanged.\nRun !msg-defender-threat-intel-auth-test to check it.',
  );
});

test('a sign-in without a refresh token works as long as its token', async () => {
  const { state } = await completed(
    jsonResponse({ token_type: 'Bearer', expires_in: 3599, access_token: 'a-token' }),
  );
  expect(Object.keys(state)).toEqual(['tokens']);
  expect((await on.run('auth-test', { params, state })).text).toBe(
    'Success: the sign-in with a device code works, and Graph responds.',
  );
});

test.each<[string, string, boolean, string, string]>([
  [
    'authorization_pending',
    'AUTH_PENDING',
    true,
    'The sign-in with the code C6JVTK8Z9 is still pending.',
    `${OPEN} The code is valid for 10 minutes more.`,
  ],
  [
    'slow_down',
    'AUTH_PENDING',
    true,
    'The login service was polled too often for the code C6JVTK8Z9.',
    'Wait a few seconds and run the command again. The code is valid for 10 minutes more.',
  ],
  ...['authorization_declined', 'access_denied'].map((error): [string, string, boolean, string, string] => [
    error,
    'AUTH_FAILED',
    false,
    'The sign-in with the code C6JVTK8Z9 was declined.',
    `${START} It returns a new code.`,
  ]),
  ...['expired_token', 'code_expired'].map((error): [string, string, boolean, string, string] => [
    error,
    'AUTH_FAILED',
    false,
    'The code C6JVTK8Z9 expired before it was used to sign in.',
    `${START} It returns a new code.`,
  ]),
  [
    'bad_verification_code',
    'AUTH_FAILED',
    false,
    'The login service does not recognize the code C6JVTK8Z9.',
    `${START} It returns a new code.`,
  ],
  [
    'invalid_grant',
    'AUTH_FAILED',
    false,
    'The code C6JVTK8Z9 cannot be used.',
    `${START} It returns a new code.`,
  ],
])('%s: auth-complete says so, and what to do', async (error, code, kept, says, hint) => {
  const bare = await completed(refused(error), 300);
  expect(bare).toMatchObject({ code, status: 400, logins: 1, seconds: 0 });
  expect(bare.text).toBe(`${says} The login service responded: ${error}\n${hint}`);
  expect('pendingLogins' in bare.state).toBe(kept);
  const outcome = await completed(refused(error, 'AADSTS1: In its own words.'), 300);
  expect(outcome.text).toBe(`${says} The login service responded: AADSTS1: In its own words.\n${hint}`);
});

test.each(['toString', 'invalid_client'])(
  'the refusal %s is not about the code, which is kept',
  async (error) => {
    const outcome = await completed(refused(error, 'No such application.', 401));
    expect(outcome.text).toContain('was rejected: No such application.\n');
    expect(outcome.state).toHaveProperty('pendingLogins');
  },
);

test.each([
  [0, '15 minutes'],
  [780, '2 minutes'],
  [781, '119 seconds'],
  [899, '1 second'],
])('%d seconds later the code lives for %s more', async (later, lives) => {
  expect((await completed(refused('slow_down'), later)).text).toContain(
    `The code is valid for ${lives} more.`,
  );
});

test.each([900, 5000])('is expired %d seconds later, and no request is sent', async (later) => {
  const outcome = await completed(TOKEN, later);
  expect(outcome).toMatchObject({ code: 'AUTH_FAILED', logins: 0, state: {} });
  expect(outcome.text).toBe(
    `The code C6JVTK8Z9 expired before it was used to sign in.\n${START} It returns a new code.`,
  );
});

test.each([
  ['device_code', { ...CODE, device_code: '' }],
  ['user_code', { ...CODE, user_code: '' }],
  ['verification_uri', { ...CODE, verification_uri: '' }],
  ['expires_in', { ...CODE, expires_in: 0 }],
  ['anything', '<h1>Welcome</h1>'],
])('a response without %s is an error', async (_, body) => {
  on.play(jsonResponse(body));
  const outcome = await on.run('auth-start', { params });
  expect(outcome).toMatchObject({ code: 'AUTH_FAILED', logins: 1, state: {} });
  expect(outcome.text).toBe(
    'The sign-in at https://login.microsoftonline.com returned no code.\nCheck that the parameter azure_ad_endpoint names a Microsoft login service.',
  );
});

test('auth-start shows why the sign-in endpoint issues no code', async () => {
  on.play(refused('invalid_client', 'AADSTS7000218: No public client.', 401));
  const outcome = await on.run('auth-start', { params });
  expect(outcome).toMatchObject({ code: 'AUTH_FAILED', status: 401, logins: 1, state: {} });
  expect(outcome.text).toContain(
    'was rejected: AADSTS7000218: No public client.\nTurn on *Allow public client flows*',
  );
  on.play('untrusted');
  expect(await on.run('auth-start', { params })).toMatchObject({ code: 'NETWORK_FAILED', logins: 1 });
});

test('auth-start shows the letters, digits and hyphens of a code, and no control characters', async () => {
  on.play(jsonResponse({ ...CODE, user_code: 'C6J\u001b[2J\u202eVTK' }));
  expect((await on.run('auth-start', { params })).text).toContain('Enter the code **C6J2JVTK**');
});

describe('before the user has signed in', () => {
  test('every command names the command to run', async () => {
    on.play();
    const outcome = await on.run('auth-test', { params });
    expect(outcome).toMatchObject({ code: 'AUTH_FAILED', logins: 0 });
    expect(outcome.text).toBe(
      `This instance has no sign-in yet.\n${START} It returns a page to open and a code to enter; then run !msg-defender-threat-intel-auth-complete.`,
    );
  });

  test('every command names the code that waits, as long as it can be typed', async () => {
    const state = await started();
    on.clock.advance(300_000);
    const outcome = await on.run('auth-test', { params, state });
    expect(outcome.code).toBe('AUTH_PENDING');
    expect(outcome.text).toBe(
      `This instance has no sign-in yet; the code C6JVTK8Z9 is pending.\n${OPEN} The code is valid for 10 minutes more.`,
    );
    on.clock.advance(600_000);
    expect((await on.run('auth-test', { params, state })).code).toBe('AUTH_FAILED');
  });

  test('the test button names the commands to run instead', async () => {
    const outcome = await on.run('test-module', { params });
    expect(outcome.code).toBe('AUTH_PENDING');
    expect(outcome.text).toBe(
      'This button cannot test a sign-in by device code.\nSave the instance, run !msg-defender-threat-intel-auth-start in the War Room, follow its steps up to !msg-defender-threat-intel-auth-complete, then run !msg-defender-threat-intel-auth-test.',
    );
  });
});

describe('a reset', () => {
  test('of a device code sign-in shows how to sign in again', async () => {
    const state = await started();
    const outcome = await on.run('auth-reset', { params, state: { ...state, theirs: 1 } });
    expect(outcome.text).toBe(
      'The saved sign-in was deleted. Run !msg-defender-threat-intel-auth-start to sign in again.',
    );
    expect(outcome.state).toEqual({ theirs: 1, resets: 1 });
  });

  test('of a sign-in without a user reports that the next command signs in again', async () => {
    expect((await on.run('auth-reset')).text).toBe(
      'The saved sign-in was deleted. The next command signs in again with client credentials with a secret.',
    );
  });
});

test.each([
  [{}, 'client credentials with a secret'],
  [{ client_credentials: false, use_managed_identities: true }, 'the managed identity of this machine'],
  [{ client_credentials: false, use_ambient_identity: true }, 'the identity of this machine'],
])('with %j there is nothing to start and nothing to complete', async (given, flow) => {
  for (const command of ['auth-start', 'auth-complete']) {
    expect((await on.run(command, { params: given })).text).toBe(
      `No sign-in is needed: this instance signs in automatically with ${flow}. Run !msg-defender-threat-intel-auth-test to check it.`,
    );
  }
});
