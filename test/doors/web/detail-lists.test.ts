import { deriveGraph } from '../../../src/doors/web/graph/derive';
import { detailsOf, differences } from '../../../src/doors/web/graph/details';
import type { WebDetails } from '../../../src/doors/web/shared/protocol';

const HOST = { '@odata.type': '#microsoft.graph.security.hostname', id: 'contoso.com' };
const OWN = { hostId: 'contoso.com' };
const OTHER = { hostId: 'other.example' };

/** What the drawer shows about a node of a context with these objects. */
function details(id: string, objects: Record<string, unknown>): WebDetails {
  const context = { MSGDefenderThreatIntel: objects };
  const found = detailsOf(id, deriveGraph(context), context);
  if (found === undefined) throw new Error(`${id} is not on the graph`);
  return found;
}

/** What the drawer shows about the host of a context with these objects. */
const host = (objects: Record<string, unknown>) =>
  details('domain:contoso.com', { Host: [HOST], ...objects });

const many = (length: number) => Array.from({ length }, (_, at) => at);

describe('the facts', () => {
  test('of a host are those of its record', () => {
    const record = {
      ...HOST,
      registrar: 'Registrar',
      registrant: 'Registrant',
      countryOrRegion: 'US',
      netblock: '192.0.2.0/24',
      autonomousSystem: 'AS64496',
      hostingProvider: 'Hosting',
    };
    const facts = details('domain:contoso.com', {
      Host: [record, { ...HOST, id: 'other.example', registrar: 'Other' }],
    }).facts.map(({ name, value }) => `${name}: ${value}`);
    expect(facts).toEqual([
      'Registrar: Registrar',
      'Registrant: Registrant',
      'Country: US',
      'Network: 192.0.2.0/24',
      'Hosting: Hosting',
    ]);
  });

  test('of a certificate are those of its first record', () => {
    const certificate = {
      sha1: 'AB'.repeat(20),
      subject: { commonName: 'contoso.com', organizationName: 'Contoso' },
      issuer: { commonName: 'Example CA' },
      issueDateTime: '2024-01-01T00:00:00Z',
      expirationDateTime: '2025-01-01T10:30:00Z',
      serialNumber: '42',
    };
    const objects = {
      SslCertificate: [null, {}, { sha1: 'cd'.repeat(20), serialNumber: '7' }, certificate],
      HostSslCertificate: [{ ...OWN, sslCertificate: certificate }],
    };
    const alone = { SslCertificate: [{ sha1: 'ef'.repeat(20), serialNumber: '9' }] };
    expect(details(`certificate:${'ef'.repeat(20)}`, alone).facts[0]).toEqual({
      name: 'Serial number',
      value: '9',
    });
    expect(details(`certificate:${'ab'.repeat(20)}`, objects).facts).toEqual([
      { name: 'Subject', value: 'contoso.com' },
      { name: 'Organization', value: 'Contoso' },
      { name: 'Issuer', value: 'Example CA' },
      { name: 'Issued', value: '2024-01-01' },
      { name: 'Expires', value: '2025-01-01 10:30' },
      { name: 'Serial number', value: '42' },
      { name: 'SHA-1', value: 'AB'.repeat(20) },
    ]);
  });

  test.each([
    [{ severity: 'high', description: 'plain text' }, ['Severity: high', 'Description: plain text']],
    [{ exploitsAvailable: 'x', cvss3Summary: 'x' }, []],
    [
      { exploitsAvailable: false, activeExploitsObserved: true },
      ['Exploits available: no', 'Exploited now: yes'],
    ],
    [{ severity: '2024-01-01' }, ['Severity: 2024-01-01']],
    [{ severity: '2024-01-01T05:06:07Z' }, ['Severity: 2024-01-01 05:06']],
    [{ severity: 'since 2024-01-01' }, ['Severity: since 2024-01-01']],
  ])('of a vulnerability %j are %j', (record, facts) => {
    const id = 'CVE-2099-10001';
    const other = { id: 'CVE-2099-10002', severity: 'other' };
    const shown = details(`vulnerability:${id}`, { Vulnerability: [other, { id, ...record }] });
    expect(shown.facts.map(({ name, value }) => `${name}: ${value}`)).toEqual(facts);
  });
});

