// Generated from src/model/model.yml by `npm run generate`; edit those, not this file.

export interface GraphEntity {
  '@odata.type'?: string;
  id?: string | null;
}

/** `id`: ID of the article; the value for the argument article_id. */
export interface Article extends GraphEntity {
  /** Headline of the article. */
  title?: string | null;
  /** When the article was created (ISO 8601, UTC). */
  createdDateTime?: string | null;
  /** When the article was last changed (ISO 8601, UTC). */
  lastUpdatedDateTime?: string | null;
  /** Whether Microsoft currently features the article. */
  isFeatured?: boolean | null;
  /** Labels of the article, such as actors, tools and techniques. */
  tags?: string[] | null;
  /** The summary of the article. */
  summary?: FormattedContent | null;
  /** The body of the article. */
  body?: FormattedContent | null;
  /** Address of the picture that goes with the article. */
  imageUrl?: string | null;
}

export interface Indicator extends GraphEntity {
  /** Where it comes from: microsoft, osint or public. */
  source?: IndicatorSource | null;
  /** The observable that it names. */
  artifact?: Artifact | null;
}

/** `id`: ID of the article indicator; the value for the argument article_indicator_id. */
export interface ArticleIndicator extends Indicator {
}

/** `id`: ID of the intelligence profile; the value for the argument intel_profile_id. */
export interface IntelligenceProfile extends GraphEntity {
  /** Name under which Microsoft tracks the subject of the intelligence profile. */
  title?: string | null;
  /** What the intelligence profile describes: actor or tool. */
  kind?: IntelligenceProfileKind | null;
  /** Other names for the subject of the intelligence profile. */
  aliases?: string[] | null;
  /** When the subject of the intelligence profile is first known to have been active (ISO 8601, UTC). */
  firstActiveDateTime?: string | null;
  /** A country or region that the subject of the intelligence profile comes from. */
  countriesOrRegionsOfOrigin?: IntelligenceProfileCountryOrRegionOfOrigin[] | null;
  /** Sectors and groups that the subject of the intelligence profile is known to attack. */
  targets?: string[] | null;
  /** The summary of the intelligence profile. */
  summary?: FormattedContent | null;
  /** The description in the intelligence profile. */
  description?: FormattedContent | null;
  /** The account of tactics, techniques and procedures in the intelligence profile. */
  tradecraft?: FormattedContent | null;
}

/** `id`: ID of the profile indicator; the value for the argument intel_profile_indicator_id. */
export interface IntelligenceProfileIndicator extends Indicator {
  /** When the observable was first used in an attack or, where that is unknown, compiled or reported (ISO 8601, UTC). */
  firstSeenDateTime?: string | null;
  /** When the observable was last used in an attack or, where that is unknown, compiled or reported (ISO 8601, UTC). */
  lastSeenDateTime?: string | null;
}

/** `id`: ID of the observable; of a host it is the host name or IP address, and the value for the argument host_id. */
export interface Artifact extends GraphEntity {
}

/** `id`: ID of the observable. */
export interface UnclassifiedArtifact extends Artifact {
  /** What kind of value the observable holds, such as a file hash. */
  kind?: string | null;
  /** The value of the observable. */
  value?: string | null;
}

/** `id`: Host name or IP address of the host; the value for the argument host_id. */
export interface Host extends Artifact {
  /** When Microsoft first saw the host (ISO 8601, UTC). */
  firstSeenDateTime?: string | null;
  /** When Microsoft last saw the host (ISO 8601, UTC). */
  lastSeenDateTime?: string | null;
  /** Registrar of the host name. */
  registrar?: string | null;
  /** Person or organization that registered the host name. */
  registrant?: string | null;
  /** The autonomous system of the IP address. */
  autonomousSystem?: AutonomousSystem | null;
  /** Country or region of the IP address. */
  countryOrRegion?: string | null;
  /** Company that hosts the IP address. */
  hostingProvider?: string | null;
  /** Block of addresses that the IP address belongs to, in CIDR notation. */
  netblock?: string | null;
}

/** `id`: The name itself; the value for the argument host_id. */
export interface Hostname extends Host {
  /** Registrar of the host name. */
  registrar?: string | null;
  /** Person or organization that registered the host name. */
  registrant?: string | null;
}

