// cspell:ignore AMDTI pasword CLIENTSECRET
import { chmodSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkConfig } from '../../../src/doors/cli/config/check';
import { layersOf } from '../../../src/doors/cli/config/layers';
import { unreadVariables } from '../../../src/doors/cli/config/unread-variables';
import { configVerb } from '../../../src/doors/cli/config/verb';

const DOCS = join(__dirname, '../../../docs');
const folder = mkdtempSync(join(tmpdir(), 'mdti-check-'));
const file = join(folder, 'config.json');

const SECRET = {
  app_id: 'one',
  tenant_id: 'contoso.com',
  client_credentials: true,
  credentials: { password: 's' },
};

/** The lines of `mdti config check` for a profile. */
function check(profile: object, environment: NodeJS.ProcessEnv = {}, mode = 0o600): string[] {
  writeFileSync(file, JSON.stringify({ profiles: { default: profile } }));
  chmodSync(file, mode);
  return configVerb({ words: ['check'] }, { MDTI_CONFIG: file, ...environment }).text.split('\n');
}

/** The remarks without the rows of parameters. */
function remarks(...given: Parameters<typeof check>): string[] {
  const lines = check(...given);
  return lines.slice(lines.indexOf('') + 1);
}

const OK = 'ok    Run `mdti doctor` to test the sign-in.';

test('where nothing is set it says where it looked and what to do', () => {
  expect(check({})).toEqual([
    `FAIL  No parameter is set in profile default in ${file}, environment, --param.`,
    '      Run `mdti login`, set MDTI_APP_ID and the like, or try `--sandbox`.',
  ]);
});

test('a complete configuration has no remark', () => {
  expect(check(SECRET)).toEqual([
    `app_id              one          profile default in ${file}`,
    `tenant_id           contoso.com  profile default in ${file}`,
    `client_credentials  true         profile default in ${file}`,
    `credentials         ***          profile default in ${file}`,
    '',
    OK,
  ]);
});

const CERTIFICATE = { creds_certificate: { identifier: 'ab'.repeat(20), password: 'k' } };

test.each([
  [
    'every method',
    { ...SECRET, use_managed_identities: 'TRUE', use_ambient_identity: true },
    [
      'WARN  use_managed_identities wins over use_ambient_identity and client_credentials.',
      '      Clear use_ambient_identity and client_credentials.',
    ],
  ],
  [
    'a secret and a certificate',
    { ...SECRET, ...CERTIFICATE },
    ['WARN  creds_certificate wins over credentials: the secret is not used.', '      Remove one of them.'],
  ],
  ['a certificate alone', { ...SECRET, credentials: { password: ' ' }, ...CERTIFICATE }, []],
  ['a managed identity with a certificate', { use_managed_identities: true, ...CERTIFICATE }, []],
  [
    'a managed identity with a secret',
    { ...SECRET, client_credentials: false, use_managed_identities: true },
    [],
  ],
  [
    'a secret without client_credentials',
    { ...SECRET, client_credentials: false },
    [
      'WARN  credentials is not used: without client_credentials, sign-in is by device code.',
      '      Set client_credentials to true to sign in with the secret.',
    ],
  ],
  ['a user account', { app_id: 'one' }, []],
])('of %s it says what is used', (_, profile, expected) => {
  const lines = remarks(profile).filter((line) => line !== OK);
  const from = lines.findIndex((line) => line.startsWith('WARN'));
  expect(from < 0 ? [] : lines.slice(from)).toEqual(expected);
});

test.each([
  ['tenantid', 'Did you mean tenant_id?'],
  ['client_secret', 'Write "credentials": {"password": "…"}.'],
  ['PASSWORD', 'Write "credentials": {"password": "…"}.'],
])('a parameter %s is ignored, and the right one is named', (name, fix) => {
  expect(remarks({ ...SECRET, [name]: 'x' })).toEqual([
    `WARN  "${name}" in profile default in ${file} is not a parameter and is ignored.`,
    `      ${fix}`,
    OK,
  ]);
});

test.each([['my_secret'], ['secrets'], ['zzzzzz']])('a parameter %s is ignored', (name) => {
  expect(remarks({ ...SECRET, [name]: 'x' })).toEqual([
    `WARN  "${name}" in profile default in ${file} is not a parameter and is ignored.`,
    OK,
  ]);
});

test.each([
  ['another method', { ...SECRET, ...CERTIFICATE, use_managed_identities: true }],
  ['a certificate without a secret', { ...SECRET, ...CERTIFICATE, credentials: { password: '' } }],
  ['a secret without a certificate', SECRET],
])('with %s the certificate wins over no secret', (_, profile) => {
  expect(remarks(profile).join()).not.toContain('creds_certificate wins');
});

