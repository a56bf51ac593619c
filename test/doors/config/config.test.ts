import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { redact } from '../../../src/base/redact';
import { readConfig } from '../../../src/config/config';
import { layersOf, merged } from '../../../src/doors/cli/config/layers';
import { configVerb } from '../../../src/doors/cli/config/verb';

let file: string;
let environment: NodeJS.ProcessEnv;
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'config-')), 'below', 'config.json');
  environment = { MDTI_CONFIG: file };
});

const PROFILES = {
  profiles: {
    default: { app_id: 'one', tenant_id: 'contoso.com', credentials: { password: 'from-the-file' } },
    lab: { app_id: 'two', max_results: '5' },
  },
};

function withProfiles(content: unknown = PROFILES): void {
  configVerb({ words: ['init'] }, environment);
  writeFileSync(file, JSON.stringify(content));
}

test('init creates a file with owner-only access and never overwrites one', () => {
  expect(configVerb({ words: ['init'], profile: 'lab' }, environment)).toEqual({
    text: `Created ${file}. Fill it in, then run \`mdti config check\`; \`mdti login\` does both.`,
    status: 0,
  });
  expect(readFileSync(file, 'utf8')).toBe(`{
  "profiles": {
    "lab": {
      "app_id": "",
      "tenant_id": "",
      "client_credentials": true,
      "credentials": {
        "password": ""
      }
    }
  }
}
`);
  expect([file, dirname(file)].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o700]);
  expect(() => configVerb({ words: ['init'] }, environment)).toThrow(`${file} exists already.`);
});

test('check shows what would be used and where from, secrets masked', () => {
  withProfiles();
  const env = { ...environment, MDTI_TENANT_ID: 'example.org', MDTI_CREDENTIALS_PASSWORD: 'from-outside' };
  const { text, status } = configVerb({ words: ['check'], flags: ['max_results=7'] }, env);
  const profile = `profile default in ${file}`;
  expect(text.split('\n')).toEqual([
    `app_id       one          ${profile}`,
    `tenant_id    example.org  environment, over ${profile}`,
    `credentials  ***          environment, over ${profile}`,
    'max_results  7            --param',
    '',
    'WARN  credentials is not used: without client_credentials, sign-in is by device code.',
    '      Set client_credentials to true to sign in with the secret.',
    'ok    Run `mdti doctor` to test the sign-in.',
  ]);
  expect(status).toBe(0);
});

const SECRET = {
  app_id: 'one',
  tenant_id: 'contoso.com',
  credentials: { password: 's' },
  client_credentials: true,
};

test.each([
  ['nothing is set', {}, 1, 'FAIL  No parameter is set in'],
  ['a value makes no sense', { ...SECRET, max_results: 'many' }, 1, 'max_results'],
  ['no sign-in could work', { client_credentials: true }, 1, 'FAIL  '],
  ['a secret is complete', SECRET, 0, 'ok    Run `mdti doctor`'],
  ['a name is unknown', { ...SECRET, tenantid: 'x' }, 0, 'Did you mean tenant_id?'],
  [
    'two methods are chosen',
    { ...SECRET, use_managed_identities: 'true' },
    undefined,
    'WARN  use_managed_identities wins over client_credentials.',
  ],
  [
    'secret and certificate are set',
    { ...SECRET, creds_certificate: { identifier: 'a', password: 'b' } },
    undefined,
    'WARN  creds_certificate wins over credentials',
  ],
])('check says so when %s', (_, profile, expected, message) => {
  withProfiles({ profiles: { default: profile } });
  const { text, status } = configVerb({ words: ['check'] }, environment);
  expect(text).toContain(message);
  if (expected !== undefined) expect(status).toBe(expected);
});

test('check names a variable that is nearly right, and a secret that others can read', () => {
  withProfiles({ profiles: { default: SECRET } });
  chmodSync(file, 0o644);
  const { text } = configVerb({ words: ['check'] }, { ...environment, MDTI_APPID: 'x' });
  expect(text).toContain('Did you mean MDTI_APP_ID?');
  expect(text).toContain(`Run \`chmod 600 ${file}\`.`);
});