/** `id`: The address itself; the value for the argument host_id. */
export interface IpAddress extends Host {
  /** The autonomous system of the IP address. */
  autonomousSystem?: AutonomousSystem | null;
  /** Country or region of the IP address. */
  countryOrRegion?: string | null;
  /** Company that hosts the IP address. */
  hostingProvider?: string | null;
  /** Block of addresses that the IP address belongs to, in CIDR notation. */
  netblock?: string | null;
}

export interface AutonomousSystem {
  '@odata.type'?: string;
  /** Name of it. */
  name?: string | null;
  /** Number of it (ASN). */
  number?: number | null;
  /** Organization that runs it. */
  organization?: string | null;
  /** Number and name of it in one text, for people to read. */
  value?: string | null;
}

/** `id`: ID of the reputation; the host that it rates is in hostId. */
export interface HostReputation extends GraphEntity {
  /** Microsoft's verdict on the host: unknown, neutral, suspicious or malicious. */
  classification?: HostReputationClassification | null;
  /** Reputation score of the host, from 0 to 100; the higher, the likelier it is malicious. */
  score?: number | null;
  /** A rule that led to the reputation. */
  rules?: HostReputationRule[] | null;
}

export interface HostReputationRule {
  '@odata.type'?: string;
  /** Name of it. */
  name?: string | null;
  /** What was found by it. */
  description?: string | null;
  /** Severity of it: unknown, low, medium or high. */
  severity?: HostReputationRuleSeverity | null;
  /** Web page with details about it. */
  relatedDetailsUrl?: string | null;
}

/** `id`: ID of the web component; the value for the argument host_component_id. */
export interface HostComponent extends Artifact {
  /** Name of the web component, such as Microsoft-IIS. */
  name?: string | null;
  /** Version of the web component. */
  version?: string | null;
  /** Category of the web component, such as Server or Remote Access. */
  category?: string | null;
  /** When Microsoft first saw the web component (ISO 8601, UTC). */
  firstSeenDateTime?: string | null;
  /** When Microsoft last saw the web component (ISO 8601, UTC). */
  lastSeenDateTime?: string | null;
  /** The host where the web component was seen. */
  host?: Host | null;
}

/** `id`: ID of the cookie; the value for the argument host_cookie_id. */
export interface HostCookie extends Artifact {
  /** Name of the cookie. */
  name?: string | null;
  /** Domain that the cookie is valid for. */
  domain?: string | null;
  /** When Microsoft first saw the cookie (ISO 8601, UTC). */
  firstSeenDateTime?: string | null;
  /** When Microsoft last saw the cookie (ISO 8601, UTC). */
  lastSeenDateTime?: string | null;
  /** The host that set the cookie. */
  host?: Host | null;
}

/** `id`: ID of the host pair; the value for the argument host_pair_id. */
export interface HostPair extends GraphEntity {
  /** How the two hosts of the host pair are linked, such as redirect or script.src. */
  linkKind?: string | null;
  /** When Microsoft first saw the host pair (ISO 8601, UTC). */
  firstSeenDateTime?: string | null;
  /** When Microsoft last saw the host pair (ISO 8601, UTC). */
  lastSeenDateTime?: string | null;
  /** The parent host in the host pair, where the link starts. */
  parentHost?: Host | null;
  /** The child host in the host pair, where the link leads. */
  childHost?: Host | null;
}

/** `id`: ID of the port; the value for the argument host_port_id. */
export interface HostPort extends GraphEntity {
  /** Number of the port. */
  port?: number | null;
  /** Transport protocol of the port: tcp or udp. */
  protocol?: HostPortProtocol | null;
  /** Status of the port in the last scan: open, filtered or closed. */
  status?: HostPortStatus | null;
  /** When Microsoft first saw the port (ISO 8601, UTC). */
  firstSeenDateTime?: string | null;
  /** When Microsoft last saw the port (ISO 8601, UTC). */
  lastSeenDateTime?: string | null;
  /** When Microsoft last scanned the port (ISO 8601, UTC). */
  lastScanDateTime?: string | null;
  /** How many times the port was observed. */
  timesObserved?: number | null;
  /** A banner that was read from the port. */
  banners?: HostPortBanner[] | null;
  /** A service that was found on the port. */
  services?: HostPortComponent[] | null;
  /** The host of the port. */
  host?: Host | null;
  /** The latest certificate seen on the port. */
  mostRecentSslCertificate?: SslCertificate | null;
}

