import type { Log } from '../../src/base/log';
import { readConfig } from '../../src/config/config';
import { allowedEndpoints } from '../../src/config/endpoints';
import { openEngine } from '../../src/engine/engine';
import { openServices } from '../../src/engine/open-services';
import type { HttpRequest } from '../../src/http/transport';

const OWN = 'https://login.contoso.com';
const LOGIN = { app_id: 'app', tenant_id: 'contoso.com', client_credentials: true };
const SECRET = { ...LOGIN, credentials: { password: 'the-kept-secret' } };

beforeEach(() => {
  delete process.env.MDTI_ALLOW_ENDPOINTS;
});

/** Runs test-module and returns what was sent, the log and the text of the entry. */
async function attempt(params: object, allowEndpoints?: string[]) {
  const sent: HttpRequest[] = [];
  const log: string[] = [];
  const engine = openEngine({
    params: { ...params },
    allowEndpoints,
    log: (level, event, fields) => log.push(`${level} ${event} ${JSON.stringify(fields)}`),
    transport: async (request) => {
      sent.push(request);
      const body = JSON.stringify({ error: 'invalid_client', error_description: 'no' });
      return { status: 401, headers: {}, body };
    },
  });
  const { entries } = await engine.execute('test-module');
  return { sent, log, text: String(entries[0]?.Contents) };
}

describe('a sign-in or Graph endpoint outside the known clouds', () => {
  test.each(['azure_ad_endpoint', 'graph_endpoint'])(
    '%s is rejected before the secret is sent anywhere',
    async (parameter) => {
      const { sent, text } = await attempt({ ...SECRET, [parameter]: OWN });
      expect(sent).toEqual([]);
      expect(text).toContain(`${parameter}: "${OWN}" is not a known Microsoft cloud.`);
      expect(text).toContain('MDTI_ALLOW_ENDPOINTS');
    },
  );

  test('is used with one warning where MDTI_ALLOW_ENDPOINTS lists it', async () => {
    process.env.MDTI_ALLOW_ENDPOINTS = ` https://other.example , ${OWN}/ `;
    const { sent, log } = await attempt({
      ...SECRET,
      azure_ad_endpoint: OWN,
      graph_endpoint: 'https://graph.microsoft.com',
    });
    expect(sent[0]?.url).toContain(OWN);
    expect(log.filter((line) => line.includes(OWN))).toEqual([
      `warn an endpoint outside the known Microsoft clouds is used {"parameter":"azure_ad_endpoint","origin":"${OWN}"}`,
    ]);
  });

  test.each(['https://localhost:8443', 'https://127.0.0.1:8443', 'https://[::1]:8443'])(
    'is reported without a warning where %s is on this machine',
    async (local) => {
      process.env.MDTI_ALLOW_ENDPOINTS = local;
      const { log } = await attempt({
        ...SECRET,
        azure_ad_endpoint: local,
        graph_endpoint: 'https://graph.microsoft.com',
      });
      expect(log.filter((line) => line.includes(local))).toEqual([
        expect.stringMatching(/^info an endpoint/),
      ]);
    },
  );

  test('is used without a warning where the caller of the engine chose it', async () => {
    const { sent, log } = await attempt({ ...SECRET, azure_ad_endpoint: OWN, graph_endpoint: OWN }, [OWN]);
    expect(sent[0]?.url).toContain(OWN);
    expect(log.filter((line) => line.includes(OWN))).toEqual([]);
  });

  test.each([`${OWN}:8443`, 'https://login.contoso.com.evil.example', 'https://a.login.contoso.com'])(
    '%s is not allowed by a list that names another origin',
    (azure_ad_endpoint) => {
      process.env.MDTI_ALLOW_ENDPOINTS = OWN;
      expect(() => readConfig({ azure_ad_endpoint })).toThrow('is not a known Microsoft cloud');
    },
  );

  test('is rejected for the retired cloud even if listed', () => {
    process.env.MDTI_ALLOW_ENDPOINTS = 'https://login.microsoftonline.de';
    expect(() => readConfig({ azure_ad_endpoint: 'https://login.microsoftonline.de' })).toThrow(
      'closed in 2021',
    );
  });
});

test.each(['http://a.example', 'https://a.example/path', 'https://u:p@a.example', 'a.example', '*', 'null'])(
  'the entry %s of MDTI_ALLOW_ENDPOINTS is ignored with a warning',
  async (entry) => {
    expect(allowedEndpoints({ MDTI_ALLOW_ENDPOINTS: `${entry},${OWN}` })).toEqual({
      origins: new Set([OWN]),
      ignored: [entry],
    });
    process.env.MDTI_ALLOW_ENDPOINTS = entry;
    const { log } = await attempt(SECRET);
    expect(log.join('\n')).toContain('an entry that is not an https origin is ignored');
  },
);

test.each([
  ['use_managed_identities', 'https://graph.microsoft.com'],
  ['use_ambient_identity', 'https://graph.microsoft.com'],
])('%s requests a token of a known Graph only, whatever graph_endpoint names', async (parameter, known) => {
  process.env.MDTI_ALLOW_ENDPOINTS = 'https://vault.azure.net';
  const config = readConfig({ [parameter]: true, graph_endpoint: 'https://vault.azure.net' });
  expect(config).toMatchObject({ graph: 'https://vault.azure.net', machineResource: known });
});

test('insecure is logged once per log as a warning, also with a transport of the caller', () => {
  const events: string[] = [];
  const log: Log = (_, event) => events.push(event);
  for (let count = 0; count < 3; count++)
    openServices({ ...SECRET, insecure: true }, { log, transport: () => Promise.reject(new Error()) });
  expect(events).toEqual(['certificates are not checked']);
});
