import { isRecord, type JsonObject } from '../../../base/json';
import { sanitizeMultiline } from '../../../base/sanitize';
import { certificateEntity } from '../../../investigation/entities';
import type { Context } from '../../../xsoar/context/merge';
import type {
  WebArticle,
  WebDetails,
  WebDifference,
  WebFact,
  WebGraph,
  WebNode,
  WebPort,
  WebSpan,
} from '../shared/protocol';
import { dateOf, objectsAt, textOf, timesOf } from './collector';
import { dossierOf, pivotsOf } from './pivots';

/** Rows of each list in the drawer. */
const MAX_ROWS = 500;

/** Characters of an article or a description. */
const MAX_BODY = 100_000;

/** Everything that the investigation contains about one node; undefined for a node that is not on the graph. */
export function detailsOf(id: string, graph: WebGraph, context: Context): WebDetails | undefined {
  const node = graph.nodes.find((one) => one.id === id);
  if (node === undefined) return undefined;
  const root = isRecord(context.MSGDefenderThreatIntel) ? context.MSGDefenderThreatIntel : {};
  const rows = (prefix: string) => objectsAt(Object.hasOwn(root, prefix) ? root[prefix] : undefined);
  const own = (prefix: string) => rows(prefix).filter((row) => row.hostId === node.value);
  const summary = dossierOf(node);
  return {
    node,
    reasons: own('HostReputation').flatMap(({ rules }) => objectsAt(rules).map(reason)),
    facts: factsOf(node, rows),
    resolutions: resolutionsOf(node, graph),
    whois: own('Whois').flatMap((row) => facts(row, WHOIS)),
    whoisChanges: differences([...own('WhoisHistory'), ...own('Whois')]),
    certificates: certificatesOf(node, rows('HostSslCertificate')),
    ports: own('HostPort').slice(0, MAX_ROWS).map(portOf),
    articles: articlesOf(node, graph, rows('Article')),
    pivots: pivotsOf(node, graph),
    ...(summary === undefined ? {} : { summary }),
  };
}

function reason(rule: JsonObject): string {
  return [rule.name, rule.description]
    .map(textOf)
    .filter((text) => text !== undefined)
    .join(': ');
}

type Fields = Readonly<Record<string, (row: JsonObject) => unknown>>;

const contact = (name: string, field: string) => (row: JsonObject) =>
  isRecord(row[name]) ? row[name][field] : undefined;

const WHOIS: Fields = {
  Registrar: contact('registrar', 'organization'),
  Registrant: contact('registrant', 'name'),
  Organization: contact('registrant', 'organization'),
  'E-mail': contact('registrant', 'email'),
  Registered: (row) => row.registrationDateTime,
  Expires: (row) => row.expirationDateTime,
  Updated: (row) => row.lastUpdateDateTime,
  Status: (row) => row.domainStatus,
  'Name servers': (row) =>
    objectsAt(row.nameservers)
      .map(({ host }) => (isRecord(host) ? textOf(host.id) : undefined))
      .filter((name) => name !== undefined)
      .join(', '),
};

const HOST: Fields = {
  Registrar: (row) => row.registrar,
  Registrant: (row) => row.registrant,
  Country: (row) => row.countryOrRegion,
  Network: (row) => row.netblock,
  'Autonomous system': (row) => {
    const { number, name, organization } = isRecord(row.autonomousSystem) ? row.autonomousSystem : {};
    const asn = textOf(number);
    return [asn && `AS${asn}`, textOf(name), textOf(organization)].filter(Boolean).join(' ');
  },
  Hosting: (row) => row.hostingProvider,
};

const CERTIFICATE: Fields = {
  Subject: contact('subject', 'commonName'),
  Organization: contact('subject', 'organizationName'),
  Issuer: contact('issuer', 'commonName'),
  Issued: (row) => row.issueDateTime,
  Expires: (row) => row.expirationDateTime,
  'Serial number': (row) => row.serialNumber,
  'SHA-1': (row) => row.sha1,
};