export interface HostPortBanner {
  '@odata.type'?: string;
  /** Text of it. */
  banner?: string | null;
  /** Protocol that the scan spoke to get it. */
  scanProtocol?: string | null;
  /** When Microsoft first saw it (ISO 8601, UTC). */
  firstSeenDateTime?: string | null;
  /** When Microsoft last saw it (ISO 8601, UTC). */
  lastSeenDateTime?: string | null;
  /** How many times it was observed. */
  timesObserved?: number | null;
}

export interface HostPortComponent {
  '@odata.type'?: string;
  /** Whether it was seen recently. */
  isRecent?: boolean | null;
  /** When Microsoft first saw it (ISO 8601, UTC). */
  firstSeenDateTime?: string | null;
  /** When Microsoft last saw it (ISO 8601, UTC). */
  lastSeenDateTime?: string | null;
  /** The web component behind it. */
  component?: HostComponent | null;
}

/** `id`: ID of the use of a certificate by a host; the value for the argument host_ssl_certificate_id. */
export interface HostSslCertificate extends Artifact {
  /** When Microsoft first saw the use of a certificate by a host (ISO 8601, UTC). */
  firstSeenDateTime?: string | null;
  /** When Microsoft last saw the use of a certificate by a host (ISO 8601, UTC). */
  lastSeenDateTime?: string | null;
  /** A port in the use of a certificate by a host. */
  ports?: HostSslCertificatePort[] | null;
  /** The host that uses the certificate. */
  host?: Host | null;
  /** The certificate that the host uses. */
  sslCertificate?: SslCertificate | null;
}

export interface HostSslCertificatePort {
  '@odata.type'?: string;
  /** Number of it. */
  port?: number | null;
  /** When Microsoft first saw the certificate on it (ISO 8601, UTC). */
  firstSeenDateTime?: string | null;
  /** When Microsoft last saw the certificate on it (ISO 8601, UTC). */
  lastSeenDateTime?: string | null;
}

/** `id`: ID of the tracker; the value for the argument host_tracker_id. */
export interface HostTracker extends Artifact {
  /** Kind of the tracker, such as GoogleAnalyticsID or JarmHash. */
  kind?: string | null;
  /** Identifier that the tracker carries; the same one on two hosts hints at one owner. */
  value?: string | null;
  /** When Microsoft first saw the tracker (ISO 8601, UTC). */
  firstSeenDateTime?: string | null;
  /** When Microsoft last saw the tracker (ISO 8601, UTC). */
  lastSeenDateTime?: string | null;
  /** The host where the tracker was seen. */
  host?: Host | null;
}

/** `id`: ID of the subdomain; the value for the argument subdomain_id. */
export interface Subdomain extends GraphEntity {
  /** When Microsoft first saw the subdomain (ISO 8601, UTC). */
  firstSeenDateTime?: string | null;
  /** The host that is the subdomain. */
  host?: Host | null;
}

/** `id`: ID of the passive DNS record; the value for the argument passive_dns_record_id. */
export interface PassiveDnsRecord extends Artifact {
  /** DNS type of the passive DNS record, such as A, AAAA, CNAME, MX or TXT. */
  recordType?: string | null;
  /** When Microsoft first saw the passive DNS record (ISO 8601, UTC). */
  firstSeenDateTime?: string | null;
  /** When Microsoft last saw the passive DNS record (ISO 8601, UTC). */
  lastSeenDateTime?: string | null;
  /** When Microsoft collected the passive DNS record (ISO 8601, UTC). */
  collectedDateTime?: string | null;
  /** The host that the passive DNS record is about. */
  parentHost?: Host | null;
  /** The observable that the passive DNS record resolves to. */
  artifact?: Artifact | null;
}

