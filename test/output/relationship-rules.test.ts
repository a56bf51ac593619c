import {
  artifactEntity,
  certificateEntity,
  hostEntity,
  profileEntity,
  vulnerabilityEntity,
} from '../../src/investigation/entities';
import type { Link } from '../../src/investigation/graph';
import { endOf, type RelationshipRule, relationships } from '../../src/output/relationships/relationship';
import {
  articleOnVulnerability,
  indicator,
  passiveDns,
  subdomain,
  usedCertificate,
} from '../../src/output/relationships/relationship-rules';
import { hostRelationships } from '../../src/output/verdict/host-relationships';

const now = Date.parse('2025-06-30T00:00:00Z');
const NAME = { value: 'www.contoso.com', type: 'Domain' } as const;
const PARENT = { value: 'contoso.com', type: 'Domain' } as const;
const ADDRESS = { value: '192.0.2.1', type: 'IP' } as const;

const odd = (value: unknown) => value as never;
function stated(relate: RelationshipRule<never>, row: object, of?: string) {
  return relate(row as never, { of, now });
}

describe('a record of passive DNS', () => {
  const times = { firstSeenDateTime: '2020-01-01T00:00:00Z', lastSeenDateTime: '2025-06-29T00:00:00Z' };
  const fields = { firstseenbysource: times.firstSeenDateTime, lastseenbysource: times.lastSeenDateTime };

  test.each([
    ['a name', 'www.contoso.com', '192.0.2.1'],
    ['an address', '192.0.2.1', 'www.contoso.com'],
  ])('says which address a name has, requested of %s', (_, parent, artifact) => {
    const row = { parentHost: { id: parent }, artifact: { id: artifact }, ...times };
    expect(stated(passiveDns, row)).toEqual([{ a: NAME, name: 'resolves-to', b: ADDRESS, fields }]);
  });

  test('keeps the existing times', () => {
    const row = {
      parentHost: { id: NAME.value },
      artifact: { id: '2001:db8::1' },
      ...times,
      firstSeenDateTime: null,
    };
    expect(stated(passiveDns, row)).toEqual([
      {
        a: NAME,
        name: 'resolves-to',
        b: { value: '2001:db8::1', type: 'IPv6' },
        fields: { lastseenbysource: times.lastSeenDateTime },
      },
    ]);
  });

  test.each([
    ['two names', { parentHost: { id: 'a.example' }, artifact: { id: 'b.example' } }],
    ['two addresses', { parentHost: { id: '192.0.2.1' }, artifact: { id: '192.0.2.2' } }],
    ['one end', { parentHost: { id: 'a.example' } }],
    ['no end', {}],
  ])('with %s says nothing of an address', (_, ends) => {
    expect(stated(passiveDns, { ...ends, ...times })).toEqual([]);
  });

  test('creates no relationship without a last-seen time', () => {
    expect(stated(passiveDns, { parentHost: { id: 'a.example' }, artifact: { id: '192.0.2.1' } })).toEqual(
      [],
    );
  });
});

test.each<[string, RelationshipRule<never>, object, string | undefined, object]>([
  [
    'a subdomain belongs to its domain',
    subdomain,
    { host: { id: NAME.value } },
    'contoso.com',
    { a: NAME, name: 'sub-domain-of', b: PARENT },
  ],
  [
    'a host uses a certificate, known by its hash',
    usedCertificate,
    { host: { id: NAME.value }, sslCertificate: { sha1: 'aa', fingerprint: 'bb' } },
    undefined,
    { a: NAME, name: 'uses', b: { value: 'aa', type: 'X509 Certificate' } },
  ],
  [
    'or by its fingerprint',
    usedCertificate,
    { host: { id: NAME.value }, sslCertificate: { fingerprint: 'bb' } },
    undefined,
    { a: NAME, name: 'uses', b: { value: 'bb', type: 'X509 Certificate' } },
  ],
  [
    'an article names an indicator',
    indicator,
    { artifact: { odataType: 'ipAddress', id: '192.0.2.1' } },
    'an-article',
    { a: ADDRESS, name: 'indicator-of', b: { value: 'an-article', type: 'Report' } },
  ],
  [
    'an article describes a vulnerability',
    articleOnVulnerability,
    { id: 'an-article', title: 'On it' },
    'CVE-2021-44228',
    {
      a: { value: 'CVE-2021-44228', type: 'CVE' },
      name: 'related-to',
      b: { value: 'an-article', type: 'Report' },
      fields: { description: 'On it' },
    },
  ],
])('%s', (_, relate, row, of, outcome) => {
  expect(stated(relate, row, of)).toStrictEqual([outcome]);
  expect(stated(relate, {}, of)).toEqual([]);
  if (of !== undefined) expect(stated(relate, row)).toEqual([]);
});

