import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readModel } from '../../scripts/generate/model';
import { outputsOf } from '../../scripts/generate/outputs';
import { collection, entity, type Route } from '../../src/graph/route';
import manifest from '../../src/manifest/generated/manifest.json';

const model = readModel(readFileSync(join(__dirname, '../../src/model/model.yml'), 'utf8'));
const described = new Map(
  manifest.script.commands
    .flatMap((command) => ('outputs' in command ? (command.outputs ?? []) : []))
    .map(({ contextPath, description }) => [contextPath, description]),
);

test.each([
  ['Whois.abuse.email', 'E-mail address of the abuse contact in the WHOIS record.'],
  ['Whois.abuse.address.city', 'City in the address of the abuse contact in the WHOIS record.'],
  [
    'WhoisHistory.nameservers.lastSeenDateTime',
    'When Microsoft last saw a name server in the WHOIS history record (ISO 8601, UTC).',
  ],
  ['Host.registrar', 'Registrar of the host name.'],
  ['Host.autonomousSystem.number', 'Number of the autonomous system of the IP address (ASN).'],
  [
    'HostReputation.classification',
    "Microsoft's verdict on the host: unknown, neutral, suspicious or malicious.",
  ],
  [
    'ArticleIndicator.articleId',
    'ID of the article that the command was given; the value for the argument article_id.',
  ],
])('a sentence is put together from the parts that know it: %s', (path, sentence) => {
  expect(described.get(`MSGDefenderThreatIntel.${path}`)).toBe(sentence);
});

test('every description is complete and specific', () => {
  const poor = [...described.values()].filter(
    (sentence) => /[{}]|undefined| {2}/.test(sentence) || sentence.length < 12,
  );
  expect(poor).toEqual([]);
});

test('no two outputs of one command say the same, but for the host that several objects name', () => {
  for (const command of manifest.script.commands) {
    const outputs = 'outputs' in command ? (command.outputs ?? []) : [];
    const sentences = outputs
      .filter(({ contextPath }) => !contextPath.endsWith('.hostId'))
      .map(({ description }) => description);
    expect(sentences).toEqual([...new Set(sentences)]);
  }
});

test('uses only output types of the platform', () => {
  const types = new Map(
    manifest.script.commands
      .flatMap((command) => ('outputs' in command ? (command.outputs ?? []) : []))
      .map(({ contextPath, type }) => [contextPath.replace('MSGDefenderThreatIntel.', ''), type]),
  );
  expect(
    ['Article.isFeatured', 'Article.tags', 'Host.lastSeenDateTime', 'HostReputation.score'].map((path) =>
      types.get(path),
    ),
  ).toEqual(['Boolean', 'String', 'Date', 'Number']);
});

describe('outputs follow the routes', () => {
  test('a child had through its parent carries the id of the parent', () => {
    const routes = [
      collection('GET /security/threatIntelligence/vulnerabilities/{vulnerability_id}/components'),
      entity(
        'GET /security/threatIntelligence/vulnerabilities/{vulnerability_id}/components/{vulnerability_component_id}',
      ),
    ];
    expect(paths(routes, 'VulnerabilityComponent')).toEqual(['id', 'vulnerabilityId', 'name', 'odataType']);
  });

  test('a host carries no parent, since it has many', () => {
    const routes = [
      collection('GET /security/threatIntelligence/sslCertificates/{ssl_certificate_id}/relatedHosts'),
    ];
    expect(paths(routes, 'Host')).not.toContain('sslCertificateId');
  });

  test('declares the response properties that Graph documents', () => {
    const ports = paths([entity('GET /security/threatIntelligence/hostPorts/{host_port_id}')], 'HostPort');
    expect(ports).toEqual(
      expect.arrayContaining(['host.id', 'mostRecentSslCertificate.id', 'services.component.version']),
    );
    expect(ports).toContain('mostRecentSslCertificate.sha1');
    expect(ports).not.toContain('host.registrar');
  });

  test('rejects a route missing from the model', () => {
    expect(() =>
      paths([collection('GET /security/threatIntelligence/hosts/{host_id}/friends')], 'Friend'),
    ).toThrow('{host_id}/friends leaves the model');
  });

  function paths(routes: readonly Route[], context: string): string[] {
    const prefix = `MSGDefenderThreatIntel.${context}.`;
    return outputsOf(model, { routes, context }).map(({ contextPath }) => contextPath.slice(prefix.length));
  }
});
