// Generated from src/commands/ and src/graph/model.yml by `npm run generate`; edit those, not this file.

import type {
  Article,
  ArticleIndicator,
  Host,
  HostReputation,
  IntelligenceProfile,
  IntelligenceProfileIndicator,
  WhoisHistoryRecord,
  WhoisRecord,
} from './graph';

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
}
