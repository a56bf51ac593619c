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

/** What a command that asks Graph is answered with, and where context keeps it. */
export interface Results {
  'msg-defender-threat-intel-article-list': {
    object: Article;
    answers: 'collection' | 'entity';
    key: 'MSGDefenderThreatIntel.Article(val.id && val.id == obj.id)';
    parents: never;
  };
  'msg-defender-threat-intel-article-indicators-list': {
    object: ArticleIndicator;
    answers: 'collection' | 'entity';
    key: 'MSGDefenderThreatIntel.ArticleIndicator(val.id && val.id == obj.id)';
    parents: 'articleId';
  };
  'msg-defender-threat-intel-vulnerability-articles-list': {
    object: Article;
    answers: 'collection';
    key: 'MSGDefenderThreatIntel.Article(val.id && val.id == obj.id)';
    parents: never;
  };
  'msg-defender-threat-intel-host': {
    object: Host;
    answers: 'entity';
    key: 'MSGDefenderThreatIntel.Host(val.id && val.id == obj.id)';
    parents: never;
  };
  'msg-defender-threat-intel-host-reputation': {
    object: HostReputation;
    answers: 'entity';
    key: 'MSGDefenderThreatIntel.HostReputation(val.id && val.id == obj.id)';
    parents: 'hostId';
  };
  'msg-defender-threat-intel-ssl-certificate-related-hosts-list': {
    object: Host;
    answers: 'collection';
    key: 'MSGDefenderThreatIntel.Host(val.id && val.id == obj.id)';
    parents: never;
  };
  'msg-defender-threat-intel-host-components-list': {
    object: HostComponent;
    answers: 'collection' | 'entity';
    key: 'MSGDefenderThreatIntel.HostComponent(val.id && val.id == obj.id)';
    parents: 'hostId';
  };
  'msg-defender-threat-intel-host-cookies-list': {
    object: HostCookie;
    answers: 'collection' | 'entity';
    key: 'MSGDefenderThreatIntel.HostCookie(val.id && val.id == obj.id)';
    parents: 'hostId';
  };
  'msg-defender-threat-intel-host-pairs-list': {
    object: HostPair;
    answers: 'collection' | 'entity';
    key: 'MSGDefenderThreatIntel.HostPair(val.id && val.id == obj.id)';
    parents: 'hostId';
  };
  'msg-defender-threat-intel-host-ports-list': {
    object: HostPort;
    answers: 'collection' | 'entity';
    key: 'MSGDefenderThreatIntel.HostPort(val.id && val.id == obj.id)';
    parents: 'hostId';
  };
  'msg-defender-threat-intel-host-ssl-certificates-list': {
    object: HostSslCertificate;
    answers: 'collection' | 'entity';
    key: 'MSGDefenderThreatIntel.HostSslCertificate(val.id && val.id == obj.id)';
    parents: 'hostId';
  };
  'msg-defender-threat-intel-host-trackers-list': {
    object: HostTracker;
    answers: 'collection' | 'entity';
    key: 'MSGDefenderThreatIntel.HostTracker(val.id && val.id == obj.id)';
    parents: 'hostId';
  };
  'msg-defender-threat-intel-host-passive-dns-list': {
    object: PassiveDnsRecord;
    answers: 'collection' | 'entity';
    key: 'MSGDefenderThreatIntel.PassiveDns(val.id && val.id == obj.id)';
    parents: 'hostId';
  };
  'msg-defender-threat-intel-profile-list': {
    object: IntelligenceProfile;
    answers: 'collection' | 'entity';
    key: 'MSGDefenderThreatIntel.Profile(val.id && val.id == obj.id)';
    parents: never;
  };
  'msg-defender-threat-intel-profile-indicators-list': {
    object: IntelligenceProfileIndicator;
    answers: 'collection' | 'entity';
    key: 'MSGDefenderThreatIntel.ProfileIndicator(val.id && val.id == obj.id)';
    parents: 'intelligenceProfileId';
  };
  'msg-defender-threat-intel-ssl-certificate-list': {
    object: SslCertificate;
    answers: 'collection' | 'entity';
    key: 'MSGDefenderThreatIntel.SslCertificate(val.id && val.id == obj.id)';
    parents: never;
  };
  'msg-defender-threat-intel-host-subdomains-list': {
    object: Subdomain;
    answers: 'collection' | 'entity';
    key: 'MSGDefenderThreatIntel.Subdomain(val.id && val.id == obj.id)';
    parents: 'hostId';
  };
  'msg-defender-threat-intel-vulnerability': {
    object: Vulnerability;
    answers: 'entity';
    key: 'MSGDefenderThreatIntel.Vulnerability(val.id && val.id == obj.id)';
    parents: never;
  };
  'msg-defender-threat-intel-vulnerability-components-list': {
    object: VulnerabilityComponent;
    answers: 'collection' | 'entity';
    key: 'MSGDefenderThreatIntel.VulnerabilityComponent(val.id && val.id == obj.id)';
    parents: 'vulnerabilityId';
  };
  'msg-defender-threat-intel-host-whois': {
    object: WhoisRecord;
    answers: 'entity';
    key: 'MSGDefenderThreatIntel.Whois(val.id && val.id == obj.id)';
    parents: 'hostId';
  };
  'msg-defender-threat-intel-host-whois-history': {
    object: WhoisHistoryRecord;
    answers: 'collection' | 'entity';
    key: 'MSGDefenderThreatIntel.WhoisHistory(val.id && val.id == obj.id)';
    parents: 'hostId' | 'whoisRecordId';
  };
  'msg-defender-threat-intel-whois-search': {
    object: WhoisRecord;
    answers: 'collection';
    key: 'MSGDefenderThreatIntel.Whois(val.id && val.id == obj.id)';
    parents: never;
  };
}
