import type {
  Article,
  ArticleIndicator,
  HostSslCertificate,
  IntelligenceProfileIndicator,
  PassiveDnsRecord,
  Subdomain,
} from '../../generated/graph';
import { certificate, cve, host, observable, report } from './ends';
import { type Relate, relationship } from './relate';

/** A name that pointed elsewhere longer ago than this says nothing about today. */
const RECENT = 30 * 24 * 60 * 60 * 1000;

/** A name and the address that it was lately seen to resolve to, from whichever side Graph was asked. */
export const passiveDns: Relate<PassiveDnsRecord> = (record, { now }) => {
  const seen = { first: record.firstSeenDateTime, last: record.lastSeenDateTime };
  if (!(Date.parse(seen.last ?? '') >= now - RECENT)) return [];
  const ends = [host(record.parentHost?.id), host(record.artifact?.id)];
  const name = ends.find((end) => end?.type === 'Domain');
  const address = ends.find((end) => end !== undefined && end.type !== 'Domain');
  return relationship(name, 'resolves-to', address, {
    firstseenbysource: seen.first,
    lastseenbysource: seen.last,
  });
};

export const subdomain: Relate<Subdomain> = (row, { of }) =>
  relationship(host(row.host?.id), 'sub-domain-of', host(of));

export const usedCertificate: Relate<HostSslCertificate> = (use) =>
  relationship(host(use.host?.id), 'uses', certificate(use.sslCertificate));

/** An indicator that an article or a profile names; Graph does not say of whom, unless it was asked for theirs. */
export const indicator: Relate<ArticleIndicator | IntelligenceProfileIndicator> = (row, { of }) =>
  relationship(observable(row.artifact), 'indicator-of', report(of));

export const articleOnVulnerability: Relate<Article> = (article, { of }) =>
  relationship(cve(of), 'related-to', report(article.id), { description: article.title });