test.each([
  ['domain:contoso.com', { Host: [HOST] }, { command: 'host-summary', args: { host_id: 'contoso.com' } }],
  [
    'vulnerability:CVE-2099-10001',
    { Vulnerability: [{ id: 'CVE-2099-10001' }] },
    { command: 'vulnerability-summary', args: { vulnerability_id: 'CVE-2099-10001' } },
  ],
  [`certificate:${'ab'.repeat(20)}`, { SslCertificate: [{ sha1: 'ab'.repeat(20) }] }, undefined],
])('the command that reads everything about %s', (id, objects, summary) => {
  const shown = details(id, objects);
  expect(shown.summary).toEqual(summary);
  expect('summary' in shown).toBe(summary !== undefined);
});

describe('the resolutions', () => {
  const record = (artifact: object, more: object = {}) => ({ parentHost: HOST, artifact, ...more });
  const name = (id: string) => ({ '@odata.type': '#microsoft.graph.security.hostname', id });

  test('of a host are its addresses, name servers and mail servers', () => {
    const shown = host({
      PassiveDns: [
        record({ '@odata.type': '#microsoft.graph.security.ipAddress', id: '192.0.2.1' }),
        record(name('ns.example'), { recordType: 'NS', lastSeenDateTime: '2021-01-01T00:00:00Z' }),
        record(name('mail.example'), { recordType: 'mx', firstSeenDateTime: '2020-01-01T00:00:00Z' }),
        { parentHost: name('a.example'), artifact: name('b.example') },
      ],
    });
    expect(shown.resolutions).toStrictEqual([
      { label: '192.0.2.1', node: 'address:192.0.2.1' },
      { label: 'ns.example', node: 'domain:ns.example', last: '2021-01-01T00:00:00Z', note: 'NS' },
      { label: 'mail.example', node: 'domain:mail.example', first: '2020-01-01T00:00:00Z', note: 'MX' },
    ]);
  });

  test('are up to 500', () => {
    const records = many(501).map((at) => record(name(`${at}.example`)));
    expect(host({ PassiveDns: records }).resolutions).toHaveLength(500);
  });
});

describe('the certificates', () => {
  const SHA1 = 'ab'.repeat(20);

  test('of a host are those of its rows, with their times', () => {
    const shown = host({
      HostSslCertificate: [
        {
          ...OWN,
          sslCertificate: { sha1: SHA1, subject: { commonName: 'contoso.com' } },
          firstSeenDateTime: '2020-01-01T00:00:00Z',
          lastSeenDateTime: '2021-01-01T00:00:00Z',
        },
        { host: HOST, sslCertificate: { sha1: SHA1 } },
        { ...OWN, sslCertificate: { serialNumber: '1' } },
        { ...OWN, sslCertificate: 'x' },
        { ...OTHER, sslCertificate: { sha1: SHA1 } },
        { host: { id: 'other.example' } },
        { host: 'contoso.com' },
        { host: null },
      ],
    });
    const node = `certificate:${SHA1}`;
    expect(shown.certificates).toStrictEqual([
      { label: 'contoso.com', node, first: '2020-01-01T00:00:00Z', last: '2021-01-01T00:00:00Z' },
      { label: SHA1, node },
      { label: 'certificate' },
      { label: 'certificate' },
    ]);
  });

  test('are up to 500', () => {
    const uses = many(501).map(() => ({ ...OWN, sslCertificate: { sha1: SHA1 } }));
    expect(host({ HostSslCertificate: uses }).certificates).toHaveLength(500);
  });
});