test('the next step names the parameter file', () => {
  const params = join(folder, 'used.json');
  writeFileSync(params, JSON.stringify(SECRET), { mode: 0o600 });
  const run = () => configVerb({ words: ['check'], paramsFile: params }, { MDTI_CONFIG: file }).text;
  expect(run().split('\n').at(-1)).toBe(`ok    Run \`mdti doctor --params ${params}\` to test the sign-in.`);
  writeFileSync(params, JSON.stringify({ ...SECRET, credentials: {} }));
  expect(run()).toContain(params);
  expect(run()).not.toContain('Run `mdti login`');
});

test.each([
  ['a text for credentials', { ...SECRET, credentials: 'abc' }],
  ['an object for another parameter', { ...SECRET, max_results: { pasword: 'x' } }],
])('%s has no parts', (_, profile) => {
  expect(remarks(profile).join()).not.toMatch(/"(?:0|pasword)" in/);
});

test('parts that the platform adds to credentials are no mistake; others are not read', () => {
  const parts = { identifier: '', password: 's', credentials: {}, credential: '', passwordChanged: false };
  expect(remarks({ ...SECRET, credentials: parts })).toEqual([OK]);
  expect(remarks({ ...SECRET, credentials: { ...parts, pasword: 'x' } })).toEqual([
    `WARN  "pasword" in credentials in profile default in ${file} is not read.`,
    '      Did you mean password?',
    OK,
  ]);
  expect(remarks({ ...SECRET, credentials: { ...parts, zzz: 'x' } }).slice(0, 2)).toEqual([
    `WARN  "zzz" in credentials in profile default in ${file} is not read.`,
    '      It takes identifier and password.',
  ]);
});

describe('a file with a secret that other users can read', () => {
  const warning = [
    `WARN  ${file} contains a secret and can be read by other users.`,
    `      Run \`chmod 600 ${file}\`.`,
  ];

  test.each([
    ['a client secret', SECRET, 0o640],
    ['a refresh token', { app_id: 'one@refresh' }, 0o604],
    ['a certificate', { app_id: 'one', ...CERTIFICATE }, 0o644],
  ])('%s', (_, profile, mode) => {
    expect(remarks(profile, {}, mode)).toEqual(expect.arrayContaining(warning));
    expect(remarks(profile, {}, 0o600)).not.toEqual(expect.arrayContaining(warning));
  });

  test.each([
    ['without a secret', { app_id: 'one', tenant_id: 'a' }],
    ['with an empty one', { app_id: 'one', credentials: { password: '' } }],
  ])('a file %s may be read by all', (_, profile) => {
    expect(remarks(profile, {}, 0o644)).not.toContain(warning[0]);
  });

  test('Windows has no such mode', () => {
    const real = process.platform;
    Object.defineProperty(process, 'platform', { value: 'win32' });
    const lines = remarks(SECRET, {}, 0o644);
    Object.defineProperty(process, 'platform', { value: real });
    expect(lines).not.toContain(warning[0]);
  });

  test('a secret of the environment is in no file', () => {
    expect(remarks({ app_id: 'one' }, { MDTI_CREDENTIALS_PASSWORD: 's' }, 0o644)).not.toContain(warning[0]);
  });

  test('a file that is gone meanwhile is not a failure', () => {
    const layers = [{ from: 'x', file: join(folder, 'gone.json'), params: SECRET }];
    expect(checkConfig(layers, {}).status).toBe(0);
  });
});

test.each([
  ['without colons', 'ab'.repeat(20), true],
  ['of SHA-256, with colons', `${'AB:'.repeat(31)}AB`, true],
  ['with spaces around', ` ${'a1 '.repeat(20)}`, true],
  ['that is too short', 'ab'.repeat(19), false],
  ['with more behind', `${'ab'.repeat(20)}/secret`, false],
  ['with more before', `secret/${'ab'.repeat(20)}`, false],
  ['with other letters', 'xy'.repeat(20), false],
  ['that is a number', 12, false],
])('a thumbprint %s is shown: %s', (_, identifier, isShown) => {
  const [line = ''] = check({ creds_certificate: { identifier, password: 'k' } });
  expect(line).toMatch(
    isShown ? /^creds_certificate {2}.*[aA].* \/ \*\*\*/ : /^creds_certificate {2}\*\*\* /,
  );
});

test.each([
  [{ app_id: 'one@refresh-token' }, 'app_id  one@***  profile'],
  [{ app_id: '@refresh-token' }, 'app_id  @***  profile'],
  [
    { credentials: { identifier: 'ab'.repeat(20), password: '' } },
    `credentials  ${'ab'.repeat(20)}  profile`,
  ],
  [{ credentials: { identifier: '', password: 'ab'.repeat(20) } }, 'credentials  ***  profile'],
])('%j is shown without a secret', (profile, row) => {
  expect(check(profile)[0]).toContain(row);
});

test('values that are empty are not set', () => {
  const nothing = { app_id: ' ', tenant_id: null, credentials: { password: [] }, graph_endpoint: [''] };
  expect(check(nothing)[0]).toContain('No parameter is set');
  expect(check({ credentials: { identifier: '', password: 'x' } })[0]).toContain('credentials');
  expect(check({ credentials: ['', 'x'] })[0]).toContain('credentials');
});

