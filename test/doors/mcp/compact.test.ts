import { compact, compactSchema } from '../../../src/doors/mcp/compact';

const host = (id: string) => ({ '@odata.type': '#microsoft.graph.security.hostname', id });

describe('a compact row', () => {
  test('leaves out what is null, empty or of another type, and what is read with detail only', () => {
    const article = {
      id: 'a',
      title: null,
      summary: { content: 'Short.', format: 'text' },
      body: { content: 'Long.' },
      imageUrl: 'https://example.org/a.png',
      isFeatured: false,
      tags: [],
      createdDateTime: '2026-01-01T00:00:00Z',
      lastUpdatedDateTime: '',
      unknown: 1,
    };
    expect(compact('article', article)).toStrictEqual({ id: 'a', summary: 'Short.', isFeatured: false });
    expect(compact('article', { id: 7, title: ['x'], isFeatured: 'yes', tags: 'x', summary: 'x' })).toEqual(
      {},
    );
  });

  test.each([[null], ['text'], [7], [[]]])('of %j is empty', (value) => {
    expect(compact('article', value)).toEqual({});
  });

  test('has integers only where Graph has them', () => {
    expect(compact('hostPort', { port: 443, timesObserved: 1.5 })).toEqual({ port: 443 });
    expect(compact('hostReputation', { score: 0, classification: 'neutral' })).toEqual({
      classification: 'neutral',
      score: 0,
    });
  });

  test('has up to 400 characters of a text and ten members of a list', () => {
    const tags = Array.from({ length: 11 }, (_, at) => `tag ${at}`);
    const row = compact('article', { title: 'x'.repeat(400), summary: { content: 'y'.repeat(401) }, tags });
    expect(compact('article', { title: 'x'.repeat(401) })).toEqual({ title: `${'x'.repeat(399)}…` });
    expect(row).toEqual({ title: 'x'.repeat(400), summary: `${'y'.repeat(399)}…`, tags: tags.slice(0, 10) });
  });

  test('has members of a list that make sense', () => {
    expect(compact('article', { tags: ['a', 7, null, 'b'] })).toEqual({ tags: ['a', 'b'] });
  });
});

test('small objects are one text', () => {
  expect(compact('host', { autonomousSystem: { value: 'AS64496', name: 'CONTOSO' } })).toEqual({
    autonomousSystem: 'AS64496',
  });
  expect(compact('host', { autonomousSystem: { value: null, name: 'CONTOSO' } })).toEqual({
    autonomousSystem: 'CONTOSO',
  });
  expect(
    compact('vulnerability', {
      cvss3Summary: { score: 9.8, severity: 'critical', vectorString: 'CVSS:3.1/AV:N' },
    }),
  ).toEqual({ cvss3Summary: '9.8 critical' });
  expect(
    compact('vulnerability', { cvss3Summary: { score: 9.8, severity: null }, cvss2Summary: 'x' }),
  ).toEqual({
    cvss3Summary: '9.8',
  });
  expect(compact('vulnerability', { cvss3Summary: {} })).toEqual({});
  expect(compact('hostPort', { services: [{ component: { name: 'nginx', version: '1.2' } }, {}] })).toEqual({
    services: ['nginx'],
  });
  expect(compact('hostSslCertificate', { ports: [{ port: 443 }, { port: '8443' }] })).toEqual({
    ports: ['443'],
  });
  const origins = { countriesOrRegionsOfOrigin: [{ label: 'Contoso Land', code: 'CL' }] };
  expect(compact('intelligenceProfile', origins)).toEqual({ countriesOrRegionsOfOrigin: ['Contoso Land'] });
  const names = {
    issuer: { commonName: 'CA', organizationName: 'O' },
    subject: { organizationName: 'Contoso' },
  };
  expect(compact('sslCertificate', names)).toEqual({ issuer: 'CA', subject: 'Contoso' });
  const nameservers = [{ host: host('ns1.example'), firstSeenDateTime: '2026-01-01T00:00:00Z' }];
  expect(compact('whoisRecord', { nameservers })).toEqual({ nameservers: ['ns1.example'] });
});