test.each([
  ['{"profiles": {\n  "default": {"app_id": x}}}', 'line 2, column 25: expected a value'],
  ['{"profiles": {},}', 'line 1, column 17: expected a name in double quotes'],
  ["{'profiles': {}}", 'line 1, column 2: expected a name in double quotes'],
  ['{"profiles" {}}', 'line 1, column 13: expected ":"'],
  ['{"profiles": {}', 'line 1, column 16: expected "," or "}"'],
  ['{"profiles": {}} x', 'line 1, column 18: unexpected text after the end'],
  ['', 'line 1, column 1: expected a value'],
])('the place of an error in JSON is named: %j', (content, place) => {
  withProfiles();
  writeFileSync(file, content);
  expect(() => layersOf({}, environment)).toThrow(place);
});

test('each layer overrides those before it, also for one half of credentials', () => {
  withProfiles();
  const env = { ...environment, MDTI_APP_ID: 'three', MDTI_CREDENTIALS_IDENTIFIER: 'who' };
  expect(merged(layersOf({ flags: ['tenant_id=example.org'] }, env))).toEqual({
    app_id: 'three',
    tenant_id: 'example.org',
    credentials: { identifier: 'who', password: 'from-the-file' },
  });
});

test('selects a profile by flag, then by the environment; --params replaces it', () => {
  withProfiles();
  const env = { ...environment, MDTI_PROFILE: 'lab' };
  expect(merged(layersOf({}, env))).toEqual(PROFILES.profiles.lab);
  expect(merged(layersOf({ profile: 'default' }, env))).toEqual(PROFILES.profiles.default);
  const paramsFile = join(file, '..', 'params.json');
  writeFileSync(paramsFile, '{"app_id": "four"}');
  expect(merged(layersOf({ paramsFile }, env))).toEqual({ app_id: 'four' });
});

test.each([
  [{ profile: 'other' }, '--profile: '],
  [{ profile: 'other' }, 'has no profile "other"'],
  [{ flags: ['credentials=x'] }, 'a parameter with a secret'],
  [{ flags: ['tenantid=x'] }, 'there is no parameter "tenantid"'],
  [{ flags: ['tenant_id'] }, '--param: "tenant_id" has no "="'],
  [{ paramsFile: '/nowhere/params.json' }, 'does not exist'],
])('%j is rejected', (wishes, reason) => {
  withProfiles();
  expect(() => layersOf(wishes, environment)).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining(reason) }),
  );
});

test.each([
  ['max_result', 'Did you mean max_results?'],
  ['client_id', 'Did you mean app_id?'],
  ['tenant', 'Did you mean tenant_id?'],
  [
    'client_secret',
    'The parameter is credentials, and its secret is not for the command line: run `mdti login`, or set MDTI_CREDENTIALS_PASSWORD.',
  ],
  [
    'private_key',
    'The parameter is creds_certificate, and its secret is not for the command line: run `mdti login`, or set MDTI_CREDS_CERTIFICATE_PASSWORD.',
  ],
  ['zzz', expect.stringMatching(/^The parameters are app_id, tenant_id, .*featured_only\.$/)],
])('the hint for the unknown parameter %s names the one that is meant', (name, hint) => {
  withProfiles();
  expect(() => layersOf({ flags: [`${name}=x`] }, environment)).toThrow(expect.objectContaining({ hint }));
});

test('a file without profiles is rejected with the form that it needs', () => {
  withProfiles({ app_id: 'x' });
  expect(() => layersOf({}, environment)).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: `${file} contains no "profiles".`,
      hint: expect.stringContaining('"profiles"'),
    }),
  );
});

const TYPED = 'Xy7~Q8realLookingSecret';

test.each([
  [
    { profile: 'labs' },
    {},
    '--profile',
    'Did you mean lab? Its profiles are default, lab. To create this one, run `mdti login --profile labs`.',
  ],
  [
    {},
    { MDTI_PROFILE: 'no where' },
    'MDTI_PROFILE',
    'Its profiles are default, lab. To create this one, run `mdti login --profile "no where"`.',
  ],
])(
  'a missing profile is named with its origin, the existing ones and `mdti login`: %j %j',
  (wishes, variables, origin, hint) => {
    withProfiles();
    const name = JSON.stringify(Object.values({ ...wishes, ...variables })[0]);
    expect(() => layersOf(wishes, { ...environment, ...variables })).toThrow(
      expect.objectContaining({ message: `${origin}: ${file} has no profile ${name}.`, hint }),
    );
  },
);

