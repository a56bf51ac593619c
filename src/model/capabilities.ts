import { patternAt } from './model';

/** OData system query options that a service may or may not support for a path. */
export type OptionName =
  | '$count'
  | '$expand'
  | '$filter'
  | '$orderby'
  | '$search'
  | '$select'
  | '$skip'
  | '$top';

/** The query options that Graph documents and excludes for one path, with the sources. */
export interface Capability {
  /** Options that the documentation page lists; empty if it lists none. */
  readonly documented: readonly OptionName[];
  /** The page, in `api-reference/v1.0/api` of microsoftgraph/microsoft-graph-docs-contrib. */
  readonly page: string;
  /** Options that the capability annotations in Graph's metadata (CSDL) exclude. */
  readonly excluded: readonly OptionName[];
  /**
   * `csdl`: read in the metadata (`SortRestrictions`, `FilterRestrictions`, `ExpandRestrictions`; of `intelProfiles` the filter only).
   * `assumed`: not read; the strictest case, by the example of `articles`, so that no command relies on an option that a tenant may
   * reject.
   */
  readonly source: 'csdl' | 'assumed';
}

const PAGED: readonly OptionName[] = ['$count', '$select', '$top', '$skip'];
const SORTED: readonly OptionName[] = [...PAGED, '$orderby'];
const FILTERED: readonly OptionName[] = [...SORTED, '$filter'];
const STRICT: readonly OptionName[] = ['$filter', '$orderby', '$expand'];

function page(name: string, documented: readonly OptionName[], source: Capability['source'] = 'assumed') {
  return { page: `security-${name}.md`, documented, excluded: STRICT, source };
}

/** By path below `/security/threatIntelligence`, an asterisk for each id. */
export const CAPABILITIES: Readonly<Record<string, Capability>> = {
  articles: page('threatintelligence-list-articles', [...SORTED, '$search'], 'csdl'),
  'articles/*': page('article-get', []),
  'articles/*/indicators': page('article-list-indicators', PAGED),
  'articleIndicators/*': page('articleindicator-get', []),
  intelProfiles: page('threatintelligence-list-intelprofiles', [...FILTERED, '$search'], 'csdl'),
  'intelProfiles/*': page('intelligenceprofile-get', []),
  'intelProfiles/*/indicators': page('intelligenceprofile-list-indicators', []),
  'intelligenceProfileIndicators/*': page('intelligenceprofileindicator-get', []),
  'hosts/*': page('host-get', []),
  'hosts/*/reputation': page('host-get-reputation', []),
  'hosts/*/whois': page('host-get-whois', ['$select']),
  'hosts/*/whois/history': page('whoisrecord-list-history', PAGED),
  'hosts/*/components': page('host-list-components', PAGED),
  'hosts/*/cookies': page('host-list-cookies', PAGED),
  'hosts/*/hostPairs': page('host-list-hostpairs', FILTERED),
  'hosts/*/childHostPairs': page('host-list-childhostpairs', FILTERED),
  'hosts/*/parentHostPairs': page('host-list-parenthostpairs', FILTERED),
  'hosts/*/passiveDns': page('host-list-passivedns', FILTERED),
  'hosts/*/passiveDnsReverse': page('host-list-passivednsreverse', []),
  'hosts/*/ports': page('host-list-ports', [...PAGED, '$expand']),
  'hosts/*/sslCertificates': page('host-list-sslcertificates', SORTED),
  'hosts/*/subdomains': page('host-list-subdomains', []),
  'hosts/*/trackers': page('host-list-trackers', PAGED),
  'hostComponents/*': page('hostcomponent-get', []),
  'hostCookies/*': page('hostcookie-get', []),
  'hostPairs/*': page('hostpair-get', ['$select']),
  'hostPorts/*': page('hostport-get', ['$select', '$expand']),
  'hostSslCertificates/*': page('hostsslcertificate-get', SORTED),
  'hostTrackers/*': page('hosttracker-get', []),
  'passiveDnsRecords/*': page('passivednsrecord-get', []),
  sslCertificates: page('threatintelligence-list-sslcertificates', [...SORTED, '$search']),
  'sslCertificates/*': page('sslcertificate-get', [...SORTED, '$search']),
  'sslCertificates/*/relatedHosts': page('sslcertificate-list-relatedhosts', ['$count', '$skip', '$top']),
  'subdomains/*': page('subdomain-get', []),
  'vulnerabilities/*': page('vulnerability-get', []),
  'vulnerabilities/*/components': page('vulnerability-list-components', ['$select', '$top', '$skip']),
  'vulnerabilities/*/components/*': page('vulnerabilitycomponent-get', []),
  'vulnerabilities/*/articles': { page: '', documented: [], excluded: STRICT, source: 'assumed' },
  whoisRecords: page('threatintelligence-list-whoisrecords', [...SORTED, '$search']),
  'whoisRecords/*': page('whoisrecord-get', ['$select']),
  'whoisRecords/*/history': page('whoisrecord-list-history', PAGED),
  'whoisHistoryRecords/*': page('whoishistoryrecord-get', ['$select']),
};

/** Returns the query options of a path (`/security/threatIntelligence/hosts/contoso.com/ports`); undefined for an unknown path. */
export function capabilityOf(path: string): Capability | undefined {
  const pattern = patternAt(path) ?? '';
  return Object.hasOwn(CAPABILITIES, pattern) ? CAPABILITIES[pattern] : undefined;
}