describe('the ports', () => {
  test('of a host are up to 500', () => {
    const ports = many(501).map((port) => ({ ...OWN, port }));
    expect(host({ HostPort: [{ ...OTHER, port: 9 }, ...ports] }).ports).toHaveLength(500);
  });

  test('have up to 20 banners and services, all of them strings', () => {
    const port = {
      ...OWN,
      banners: [{ banner: [] }, ...many(21).map((at) => ({ banner: `b${at}` }))],
      services: [
        { component: {} },
        { component: 'x' },
        ...many(21).map((at) => ({ component: { name: `s${at}` } })),
      ],
    };
    const [shown] = host({ HostPort: [port] }).ports;
    expect(shown?.banners).toEqual(many(20).map((at) => `b${at}`));
    expect(shown?.services).toEqual(many(20).map((at) => `s${at}`));
    expect(shown).not.toHaveProperty('last');
  });
});

describe('the articles', () => {
  const indicator = (articleId: string, id: string) => ({ articleId, artifact: { ...HOST, id } });

  test('of an indicator are those that name it, with all their indicators', () => {
    const shown = host({
      Article: [
        { id: 'a1', body: 'plain', summary: 7 },
        { id: 'a2', title: 'Other' },
      ],
      ArticleIndicator: [
        indicator('a1', 'contoso.com'),
        indicator('a1', 'b.example'),
        indicator('a2', 'c.example'),
      ],
      PassiveDns: [{ parentHost: HOST, artifact: { ...HOST, id: 'd.example' } }],
    });
    expect(shown.articles).toStrictEqual([
      {
        id: 'a1',
        title: 'a1',
        body: 'plain',
        indicators: [
          { id: 'domain:contoso.com', kind: 'domain', value: 'contoso.com' },
          { id: 'domain:b.example', kind: 'domain', value: 'b.example' },
        ],
      },
    ]);
  });

  test('of an article without indicators are the article itself', () => {
    expect(details('article:a1', { Article: [{ id: 'a1' }] }).articles.map(({ id }) => id)).toEqual(['a1']);
  });

  test('of a vulnerability are those about it, which is not one of their indicators', () => {
    const cve = { id: 'vulnerability:CVE-2099-10001', kind: 'vulnerability', value: 'CVE-2099-10001' };
    const nodes = [cve, { id: 'article:a1', kind: 'article', value: 'a1' }];
    const edges = [{ source: cve.id, relation: 'related-to', target: 'article:a1' }];
    const shown = details(cve.id, { Article: [{ id: 'a1' }], Graph: [{ nodes, edges }] });
    expect(shown.articles).toMatchObject([{ id: 'a1', indicators: [] }]);
  });

  test('of an article are the article itself, also where others name the same indicator', () => {
    const objects = {
      Article: [{ id: 'a1' }, { id: 'a2' }],
      ArticleIndicator: [indicator('a1', 'contoso.com'), indicator('a2', 'contoso.com')],
      HostReputation: [
        { ...OWN, rules: [{ relatedDetailsUrl: 'https://ti.defender.microsoft.com/articles/a1' }] },
      ],
    };
    expect(details('article:a1', objects).articles.map(({ id }) => id)).toEqual(['a1']);
    expect(host(objects).articles.map(({ id }) => id)).toEqual(['a1', 'a2']);
  });

  test('are up to 50, with 500 indicators and 100,000 characters of text each', () => {
    const articles = many(51).map((at) => ({ id: `a${at}`, body: { content: 'x'.repeat(100_001) } }));
    const own = many(51).map((at) => indicator(`a${at}`, 'contoso.com'));
    const others = many(500).map((at) => indicator('a0', `${at}.example`));
    const shown = host({ Article: articles, ArticleIndicator: [...own, ...others] }).articles;
    expect(shown).toHaveLength(50);
    expect(shown[0]?.indicators).toHaveLength(500);
    expect(shown[0]?.body).toHaveLength(100_000);
  });
});

test('changes of WHOIS records are up to 500', () => {
  const records = many(502).map((at) => ({
    lastUpdateDateTime: new Date(Date.UTC(2024, 0, 1, 0, at)).toISOString(),
    domainStatus: `s${at}`,
  }));
  const changes = differences(records);
  expect(changes).toHaveLength(500);
  expect(changes[0]).toEqual({
    at: '2024-01-01 08:21',
    changes: [{ field: 'Status', before: 's500', after: 's501' }],
  });
});