test('a profile is missing where none exists', () => {
  withProfiles({ profiles: {} });
  expect(() => layersOf({ profile: 'lab' }, environment)).toThrow(
    expect.objectContaining({
      hint: 'It has no profiles. To create this one, run `mdti login --profile lab`.',
    }),
  );
});

test.each([
  ['a list', { credentials: ['x'] }],
  ['an object in a list', { creds_certificate: [{ password: 'x' }] }],
  ['a number', { credentials: 7 }],
  ['a list for a string', { app_id: ['x'] }],
])('check has a row for a parameter with the wrong shape, and shows the right one: %s', (_, fields) => {
  withProfiles({ profiles: { default: { ...SECRET, ...fields } } });
  const { text, status } = configVerb({ words: ['check'] }, environment);
  const [name = ''] = Object.keys(fields);
  expect(text).toMatch(new RegExp(`^${name} +\\*\\*\\* +profile default`, 'm'));
  if (name !== 'app_id') expect(text).toContain('Use {"identifier": "…", "password": "…"}.');
  expect(status).toBe(1);
});

test.each([
  ['{"password": "…"}', '{"password": "…"}'],
  ['{"password": "…x"}', '{"password": "***"}'],
  ['password=…&x=1', 'password=***&x=1'],
])('a placeholder is printed, a secret that starts like one is not: %s', (text, printed) => {
  expect(redact(text)).toBe(printed);
});

test.each([
  ['a string', { credentials: TYPED }, 'credentials is not a pair of identifier and password'],
  ['a list', { credentials: [TYPED] }, 'credentials is not a pair of identifier and password'],
  ['a mistyped part', { credentials: { passwords: TYPED } }, 'Did you mean password?'],
  ['an unknown part', { credentials: { value: { deep: TYPED } } }, 'It takes identifier and password.'],
  ['the wrong part', { credentials: { identifier: TYPED } }, 'credentials'],
  [
    'a key as a string',
    { creds_certificate: `-----BEGIN PRIVATE KEY-----${TYPED}` },
    'creds_certificate is not',
  ],
  ['a client ID field', { managed_identities_client_id: TYPED }, 'managed_identities_client_id is not'],
  ['an invented name', { client_secret: TYPED }, 'Write "credentials"'],
])('check never shows a secret: %s', (_, fields, message) => {
  withProfiles({ profiles: { default: { ...SECRET, ...fields } } });
  const { text } = configVerb({ words: ['check'] }, environment);
  expect(text).toContain(message);
  expect(text).not.toContain(TYPED);
});

test.each([{ credentials: TYPED }, { credentials: { passwords: [TYPED] } }, { creds_certificate: TYPED }])(
  'a secret in the wrong place is masked in every message: %j',
  (fields) => {
    try {
      readConfig({ ...fields, max_results: 'no number' });
    } catch {
      // What matters is what comes after.
    }
    expect(redact(`it was ${TYPED}`)).toBe('it was ***');
  },
);

test('check shows the thumbprint of a certificate', () => {
  const thumbprint = 'ab'.repeat(20);
  withProfiles({
    profiles: { default: { creds_certificate: { identifier: thumbprint, password: TYPED } } },
  });
  expect(configVerb({ words: ['check'] }, environment).text).toContain(`${thumbprint} / ***`);
});

test.each(['MDTI_CREDENTIALS', 'MDTI_CLIENT_SECRET', 'MDTI_PASSWORD', 'MDTI_CREDENTIAL_PASSWORD'])(
  '%s is not read, and check names the variable that is',
  (name) => {
    withProfiles();
    const { text } = configVerb({ words: ['check'] }, { ...environment, [name]: TYPED });
    expect(text).toContain(`${name} is not read.\n      Did you mean MDTI_CREDENTIALS_PASSWORD?`);
    expect(text).not.toContain(TYPED);
  },
);
