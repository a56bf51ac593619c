import { scalarText } from '../../base/json';
import { articleEntity, hostEntity, vulnerabilityEntity } from '../../investigation/entities';
import {
  certificateUseLinks,
  indicatorLinks,
  passiveDnsLinks,
  subdomainLinks,
  vulnerabilityArticleLinks,
} from '../../investigation/links';
import type {
  Article,
  ArticleIndicator,
  HostSslCertificate,
  IntelligenceProfileIndicator,
  PassiveDnsRecord,
  Subdomain,
} from '../../model/generated/graph';
import { type RelationshipRule, relationships } from './relationship';

/** Age at which a name that pointed to another address is no longer evidence. */
const RECENT = 30 * 24 * 60 * 60 * 1000;

/** A name and an address to which it resolved recently, from whichever side the record was requested. */
export const passiveDns: RelationshipRule<PassiveDnsRecord> = (record, { now }) =>
  Date.parse(scalarText(record.lastSeenDateTime)) >= now - RECENT
    ? relationships(passiveDnsLinks(record), 'seen')
    : [];

export const subdomain: RelationshipRule<Subdomain> = (row, { of }) =>
  relationships(subdomainLinks(row, hostEntity({ id: of ?? null })), 'none');

export const usedCertificate: RelationshipRule<HostSslCertificate> = (use) =>
  relationships(certificateUseLinks(use), 'none');

/** An indicator of an article or a profile; Graph names neither in the row, so it depends on the request. */
export const indicator: RelationshipRule<ArticleIndicator | IntelligenceProfileIndicator> = (row, { of }) =>
  relationships(indicatorLinks(row, articleEntity({ id: of ?? null })), 'none');

export const articleOnVulnerability: RelationshipRule<Article> = (article, { of }) =>
  relationships(vulnerabilityArticleLinks(article, vulnerabilityEntity({ id: of ?? null })), 'description');
