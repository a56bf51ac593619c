import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

test('init begins a file that only its owner reads, and never writes over one', () => {
  expect(configVerb({ words: ['init'], profile: 'lab' }, environment)).toMatch(file);
  expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')).profiles)).toEqual(['lab']);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(() => configVerb({ words: ['init'] }, environment)).toThrow('is there already');
});

test('check shows what would be used and where from, secrets masked', () => {
  withProfiles();
  const env = { ...environment, MDTI_TENANT_ID: 'example.org', MDTI_CREDENTIALS_PASSWORD: 'from-outside' };
  const text = configVerb({ words: ['check'], flags: ['max_results=7'] }, env);
  const profile = `profile default in ${file}`;
  expect(text.split('\n')).toEqual([
    `app_id       one          ${profile}`,
    `tenant_id    example.org  environment, over ${profile}`,
    `credentials  ***          environment, over ${profile}`,
    'max_results  7            --param',
  ]);
});

test('check refuses what makes no sense, as a command would', () => {
  expect(() => configVerb({ words: ['check'], flags: ['max_results=many'] }, environment)).toThrow(
    'max_results',
  );
});

test('nothing set is said', () => {
  expect(configVerb({ words: ['check'] }, environment)).toMatch(/^Nothing is set/);
});

test('each layer stands above those before it, also for one half of credentials', () => {
  withProfiles();
  const env = { ...environment, MDTI_APP_ID: 'three', MDTI_CREDENTIALS_IDENTIFIER: 'who' };
  expect(merged(layersOf({ flags: ['tenant_id=example.org'] }, env))).toEqual({
    app_id: 'three',
    tenant_id: 'example.org',
    credentials: { identifier: 'who', password: 'from-the-file' },
  });
});

test('a profile is chosen by flag, else by the environment; --params takes its place', () => {
  withProfiles();
  const env = { ...environment, MDTI_PROFILE: 'lab' };
  expect(merged(layersOf({}, env))).toEqual(PROFILES.profiles.lab);
  expect(merged(layersOf({ profile: 'default' }, env))).toEqual(PROFILES.profiles.default);
  const paramsFile = join(file, '..', 'params.json');
  writeFileSync(paramsFile, '{"app_id": "four"}');
  expect(merged(layersOf({ paramsFile }, env))).toEqual({ app_id: 'four' });
});

test.each([
  [{ profile: 'other' }, 'has no profile "other"'],
  [{ flags: ['credentials=x'] }, 'it can hold a secret'],
  [{ flags: ['tenantid=x'] }, 'There is no parameter "tenantid"'],
  [{ flags: ['tenant_id'] }, '--param cannot be "tenant_id"'],
  [{ paramsFile: '/nowhere/params.json' }, 'cannot be read'],
])('%j is refused', (wishes, reason) => {
  withProfiles();
  expect(() => layersOf(wishes, environment)).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining(reason) }),
  );
});

test('a file without profiles is refused with the form that it needs', () => {
  withProfiles({ app_id: 'x' });
  expect(() => layersOf({}, environment)).toThrow(
    expect.objectContaining({ hint: expect.stringContaining('"profiles"') }),
  );
});