/** `id`: ID of the certificate; the value for the argument ssl_certificate_id. */
export interface SslCertificate extends Artifact {
  /** SHA-1 hash of the certificate, in hexadecimal digits. */
  sha1?: string | null;
  /** Fingerprint of the certificate, in hexadecimal digits with colons. */
  fingerprint?: string | null;
  /** Serial number that the issuer gave the certificate, in decimal digits. */
  serialNumber?: string | null;
  /** When the certificate becomes valid (ISO 8601, UTC). */
  issueDateTime?: string | null;
  /** When the certificate expires (ISO 8601, UTC). */
  expirationDateTime?: string | null;
  /** When Microsoft first saw the certificate (ISO 8601, UTC). */
  firstSeenDateTime?: string | null;
  /** When Microsoft last saw the certificate (ISO 8601, UTC). */
  lastSeenDateTime?: string | null;
  /** The issuer of the certificate. */
  issuer?: SslCertificateEntity | null;
  /** The subject of the certificate. */
  subject?: SslCertificateEntity | null;
}

export interface SslCertificateEntity {
  '@odata.type'?: string;
  /** Common name (CN) of it. */
  commonName?: string | null;
  /** Alternative names of it. */
  alternateNames?: string[] | null;
  /** Organization (O) of it. */
  organizationName?: string | null;
  /** Organizational unit (OU) of it. */
  organizationUnitName?: string | null;
  /** E-mail address of it. */
  email?: string | null;
  /** Given name of it, where that is a person. */
  givenName?: string | null;
  /** Surname of it, where that is a person. */
  surname?: string | null;
  /** Serial number in the name of it. */
  serialNumber?: string | null;
  /** The address of it. */
  address?: PhysicalAddress | null;
}

/** `id`: CVE ID of the vulnerability; the value for the argument vulnerability_id. */
export interface Vulnerability extends GraphEntity {
  /** Severity of the vulnerability: none, low, medium, high or critical. */
  severity?: VulnerabilitySeverity | null;
  /** How urgent Microsoft finds the vulnerability, from 0 to 100; the higher, the more urgent. */
  priorityScore?: number | null;
  /** The description of the vulnerability. */
  description?: FormattedContent | null;
  /** The advice on remedying the vulnerability. */
  remediation?: FormattedContent | null;
  /** The CVSS version 2 rating of the vulnerability. */
  cvss2Summary?: CvssSummary | null;
  /** The CVSS version 3 rating of the vulnerability. */
  cvss3Summary?: CvssSummary | null;
  /** CWE IDs of the weaknesses behind the vulnerability. */
  commonWeaknessEnumerationIds?: string[] | null;
  /** Whether Microsoft has seen the vulnerability exploited. */
  activeExploitsObserved?: boolean | null;
  /** Whether exploits for the vulnerability are known to exist. */
  exploitsAvailable?: boolean | null;
  /** Whether the vulnerability is being discussed. */
  hasChatter?: boolean | null;
  /** A known exploit of the vulnerability. */
  exploits?: Hyperlink[] | null;
  /** A reference on the vulnerability. */
  references?: Hyperlink[] | null;
  /** When the record of the vulnerability was created (ISO 8601, UTC). */
  createdDateTime?: string | null;
  /** When the vulnerability was published (ISO 8601, UTC). */
  publishedDateTime?: string | null;
  /** When the record of the vulnerability was last changed (ISO 8601, UTC). */
  lastModifiedDateTime?: string | null;
}

/** `id`: ID of the vulnerable component; the value for the argument vulnerability_component_id. */
export interface VulnerabilityComponent extends GraphEntity {
  /** Name of the vulnerable component. */
  name?: string | null;
}

export interface CvssSummary {
  '@odata.type'?: string;
  /** Base score in it, from 0 to 10. */
  score?: number | null;
  /** Severity in it: none, low, medium, high or critical. */
  severity?: VulnerabilitySeverity | null;
  /** Vector of metrics behind the score in it. */
  vectorString?: string | null;
}

export interface Hyperlink {
  '@odata.type'?: string;
  /** Name of the link to it. */
  name?: string | null;
  /** Address of it. */
  url?: string | null;
}

