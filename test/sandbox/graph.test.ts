import type { Sandbox } from '../../src/sandbox';
import { API, type Reply, reader, send, signIn, start } from './client';

let sandbox: Sandbox;
let get: (path: string) => Promise<Reply>;

beforeAll(async () => {
  sandbox = await start();
  get = await reader(sandbox);
});
afterAll(() => sandbox.close());

describe('access to the API', () => {
  test.each([
    ['no token', {}, 'Access token is empty.'],
    [
      'a word',
      { authorization: 'Bearer letmein' },
      'IDX14100: JWT is not well formed, there are no dots (.).',
    ],
    ['a foreign token', { authorization: 'Bearer a.b.c' }, 'Signing key is invalid.'],
  ])('not with %s', async (_, headers, message) => {
    const { status, json, headers: sent } = await send(sandbox, `${API}/articles`, { headers });
    expect(status).toBe(401);
    expect(json.error).toMatchObject({ code: 'InvalidAuthenticationToken', message });
    expect(sent['www-authenticate']).toContain('Bearer');
  });

  test('not without the role', async () => {
    const other = await start({ roles: ['User.Read.All'] });
    const { status, json } = await (await reader(other))('/articles');
    await other.close();
    expect(status).toBe(403);
    expect(json.error.code).toBe('Forbidden');
    expect(json.error.message).toContain('ThreatIntelligence.Read.All');
  });
});