const content = (name: string) => (row: JsonObject) => (isRecord(row[name]) ? row[name].content : row[name]);

const VULNERABILITY: Fields = {
  Severity: (row) => row.severity,
  'CVSS 3': (row) => (isRecord(row.cvss3Summary) ? row.cvss3Summary.score : undefined),
  Published: (row) => row.publishedDateTime,
  'Exploits available': (row) => yesNo(row.exploitsAvailable),
  'Exploited now': (row) => yesNo(row.activeExploitsObserved),
  Description: content('description'),
};

const PROFILE: Fields = {
  Kind: (row) => row.kind,
  'Also known as': (row) => [row.aliases].flat().map(textOf).filter(Boolean).join(', '),
  Summary: content('summary'),
};

function factsOf(node: WebNode, rows: (prefix: string) => JsonObject[]): WebFact[] {
  const byId = (prefix: string) => rows(prefix).filter(({ id }) => id === node.value);
  const span: WebFact[] = [
    ...(node.firstSeen === undefined ? [] : [{ name: 'First seen', value: utc(node.firstSeen) }]),
    ...(node.lastSeen === undefined ? [] : [{ name: 'Last seen', value: utc(node.lastSeen) }]),
  ];
  const certificates = [
    ...rows('SslCertificate'),
    ...rows('HostSslCertificate').map((row) => row.sslCertificate),
  ];
  const lists: readonly (readonly [readonly JsonObject[], Fields])[] = [
    [byId('Host'), HOST],
    [byId('Vulnerability'), VULNERABILITY],
    [byId('Profile'), PROFILE],
    [
      certificates
        .filter(isRecord)
        .filter((row) => certificateEntity(row)?.value === node.value)
        .slice(0, 1),
      CERTIFICATE,
    ],
  ];
  return [...lists.flatMap(([objects, fields]) => objects.flatMap((row) => facts(row, fields))), ...span];
}

function facts(row: JsonObject, fields: Fields): WebFact[] {
  return Object.entries(fields).flatMap(([name, read]) => {
    const value = factText(read(row));
    return value === undefined ? [] : [{ name, value }];
  });
}

function factText(value: unknown): string | undefined {
  const date = dateOf(value);
  if (date !== undefined) return utc(date);
  if (typeof value === 'string')
    return value.trim() === '' ? undefined : sanitizeMultiline(value.slice(0, 4_000));
  return typeof value === 'number' ? String(value) : undefined;
}

function utc(date: string): string {
  const day = date.slice(0, 'yyyy-mm-dd'.length);
  const time = /T(\d{2}:\d{2})/.exec(date)?.[1] ?? '00:00';
  return time === '00:00' ? day : `${day} ${time}`;
}

function yesNo(value: unknown): string | undefined {
  return value === true ? 'yes' : value === false ? 'no' : undefined;
}

const RESOLUTIONS: ReadonlySet<string> = new Set(['resolves-to', 'uses-name-server', 'uses-mail-server']);

function resolutionsOf(node: WebNode, { edges, nodes }: WebGraph): WebSpan[] {
  const values = new Map(nodes.map(({ id, value }) => [id, value]));
  return edges
    .filter(
      ({ source, target, relation }) =>
        RESOLUTIONS.has(relation) && (source === node.id || target === node.id),
    )
    .slice(0, MAX_ROWS)
    .map(({ source, target, detail, firstSeen, lastSeen }) => {
      const other = source === node.id ? target : source;
      return {
        label: values.get(other) ?? other,
        node: other,
        ...(firstSeen === undefined ? {} : { first: firstSeen }),
        ...(lastSeen === undefined ? {} : { last: lastSeen }),
        ...(detail === undefined ? {} : { note: detail }),
      };
    });
}

