import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTenants } from '../../src/queue/tenants';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenants-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string, mode = 0o600): string {
  const file = join(folder, name);
  writeFileSync(file, text, { mode });
  return file;
}

test('reads the parameters of each tenant from its own file, relative to the list', async () => {
  write('contoso.json', '{"app_id": "a"}');
  const file = write('tenants.yaml', 'tenants:\n  contoso: {params_file: contoso.json}\n', 0o644);
  expect(await readTenants(file)).toEqual([{ name: 'contoso', params: { app_id: 'a' } }]);
});

test('reads parameters in the list itself when only its owner can read it', async () => {
  const text = 'tenants:\n  contoso:\n    params: {app_id: a}\n';
  expect(await readTenants(write('private.yaml', text))).toEqual([
    { name: 'contoso', params: { app_id: 'a' } },
  ]);
  await expect(readTenants(write('open.yaml', text, 0o644))).rejects.toMatchObject({
    message: expect.stringMatching(/^Other users can read .*open\.yaml, which contains parameters\.$/),
    hint: expect.stringMatching(/^Run `chmod 600 /),
  });
});

const BAD: Readonly<Record<string, readonly [text: string, message: RegExp]>> = {
  'broken YAML': ['tenants: [', /is not YAML: /],
  'no tenants': ['other: 1', /lists no tenants\.$/],
  'an empty list': ['tenants: {}', /lists no tenants\.$/],
  'a name that is a path': ['tenants: {"../x": {params: {}}}', /"\.\.\/x" is not a name of a tenant\.$/],
  'neither file nor parameters': [
    'tenants: {contoso: {}}',
    /the tenant contoso has neither params_file nor params\.$/,
  ],
  'a file that is missing': ['tenants: {contoso: {params_file: none.json}}', /none\.json does not exist\.$/],
};

test.each(Object.entries(BAD))('names the error in %s', async (_, [text, message]) => {
  await expect(readTenants(write('tenants.yaml', text))).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringMatching(message),
  });
});

test('names a parameter file that is not an object', async () => {
  write('contoso.json', '[]');
  const file = write('tenants.yaml', 'tenants: {contoso: {params_file: contoso.json}}');
  await expect(readTenants(file)).rejects.toMatchObject({
    message: expect.stringMatching(/not a JSON object/),
  });
});