export interface WhoisBaseRecord extends GraphEntity {
  /** When the domain in it was registered with its registrar (ISO 8601, UTC). */
  registrationDateTime?: string | null;
  /** When it was last updated (ISO 8601, UTC). */
  lastUpdateDateTime?: string | null;
  /** When the registration in it expires (ISO 8601, UTC). */
  expirationDateTime?: string | null;
  /** When Microsoft first saw it (ISO 8601, UTC). */
  firstSeenDateTime?: string | null;
  /** When Microsoft last saw it (ISO 8601, UTC). */
  lastSeenDateTime?: string | null;
  /** Status codes of the domain in it, separated by commas. */
  domainStatus?: string | null;
  /** WHOIS server that it comes from. */
  whoisServer?: string | null;
  /** The registrant in it. */
  registrant?: WhoisContact | null;
  /** The registrar in it. */
  registrar?: WhoisContact | null;
  /** The abuse contact in it. */
  abuse?: WhoisContact | null;
  /** The administrative contact in it. */
  admin?: WhoisContact | null;
  /** The billing contact in it. */
  billing?: WhoisContact | null;
  /** The network operations contact in it. */
  noc?: WhoisContact | null;
  /** The technical contact in it. */
  technical?: WhoisContact | null;
  /** The zone contact in it. */
  zone?: WhoisContact | null;
  /** A name server in it. */
  nameservers?: WhoisNameserver[] | null;
  /** Text of it as the WHOIS server gave it. */
  rawWhoisText?: string | null;
  /** The host that it describes. */
  host?: Host | null;
}

/** `id`: ID of the WHOIS record; the value for the argument whois_record_id. */
export interface WhoisRecord extends WhoisBaseRecord {
}

/** `id`: ID of the WHOIS history record; the value for the argument whois_history_record_id. */
export interface WhoisHistoryRecord extends WhoisBaseRecord {
}

export interface WhoisContact {
  '@odata.type'?: string;
  /** Name of it. */
  name?: string | null;
  /** Organization of it. */
  organization?: string | null;
  /** E-mail address of it. */
  email?: string | null;
  /** Telephone number of it. */
  telephone?: string | null;
  /** Fax number of it. */
  fax?: string | null;
  /** The address of it. */
  address?: PhysicalAddress | null;
}

export interface WhoisNameserver {
  '@odata.type'?: string;
  /** When Microsoft first saw it (ISO 8601, UTC). */
  firstSeenDateTime?: string | null;
  /** When Microsoft last saw it (ISO 8601, UTC). */
  lastSeenDateTime?: string | null;
  /** It. */
  host?: Host | null;
}

export interface FormattedContent {
  '@odata.type'?: string;
  /** Text of it, written in the format that is named beside it. */
  content?: string | null;
  /** Format of it: text, html or markdown. */
  format?: ContentFormat | null;
}

export interface PhysicalAddress {
  '@odata.type'?: string;
  /** Street in it. */
  street?: string | null;
  /** City in it. */
  city?: string | null;
  /** State or province in it. */
  state?: string | null;
  /** Postal code in it. */
  postalCode?: string | null;
  /** Country or region in it. */
  countryOrRegion?: string | null;
}

export interface IntelligenceProfileCountryOrRegionOfOrigin {
  '@odata.type'?: string;
  /** Code of it. */
  code?: string | null;
  /** Name of it. */
  label?: string | null;
}

export type ContentFormat = 'text' | 'html' | 'markdown' | 'unknownFutureValue';

export type HostPortProtocol = 'tcp' | 'udp' | 'unknownFutureValue';

export type HostPortStatus = 'open' | 'filtered' | 'closed' | 'unknownFutureValue';

export type HostReputationClassification = 'unknown' | 'neutral' | 'suspicious' | 'malicious' | 'unknownFutureValue';

export type HostReputationRuleSeverity = 'unknown' | 'low' | 'medium' | 'high' | 'unknownFutureValue';

export type IndicatorSource = 'microsoft' | 'osint' | 'public' | 'unknownFutureValue';

export type IntelligenceProfileKind = 'actor' | 'tool' | 'unknownFutureValue';

export type VulnerabilitySeverity = 'none' | 'low' | 'medium' | 'high' | 'critical' | 'unknownFutureValue';
