import { isRecord } from '../base/json';
import type {
  Article,
  ArticleIndicator,
  Host,
  HostComponent,
  HostCookie,
  HostPair,
  HostReputation,
  HostReputationRule,
  HostSslCertificate,
  HostTracker,
  IntelligenceProfileIndicator,
  PassiveDnsRecord,
  Subdomain,
  WhoisRecord,
} from '../model/generated/graph';
import { typeOf } from './artifact';
import {
  articleEntity,
  artifactEntity,
  certificateEntity,
  componentEntity,
  cookieEntity,
  hostEntity,
  present,
  registrantEntity,
  seen,
  text,
  trackerEntity,
} from './entities';
import type { Entity, Link, Relation } from './graph';
import { linkedArticle } from './portal-link';

/**
 * The relations that each kind of Graph object states. Platform relationships, STIX relationships and the edges
 * of an expansion are all made from these.
 */

/** DNS types whose records name a server of the domain; records of other types name what the domain resolves to. */
const SERVERS: Readonly<Record<string, Relation>> = {
  NS: 'uses-name-server',
  SOA: 'uses-name-server',
  MX: 'uses-mail-server',
};

/** Of a name and an address the name is the source, from whichever side the record was requested. */
export function passiveDnsLinks(record: PassiveDnsRecord): Link[] {
  const owner = hostEntity(record.parentHost);
  const value = dnsTarget(record.artifact);
  const type = text(record.recordType)?.toUpperCase();
  if (owner?.kind === 'address' && value?.kind === 'address') return [];
  const [source, target] = owner?.kind === 'address' ? [value, owner] : [owner, value];
  const server = type !== undefined && Object.hasOwn(SERVERS, type) ? SERVERS[type] : undefined;
  return link(source, server ?? 'resolves-to', target, { detail: type, ...seen(record) });
}

/** The host that a record points to, even if Graph omits the type; the value of a TXT record is not a host. */
function dnsTarget(artifact: PassiveDnsRecord['artifact']): Entity | undefined {
  if (!isRecord(artifact)) return undefined;
  const target = typeOf(artifact) === undefined ? hostEntity(artifact) : artifactEntity(artifact);
  return target?.kind === 'domain' || target?.kind === 'address' ? target : undefined;
}

/** @param of the host whose subdomains were listed */
export function subdomainLinks(row: Subdomain, of: Entity | undefined): Link[] {
  return link(hostEntity(row.host), 'subdomain-of', of, seen(row));
}

export function hostPairLinks(pair: HostPair): Link[] {
  return link(hostEntity(pair.parentHost), 'links-to', hostEntity(pair.childHost), {
    detail: text(pair.linkKind),
    ...seen(pair),
  });
}

export function certificateUseLinks(use: HostSslCertificate): Link[] {
  return link(hostEntity(use.host), 'uses-certificate', certificateEntity(use.sslCertificate), seen(use));
}

/** @param certificate the certificate whose hosts were listed */
export function relatedHostLinks(host: Host, certificate: Entity | undefined): Link[] {
  return link(hostEntity(host), 'uses-certificate', certificate);
}

/** @param of the host whose trackers were listed: Graph often leaves it out of the row */
export function trackerLinks(tracker: HostTracker, of?: Entity): Link[] {
  const source = hostEntity(tracker.host) ?? of;
  return link(source, 'uses-tracker', trackerEntity(tracker), {
    detail: text(tracker.kind),
    ...seen(tracker),
  });
}

export function cookieLinks(cookie: HostCookie, of?: Entity): Link[] {
  return link(hostEntity(cookie.host) ?? of, 'sets-cookie', cookieEntity(cookie), seen(cookie));
}

export function componentLinks(component: HostComponent, of?: Entity): Link[] {
  return link(
    hostEntity(component.host) ?? of,
    'runs-component',
    componentEntity(component),
    seen(component),
  );
}

/** @param of the article or the profile whose indicators were listed; Graph does not name it in the row */
export function indicatorLinks(
  row: ArticleIndicator | IntelligenceProfileIndicator,
  of: Entity | undefined,
): Link[] {
  return link(artifactEntity(row.artifact), 'indicator-of', of, {
    detail: text(row.source),
    ...seen(row as IntelligenceProfileIndicator),
  });
}

export function vulnerabilityArticleLinks(article: Article, vulnerability: Entity | undefined): Link[] {
  return link(vulnerability, 'related-to', articleEntity(article), { detail: text(article.title) });
}

/** The articles that the rules of a host's reputation refer to. */
export function reputationLinks(host: Entity | undefined, { rules }: HostReputation): Link[] {
  if (!Array.isArray(rules)) return [];
  return rules.filter(isRecord).flatMap(({ relatedDetailsUrl, description }: HostReputationRule) =>
    link(host, 'indicator-of', articleEntity({ id: linkedArticle(relatedDetailsUrl) ?? null }), {
      detail: text(description),
    }),
  );
}

/** Returns links to the domain of a WHOIS record, if the host is below it, and to its name servers. */
export function whoisLinks(host: Entity | undefined, whois: WhoisRecord): Link[] {
  const registered = hostEntity(whois.host);
  const isBelow = registered !== undefined && host?.value.endsWith(`.${registered.value}`) === true;
  const servers = Array.isArray(whois.nameservers) ? whois.nameservers.filter(isRecord) : [];
  return [
    ...(isBelow ? link(host, 'subdomain-of', registered) : []),
    ...servers.flatMap((server) =>
      link(registered ?? host, 'uses-name-server', hostEntity(server.host as Host | undefined), seen(server)),
    ),
  ];
}

/** The contact that the domain of a WHOIS record is registered to. */
export function registrantLinks(host: Entity | undefined, whois: WhoisRecord): Link[] {
  const { firstSeenDateTime, lastSeenDateTime, registrant } = whois;
  const domain = hostEntity(whois.host) ?? host;
  return link(
    domain,
    'registered-by',
    registrantEntity(registrant),
    seen({ firstSeenDateTime, lastSeenDateTime }),
  );
}

/** Returns a list with one link; empty if an end is missing or both ends are equal. */
function link(
  source: Entity | undefined,
  relation: Relation,
  target: Entity | undefined,
  details: {
    readonly detail?: string | undefined;
    readonly firstSeen?: string;
    readonly lastSeen?: string;
  } = {},
): Link[] {
  if (source === undefined || target === undefined) return [];
  if (source.kind === target.kind && source.value === target.value) return [];
  return [{ source, relation, target, ...present(details) }];
}
