import type {
  Article,
  ArticleIndicator,
  Artifact,
  HostSslCertificate,
  IntelligenceProfileIndicator,
  PassiveDnsRecord,
  Subdomain,
} from '../../model/generated/graph';
import type { End } from '../../xsoar/relationship';
import { artifactEnd } from '../artifact';
import { certificateEnd, cveEnd, hostEnd, reportEnd } from './ends';
import { type RelationshipRule, relationship } from './relationship';

/** A name that pointed elsewhere longer ago than this says nothing about today. */
const RECENT = 30 * 24 * 60 * 60 * 1000;

/** A name and the address that it was lately seen to resolve to, from whichever side Graph was asked. */
export const passiveDns: RelationshipRule<PassiveDnsRecord> = (record, { now }) => {
  const seen = { first: record.firstSeenDateTime, last: record.lastSeenDateTime };
  if (!(Date.parse(seen.last ?? '') >= now - RECENT)) return [];
  const ends = [hostEnd(record.parentHost?.id), answerEnd(record.artifact)];
  const name = ends.find((end) => end?.type === 'Domain');
  const address = ends.find((end) => end !== undefined && end.type !== 'Domain');
  return relationship(name, 'resolves-to', address, {
    firstseenbysource: seen.first,
    lastseenbysource: seen.last,
  });
};

/** The host that a record resolves to. A TXT or SOA value comes as an `unclassifiedArtifact`, whose id is no host. */
function answerEnd(artifact: (Artifact & { odataType?: string }) | null | undefined): End | undefined {
  return artifact?.odataType === undefined ? hostEnd(artifact?.id) : artifactEnd(artifact);
}

export const subdomain: RelationshipRule<Subdomain> = (row, { of }) =>
  relationship(hostEnd(row.host?.id), 'sub-domain-of', hostEnd(of));

export const usedCertificate: RelationshipRule<HostSslCertificate> = (use) =>
  relationship(hostEnd(use.host?.id), 'uses', certificateEnd(use.sslCertificate));

/** An indicator that an article or a profile names; Graph does not say of whom, unless it was asked for theirs. */
export const indicator: RelationshipRule<ArticleIndicator | IntelligenceProfileIndicator> = (row, { of }) =>
  relationship(artifactEnd(row.artifact), 'indicator-of', reportEnd(of));

export const articleOnVulnerability: RelationshipRule<Article> = (article, { of }) =>
  relationship(cveEnd(of), 'related-to', reportEnd(article.id), { description: article.title });