function certificatesOf(node: WebNode, rows: readonly JsonObject[]): WebSpan[] {
  return rows
    .filter((row) => row.hostId === node.value || (isRecord(row.host) && row.host.id === node.value))
    .slice(0, MAX_ROWS)
    .map((row) => {
      const certificate = isRecord(row.sslCertificate) ? row.sslCertificate : {};
      const subject = isRecord(certificate.subject) ? certificate.subject : {};
      const value = certificateEntity(certificate)?.value;
      const { firstSeen, lastSeen } = timesOf(row);
      return {
        label: textOf(subject.commonName) ?? textOf(value) ?? 'certificate',
        ...(value === undefined ? {} : { node: `certificate:${value}` }),
        ...(firstSeen === undefined ? {} : { first: firstSeen }),
        ...(lastSeen === undefined ? {} : { last: lastSeen }),
      };
    });
}

function portOf(row: JsonObject): WebPort {
  const last = dateOf(row.lastSeenDateTime);
  return {
    port: typeof row.port === 'number' ? row.port : 0,
    protocol: textOf(row.protocol) ?? '',
    status: textOf(row.status) ?? '',
    ...(last === undefined ? {} : { last }),
    banners: objectsAt(row.banners)
      .flatMap(({ banner }) => textOf(banner) ?? [])
      .slice(0, 20),
    services: objectsAt(row.services)
      .map(({ component }) =>
        isRecord(component) ? [component.name, component.version].map(textOf).filter(Boolean).join(' ') : '',
      )
      .filter((name) => name !== '')
      .slice(0, 20),
  };
}

function articlesOf(
  node: WebNode,
  { edges, nodes }: WebGraph,
  articles: readonly JsonObject[],
): WebArticle[] {
  const ids = new Set(
    node.kind === 'article'
      ? [node.value]
      : edges
          .filter(({ source, target }) => source === node.id && target.startsWith('article:'))
          .map(({ target }) => target.slice('article:'.length)),
  );
  const byId = new Map(nodes.map((one) => [one.id, one]));
  return articles
    .filter(({ id }) => typeof id === 'string' && ids.has(id))
    .slice(0, 50)
    .map((row) => {
      const at = dateOf(row.createdDateTime);
      const article = `article:${row.id}`;
      return {
        id: String(row.id),
        title: textOf(row.title) ?? String(row.id),
        ...(at === undefined ? {} : { at: utc(at) }),
        body: [content('summary')(row), content('body')(row)]
          .filter((text) => typeof text === 'string')
          .map((text) => sanitizeMultiline(text.slice(0, MAX_BODY)))
          .join('\n\n'),
        indicators: edges
          .filter(({ target, relation }) => target === article && relation === 'indicator-of')
          .slice(0, MAX_ROWS)
          .flatMap(({ source }) => byId.get(source) ?? []),
      };
    });
}

/** Returns the changes from one WHOIS record to the next, newest first; unchanged records are left out. */
export function differences(records: readonly JsonObject[]): WebDifference[] {
  const dated = records
    .map((row) => ({
      at: dateOf(row.lastUpdateDateTime ?? row.lastSeenDateTime) ?? '',
      fields: new Map(facts(row, WHOIS).map(({ name, value }) => [name, value])),
    }))
    .filter(({ at }) => at !== '')
    .sort((one, two) => (one.at < two.at ? -1 : 1));
  const steps = dated.slice(1).map(({ at, fields }, index) => {
    const before = dated[index]?.fields ?? new Map<string, string>();
    const names = [...new Set([...before.keys(), ...fields.keys()])].filter((name) => name !== 'Updated');
    return {
      at: utc(at),
      changes: names
        .filter((name) => before.get(name) !== fields.get(name))
        .map((field) => ({ field, before: before.get(field) ?? '', after: fields.get(field) ?? '' })),
    };
  });
  return steps
    .filter(({ changes }) => changes.length > 0)
    .reverse()
    .slice(0, MAX_ROWS);
}