describe('variables that are not read', () => {
  test('are named if they are nearly right', () => {
    expect(
      unreadVariables({
        MDTI_APPID: 'x',
        MDTI_creds_certificate: 'x',
        MDTI_CLIENTSECRET: 'x',
        MDTI_SECRET: 'x',
        MDTI_CREDENTIAL_IDENTIFIER: 'x',
      }),
    ).toEqual([
      { variable: 'MDTI_APPID', meant: 'MDTI_APP_ID' },
      { variable: 'MDTI_creds_certificate', meant: 'MDTI_CREDS_CERTIFICATE_PASSWORD' },
      { variable: 'MDTI_CLIENTSECRET', meant: 'MDTI_CREDENTIALS_PASSWORD' },
      { variable: 'MDTI_SECRET', meant: 'MDTI_CREDENTIALS_PASSWORD' },
      { variable: 'MDTI_CREDENTIAL_IDENTIFIER', meant: 'MDTI_CREDENTIALS_IDENTIFIER' },
    ]);
  });

  test('are not those that the documentation names', () => {
    const pages = readdirSync(DOCS).filter((name) => name.endsWith('.md'));
    const text = pages.map((name) => readFileSync(join(DOCS, name), 'utf8')).join();
    const documented = text.match(/\bMDTI_[A-Z_]*[A-Z]\b/g) ?? [];
    expect(documented).toEqual(
      expect.arrayContaining(['MDTI_CACHE', 'MDTI_STATE_KEY_FILE', 'MDTI_TENANT_ID']),
    );
    expect(unreadVariables(Object.fromEntries(documented.map((name) => [name, 'x'])))).toEqual([]);
  });

  test.each(['MDTI_APP_ID', 'MDTI_CREDENTIALS_PASSWORD', 'MDTI_CREDENTIALS_IDENTIFIER'])(
    'are not those of parameters, such as %s',
    (name) => {
      expect(unreadVariables({ [name]: 'x' })).toEqual([]);
    },
  );

  test.each(['AMDTI_APP_ID', 'MDTI_UNLIKE_ANYTHING', 'MDTI_MY_SECRET_PLACE', 'MY_MDTI_APPID', 'MDTI_APP'])(
    'are not those of other programs, such as %s',
    (name) => {
      expect(unreadVariables({ [name]: 'x' })).toEqual([]);
    },
  );

  test('an empty variable is not set', () => {
    expect(unreadVariables({ MDTI_APPID: '' })).toEqual([]);
  });
});

describe('what is wrong with a source says what to write', () => {
  const sources = (given: Parameters<typeof layersOf>[0]) => () => layersOf(given, { MDTI_CONFIG: file });
  const params = join(folder, 'params.json');

  test.each([
    [{ flags: ['tenant_id'] }, 'Write --param name=value.'],
    [{ flags: ['tenantid=x'] }, 'Did you mean tenant_id?'],
    [{ flags: ['zzzzzz=x'] }, /^The parameters are .*app_id, .*\.$/],
    [{ flags: ['creds_certificate=x'] }, 'Run `mdti login`, or set MDTI_CREDS_CERTIFICATE_PASSWORD.'],
    [
      { flags: ['app_id=one@refresh'] },
      'Put it into a profile, into MDTI_APP_ID, or sign in with `mdti login`.',
    ],
    [{ flags: ['-x app_id=one'] }, 'Write --param name=value.'],
    [{ paramsFile: join(folder, 'absent.json') }, /^Write \{"app_id"/],
  ])('%j', (given, hint) => {
    writeFileSync(file, '{"profiles": {}}');
    expect(sources(given)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', hint: expect.stringMatching(hint) }),
    );
  });

  test('a parameter may contain what other parameters must not', () => {
    expect(layersOf({ flags: ['tenant_id=a@b=\nc'] }, { MDTI_CONFIG: file }).at(-1)?.params).toEqual({
      tenant_id: 'a@b=\nc',
    });
  });

  test('a file of parameters that is a list', () => {
    writeFileSync(params, '[]');
    expect(sources({ paramsFile: params })).toThrow(`${params} does not contain a JSON object.`);
  });

  test('a profile that is no object', () => {
    writeFileSync(file, '{"profiles": {"default": 5}}');
    expect(sources({})).toThrow('has no profile "default"');
  });

  test('a file that exists is not created again, and one that cannot be is named', () => {
    expect(() => configVerb({ words: ['init'] }, { MDTI_CONFIG: file })).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        hint: 'Run `mdti login --profile NAME` to add a profile, or `mdti config check` to see what is used.',
      }),
    );
    expect(() => configVerb({ words: ['init'] }, { MDTI_CONFIG: join(file, 'below') })).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('cannot be written'),
        hint: expect.stringContaining('name another file in MDTI_CONFIG'),
      }),
    );
  });
});