describe('paths', () => {
  test('return an entity without its related objects', async () => {
    const { status, json, headers } = await get('/hosts/contoso.com');
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^application\/json;odata\.metadata=minimal;/);
    expect(Object.keys(json)).toEqual([
      '@odata.context',
      '@odata.type',
      'id',
      'firstSeenDateTime',
      'lastSeenDateTime',
      'registrar',
      'registrant',
    ]);
    expect(json['@odata.type']).toBe('#microsoft.graph.security.hostname');
    expect(json['@odata.context']).toBe(
      `${sandbox.origin}/v1.0/$metadata#security/threatIntelligence/hosts/$entity`,
    );
  });

  test.each([
    ['/hosts/2001%3Adb8%3A%3A1', '#microsoft.graph.security.ipAddress'],
    ['/hosts/2001:db8::1/reputation', '#microsoft.graph.security.hostReputation'],
    ['/hosts/contoso.com/whois', '#microsoft.graph.security.whoisRecord'],
    ['/vulnerabilities/CVE-2099-10001', '#microsoft.graph.security.vulnerability'],
  ])('%s leads to %s', async (path, type) => {
    expect((await get(path)).json['@odata.type']).toBe(type);
  });

  test.each([
    ['articles/{0}/indicators', 'articleIndicators', '/articles?$top=1'],
    ['intelProfiles/{0}/indicators', 'intelligenceProfileIndicators', '/intelProfiles?$top=1'],
    ['hosts/contoso.com/whois/history', 'whoisHistoryRecords', null],
    ['hosts/contoso.com/components', 'hostComponents', null],
    ['hosts/contoso.com/cookies', 'hostCookies', null],
    ['hosts/contoso.com/hostPairs', 'hostPairs', null],
    ['hosts/contoso.com/ports', 'hostPorts', null],
    ['hosts/contoso.com/sslCertificates', 'hostSslCertificates', null],
    ['hosts/contoso.com/trackers', 'hostTrackers', null],
    ['hosts/contoso.com/subdomains', 'subdomains', null],
    ['hosts/192.0.2.1/passiveDnsReverse', 'passiveDnsRecords', null],
  ])('each of %s is also had from %s', async (path, set, parents) => {
    const parent = parents === null ? '' : (await get(parents)).json.value[0].id;
    const { value } = (await get(`/${path.replace('{0}', parent)}`)).json;
    expect(value.length).toBeGreaterThan(0);
    for (const row of value.slice(0, 5)) {
      const { '@odata.context': context, ...alone } = (await get(`/${set}/${encodeURIComponent(row.id)}`))
        .json;
      expect(context).toContain(`#security/threatIntelligence/${set}/$entity`);
      expect(alone).toEqual(row);
    }
  });

  test('an entity that appears in several places is complete in each', async () => {
    const search = encodeURIComponent('"subject/commonName:contoso.com"');
    const [certificate] = (await get(`/sslCertificates?$search=${search}`)).json.value;
    const related = (await get(`/sslCertificates/${certificate.id}/relatedHosts`)).json.value;
    expect(related.map((host: { id: string }) => host.id)).toEqual([
      'contoso.com',
      'www.contoso.com',
      '192.0.2.1',
      '2001:db8::1',
    ]);
    expect(related[2].netblock).toBe('192.0.2.0/24');
    const [component] = (await get('/hosts/contoso.com/components')).json.value;
    expect((await get(`/hostComponents/${component.id}`)).json.host.id).toBe('contoso.com');
    const articles = (await get('/vulnerabilities/CVE-2099-10001/articles')).json.value;
    for (const article of articles) expect(article.title).toBeTruthy();
  });

  test('an artifact is inline; a reference resolves to the whole entity', async () => {
    const [port] = (await get('/hosts/contoso.com/ports?$filter=port eq 443')).json.value;
    expect(Object.keys(port.mostRecentSslCertificate)).toEqual(['@odata.type', 'id']);
    const path = `/hostPorts/${encodeURIComponent(port.id)}`;
    expect((await get(`${path}/mostRecentSslCertificate`)).json.subject.commonName).toBe('contoso.com');
    expect(
      (await get(`${path}?$expand=mostRecentSslCertificate`)).json.mostRecentSslCertificate.sha1,
    ).toHaveLength(40);
    expect((await get(`${path}/host`)).json.registrar).toBeTruthy();
  });

  test.each([
    ['/hosts/nowhere.example', 404, 'NotFound', "Resource 'nowhere.example' could not be found."],
    ['/hosts/parked.example/reputation', 404, 'NotFound', "Resource 'reputation' could not be found."],
    ['/hosts/CONTOSO.COM', 404, 'NotFound', "Resource 'CONTOSO.COM' could not be found."],
    ['/hosts/contoso.com/whoami', 400, 'BadRequest', "Resource not found for the segment 'whoami'."],
    ['/hosts/contoso.com/registrar', 400, 'BadRequest', "Resource not found for the segment 'registrar'."],
    ['/constructor', 400, 'BadRequest', "Resource not found for the segment 'constructor'."],
    ['/hosts/%zz', 400, 'BadRequest', 'The request path holds a malformed percent-encoding.'],
  ])('responds to %s with %i', async (path, status, code, message) => {
    const reply = await send(sandbox, `${API}${path}`, {
      headers: { authorization: `Bearer ${await signIn(sandbox)}`, 'client-request-id': 'mine' },
    });
    expect(reply.status).toBe(status);
    expect(reply.json.error).toMatchObject({ code, message, innerError: { 'client-request-id': 'mine' } });
    expect(reply.json.error.innerError['request-id']).toBe(reply.headers['request-id']);
    expect(reply.json.error.innerError.date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  });

  test('serves only the API, read-only', async () => {
    const headers = { authorization: `Bearer ${await signIn(sandbox)}` };
    expect((await send(sandbox, '/v1.0/me', { headers })).json.error.message).toContain("segment 'me'");
    expect((await send(sandbox, '/beta/me', { headers })).json.error.message).toBe('Invalid version: beta');
    const refused = await send(sandbox, `${API}/articles`, { headers, method: 'POST' });
    expect([refused.status, refused.headers.allow]).toEqual([405, 'GET']);
    expect((await send(sandbox, `${API}/articles`, { headers, method: 'HEAD' })).status).toBe(405);
  });
});