test('another record is named by its value, its name or its id', () => {
  expect(
    compact('passiveDnsRecord', { parentHost: host('contoso.com'), artifact: host('a.example') }),
  ).toEqual({
    parentHost: 'contoso.com',
    artifact: 'a.example',
  });
  const hash = {
    '@odata.type': '#microsoft.graph.security.unclassifiedArtifact',
    id: 'opaque',
    kind: 'md5',
    value: 'ff',
  };
  expect(compact('articleIndicator', { artifact: hash })).toEqual({ artifact: 'ff' });
  expect(compact('articleIndicator', { artifact: { id: 'opaque' } })).toEqual({ artifact: 'opaque' });
  expect(compact('articleIndicator', { artifact: 'text' })).toEqual({});
  expect(compact('hostPort', { services: [{ component: { id: 'c' } }] })).toEqual({ services: ['c'] });
});

test('an id is shown only where another tool takes it, and the host of a subdomain is the subdomain', () => {
  const of = (type: string) => compact(type, { id: 'x', host: host('contoso.com') });
  expect(of('hostCookie')).toEqual({});
  expect(of('hostReputation')).toEqual({});
  expect(of('vulnerabilityComponent')).toEqual({});
  expect(of('subdomain')).toEqual({ host: 'contoso.com' });
  expect(of('whoisRecord')).toEqual({ id: 'x', host: 'contoso.com' });
  expect(of('article')).toEqual({ id: 'x' });
});

test('the reputation and the WHOIS record of a host are results of other tools', () => {
  expect(compact('host', { id: 'a.example', reputation: { id: 'r' }, whois: { id: 'w' } })).toEqual({
    id: 'a.example',
  });
});

test('the certificate of a port and of a host is shown with its dates, without the records that refer to it', () => {
  const certificate = {
    id: 'c',
    sha1: 'ff',
    serialNumber: '1',
    issuer: { commonName: 'CA' },
    relatedHosts: [host('contoso.com')],
    firstSeenDateTime: null,
  };
  const shown = { id: 'c', sha1: 'ff', issuer: 'CA' };
  expect(compact('hostSslCertificate', { sslCertificate: certificate })).toEqual({ sslCertificate: shown });
  expect(compact('hostPort', { mostRecentSslCertificate: certificate })).toEqual({
    mostRecentSslCertificate: shown,
  });
  expect(compact('hostPort', { mostRecentSslCertificate: { serialNumber: '1', sha1: '' } })).toEqual({});
  expect(compact('hostPort', { mostRecentSslCertificate: 'c' })).toEqual({});
});

test('a WHOIS record has its contacts by name, organization and e-mail address', () => {
  const contact = {
    name: 'Jo',
    organization: 'Contoso',
    email: 'jo@contoso.com',
    telephone: '1',
    fax: '2',
    address: {},
  };
  const record = {
    registrant: contact,
    registrar: { name: 'R', email: null },
    admin: contact,
    abuse: contact,
  };
  expect(compact('whoisRecord', record)).toEqual({
    registrant: { name: 'Jo', organization: 'Contoso', email: 'jo@contoso.com' },
    registrar: { name: 'R' },
  });
});

test('a host has the members of host names and of addresses, without its reputation and WHOIS record', () => {
  const address = {
    '@odata.type': '#microsoft.graph.security.ipAddress',
    id: '192.0.2.1',
    countryOrRegion: 'Contoso Land',
    netblock: '192.0.2.0/24',
    reputation: { id: 'r', score: 7 },
    whois: { id: 'w' },
  };
  expect(compact('host', address)).toEqual({
    id: '192.0.2.1',
    countryOrRegion: 'Contoso Land',
    netblock: '192.0.2.0/24',
  });
  expect(compact('host', { id: 'contoso.com', registrar: 'R' })).toEqual({
    id: 'contoso.com',
    registrar: 'R',
  });
});

