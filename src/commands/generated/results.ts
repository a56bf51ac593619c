// Generated from src/commands/ and src/model/model.yml by `npm run generate`; edit those, not this file.

import type {
  Article,
  ArticleIndicator,
  Host,
  HostComponent,
  HostCookie,
  HostPair,
  HostPort,
  HostReputation,
  HostSslCertificate,
  HostTracker,
  IntelligenceProfile,
  IntelligenceProfileIndicator,
  PassiveDnsRecord,
  SslCertificate,
  Subdomain,
  Vulnerability,
  VulnerabilityComponent,
  WhoisHistoryRecord,
  WhoisRecord,
} from '../../model/generated/graph';

/** What a command that reads from Graph returns, and where context keeps it. */
export interface Results {
  'msg-defender-threat-intel-article-list': {
    object: Article;
    value: 'list';
    key: 'MSGDefenderThreatIntel.Article(val.id && val.id == obj.id)';
    parents: never;
  };
  'msg-defender-threat-intel-article-indicators-list': {
    object: ArticleIndicator;
    value: 'list';
    key: 'MSGDefenderThreatIntel.ArticleIndicator(val.id && val.id == obj.id)';
    parents: 'articleId';
  };
  'msg-defender-threat-intel-vulnerability-articles-list': {
    object: Article;
    value: 'list';
    key: 'MSGDefenderThreatIntel.Article(val.id && val.id == obj.id)';
    parents: never;
  };
  'msg-defender-threat-intel-host': {
    object: Host;
    value: 'object';
    key: 'MSGDefenderThreatIntel.Host(val.id && val.id == obj.id)';
    parents: never;
  };
  'msg-defender-threat-intel-host-reputation': {
    object: HostReputation;
    value: 'object';
    key: 'MSGDefenderThreatIntel.HostReputation(val.id && val.id == obj.id)';
    parents: 'hostId';
  };
  'msg-defender-threat-intel-ssl-certificate-related-hosts-list': {
    object: Host;
    value: 'list';
    key: 'MSGDefenderThreatIntel.Host(val.id && val.id == obj.id)';
    parents: never;
  };
  'msg-defender-threat-intel-host-components-list': {
    object: HostComponent;
    value: 'list';
    key: 'MSGDefenderThreatIntel.HostComponent(val.id && val.id == obj.id)';
    parents: 'hostId';
  };
  'msg-defender-threat-intel-host-cookies-list': {
    object: HostCookie;
    value: 'list';
    key: 'MSGDefenderThreatIntel.HostCookie(val.id && val.id == obj.id)';
    parents: 'hostId';
  };
  'msg-defender-threat-intel-host-pairs-list': {
    object: HostPair;
    value: 'list';
    key: 'MSGDefenderThreatIntel.HostPair(val.id && val.id == obj.id)';
    parents: 'hostId';
  };
  'msg-defender-threat-intel-host-ports-list': {
    object: HostPort;
    value: 'list';
    key: 'MSGDefenderThreatIntel.HostPort(val.id && val.id == obj.id)';
    parents: 'hostId';
  };
  'msg-defender-threat-intel-host-ssl-certificates-list': {
    object: HostSslCertificate;
    value: 'list';
    key: 'MSGDefenderThreatIntel.HostSslCertificate(val.id && val.id == obj.id)';
    parents: 'hostId';
  };
  'msg-defender-threat-intel-host-trackers-list': {
    object: HostTracker;
    value: 'list';
    key: 'MSGDefenderThreatIntel.HostTracker(val.id && val.id == obj.id)';
    parents: 'hostId';
  };
  'msg-defender-threat-intel-host-passive-dns-list': {
    object: PassiveDnsRecord;
    value: 'list';
    key: 'MSGDefenderThreatIntel.PassiveDns(val.id && val.id == obj.id)';
    parents: 'hostId';
  };
  'msg-defender-threat-intel-profile-list': {
    object: IntelligenceProfile;
    value: 'list';
    key: 'MSGDefenderThreatIntel.Profile(val.id && val.id == obj.id)';
    parents: never;
  };
  'msg-defender-threat-intel-profile-indicators-list': {
    object: IntelligenceProfileIndicator;
    value: 'list';
    key: 'MSGDefenderThreatIntel.ProfileIndicator(val.id && val.id == obj.id)';
    parents: 'intelligenceProfileId';
  };
  'msg-defender-threat-intel-ssl-certificate-list': {
    object: SslCertificate;
    value: 'list';
    key: 'MSGDefenderThreatIntel.SslCertificate(val.id && val.id == obj.id)';
    parents: never;
  };
  'msg-defender-threat-intel-host-subdomains-list': {
    object: Subdomain;
    value: 'list';
    key: 'MSGDefenderThreatIntel.Subdomain(val.id && val.id == obj.id)';
    parents: 'hostId';
  };
  'msg-defender-threat-intel-vulnerability': {
    object: Vulnerability;
    value: 'object';
    key: 'MSGDefenderThreatIntel.Vulnerability(val.id && val.id == obj.id)';
    parents: never;
  };
  'msg-defender-threat-intel-vulnerability-components-list': {
    object: VulnerabilityComponent;
    value: 'list';
    key: 'MSGDefenderThreatIntel.VulnerabilityComponent(val.id && val.id == obj.id)';
    parents: 'vulnerabilityId';
  };
  'msg-defender-threat-intel-host-whois': {
    object: WhoisRecord;
    value: 'object';
    key: 'MSGDefenderThreatIntel.Whois(val.id && val.id == obj.id)';
    parents: 'hostId';
  };
  'msg-defender-threat-intel-host-whois-history': {
    object: WhoisHistoryRecord;
    value: 'list';
    key: 'MSGDefenderThreatIntel.WhoisHistory(val.id && val.id == obj.id)';
    parents: 'hostId' | 'whoisRecordId';
  };
  'msg-defender-threat-intel-whois-search': {
    object: WhoisRecord;
    value: 'list';
    key: 'MSGDefenderThreatIntel.Whois(val.id && val.id == obj.id)';
    parents: never;
  };
}