function artifactEnd(artifact: object | null | undefined) {
  const entity = artifactEntity(artifact as never);
  return entity && endOf(entity);
}

test('an end that is missing or has another shape makes no relationship', () => {
  for (const value of [undefined, null, '', 5, {}])
    expect([
      hostEntity({ id: odd(value) }),
      profileEntity({ id: odd(value) }),
      vulnerabilityEntity({ id: odd(value) }),
      certificateEntity({ sha1: odd(value) }),
    ]).toEqual([undefined, undefined, undefined, undefined]);
  expect(certificateEntity(null)).toBeUndefined();
});

test('an artifact becomes an indicator of the type that the platform has for it', () => {
  const unclassified = (kind: string, value: string) =>
    artifactEnd({ odataType: 'unclassifiedArtifact', id: 'YXJ0aWZhY3Q=', kind, value });
  const sha256 = 'a'.repeat(64);
  expect(unclassified('sha256', sha256)).toEqual({ value: sha256, type: 'File' });
  expect(unclassified('url', 'http://203.0.113.8/dl?id=7')).toEqual({
    value: 'http://203.0.113.8/dl?id=7',
    type: 'URL',
  });
  expect(unclassified('email', 'billing@invoice.example')).toEqual({
    value: 'billing@invoice.example',
    type: 'Email',
  });
  expect(unclassified('domain', 'www.contoso.com')).toEqual(NAME);
  expect(unclassified('txt', 'v=spf1 -all')).toBeUndefined();
  expect(artifactEnd({ odataType: 'hostComponent', id: 'Zm9v' })).toBeUndefined();
  expect(unclassified('sha256', '')).toBeUndefined();
});

test('a host artifact becomes a domain or an address, an unknown type nothing', () => {
  expect(artifactEnd({ odataType: 'hostname', id: 'www.contoso.com' })).toEqual(NAME);
  expect(artifactEnd({ odataType: 'ipAddress', id: '192.0.2.1' })).toEqual(ADDRESS);
  for (const artifact of [{ odataType: 'url', id: 'a.example' }, { id: 'a.example' }, null, undefined])
    expect(artifactEnd(artifact)).toBeUndefined();
});

test('a host has no relationship with itself', () => {
  expect(stated(subdomain, { host: { id: 'contoso.com' } }, 'contoso.com')).toEqual([]);
});

test('a relation without a name on the platform gives no relationship', () => {
  const link: Link = {
    source: { kind: 'domain', value: 'a.example' },
    relation: 'links-to',
    target: { kind: 'domain', value: 'b.example' },
  };
  expect(relationships([link], 'seen')).toEqual([]);
});

describe('the relationships of a host', () => {
  const rule = {
    relatedDetailsUrl: 'https://ti.defender.microsoft.com/articles/831b70a4',
    description: 'Seen.',
  };

  test('include the articles behind its reputation', () => {
    const known = {
      HostReputation: { rules: [rule, { ...rule, relatedDetailsUrl: 'https://example.org' }] },
    };
    expect(hostRelationships('www.contoso.com', known)).toEqual([
      {
        a: NAME,
        name: 'indicator-of',
        b: { value: '831b70a4', type: 'Report' },
        fields: { description: 'Seen.' },
      },
    ]);
  });

  test.each<[string, unknown, number]>([
    ['www.contoso.com', { host: { id: 'contoso.com' } }, 1],
    ['contoso.com', { host: { id: 'contoso.com' } }, 0],
    ['wwwcontoso.com', { host: { id: 'contoso.com' } }, 0],
    ['www.contoso.com', { host: { id: 5 } }, 0],
    ['www.contoso.com', { host: null }, 0],
    ['www.contoso.com', undefined, 0],
  ])('%s below a registration %j gives %d', (name, whois, count) => {
    const outcome = hostRelationships(name, { Whois: odd(whois) });
    expect(outcome).toEqual(count === 0 ? [] : [{ a: NAME, name: 'sub-domain-of', b: PARENT }]);
  });
});