test('the rules of a verdict have their name, description and severity', () => {
  const rules = [
    { name: 'N', description: 'D', severity: 'high', relatedDetailsUrl: 'https://example.org' },
    {},
  ];
  expect(compact('hostReputation', { rules })).toEqual({
    rules: [{ name: 'N', description: 'D', severity: 'high' }],
  });
});

/** The members that a schema describes: `tags[]` is a list, `score integer` no text, and `{ … }` an object. */
function membersOf({ properties = {} }: { readonly properties?: object }): string {
  return Object.entries(properties)
    .map(([name, schema]) => {
      const one = schema.type === 'array' ? schema.items : schema;
      const form =
        one.type === 'object' ? ` { ${membersOf(one)} }` : one.type === 'string' ? '' : ` ${one.type}`;
      return `${name}${schema.type === 'array' ? '[]' : ''}${form}`;
    })
    .join(', ');
}

test.each([
  ['article', 'id, title, lastUpdatedDateTime, isFeatured boolean, tags[], summary'],
  ['articleIndicator', 'source, artifact'],
  [
    'host',
    'id, firstSeenDateTime, lastSeenDateTime, registrar, registrant, autonomousSystem, countryOrRegion, hostingProvider, netblock',
  ],
  ['hostReputation', 'classification, score integer, rules[] { name, description, severity }'],
  ['hostComponent', 'name, version, category, firstSeenDateTime, lastSeenDateTime'],
  ['hostCookie', 'name, domain, firstSeenDateTime, lastSeenDateTime'],
  ['hostPair', 'linkKind, firstSeenDateTime, lastSeenDateTime, parentHost, childHost'],
  [
    'hostPort',
    'port integer, protocol, status, firstSeenDateTime, lastSeenDateTime, lastScanDateTime, timesObserved integer, services[], mostRecentSslCertificate { id, sha1, issueDateTime, expirationDateTime, firstSeenDateTime, lastSeenDateTime, issuer, subject }',
  ],
  [
    'hostSslCertificate',
    'firstSeenDateTime, lastSeenDateTime, ports[], sslCertificate { id, sha1, issueDateTime, expirationDateTime, firstSeenDateTime, lastSeenDateTime, issuer, subject }',
  ],
  ['hostTracker', 'kind, value, firstSeenDateTime, lastSeenDateTime'],
  [
    'whoisRecord',
    'id, registrationDateTime, lastUpdateDateTime, expirationDateTime, firstSeenDateTime, lastSeenDateTime, domainStatus, registrant { name, organization, email }, registrar { name, organization, email }, nameservers[], host',
  ],
  [
    'vulnerability',
    'id, severity, priorityScore integer, description, cvss2Summary, cvss3Summary, commonWeaknessEnumerationIds[], activeExploitsObserved boolean, exploitsAvailable boolean, hasChatter boolean, publishedDateTime, lastModifiedDateTime',
  ],
  ['passiveDnsRecord', 'recordType, firstSeenDateTime, lastSeenDateTime, parentHost, artifact'],
  [
    'intelligenceProfile',
    'id, title, kind, aliases[], firstActiveDateTime, countriesOrRegionsOfOrigin[], targets[], summary, description',
  ],
  ['intelligenceProfileIndicator', 'source, firstSeenDateTime, lastSeenDateTime, artifact'],
  [
    'sslCertificate',
    'id, sha1, issueDateTime, expirationDateTime, firstSeenDateTime, lastSeenDateTime, issuer, subject',
  ],
  ['subdomain', 'firstSeenDateTime, host'],
  ['vulnerabilityComponent', 'name'],
  [
    'whoisHistoryRecord',
    'id, registrationDateTime, lastUpdateDateTime, expirationDateTime, firstSeenDateTime, lastSeenDateTime, domainStatus, registrant { name, organization, email }, registrar { name, organization, email }, nameservers[], host',
  ],
])('an agent reads of %s: %s', (type, members) => {
  expect(membersOf(compactSchema(type))).toBe(members);
});
