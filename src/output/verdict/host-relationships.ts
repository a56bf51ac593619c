import type { Relationship } from '../../xsoar/relationship';
import { hostEnd, reportEnd } from '../relationships/ends';
import { relationship } from '../relationships/relationship';
import type { GraphParts } from './graph-parts';
import { linkedArticle } from '../../investigation/portal-link';
import { rulesOf } from './rules';

/** What the objects about a host state: articles that its reputation rests on, and the domain that its WHOIS record is of. */
export function hostRelationships(
  indicator: string,
  { HostReputation: reputation, Whois: whois }: GraphParts,
): Relationship[] {
  const rules = reputation === undefined ? [] : rulesOf(reputation);
  const articles = rules.flatMap(({ relatedDetailsUrl, description }) =>
    relationship(hostEnd(indicator), 'indicator-of', reportEnd(linkedArticle(relatedDetailsUrl)), {
      description,
    }),
  );
  const registered = whois?.host?.id;
  const isBelow = typeof registered === 'string' && indicator.endsWith(`.${registered}`);
  return [
    ...articles,
    ...(isBelow ? relationship(hostEnd(indicator), 'sub-domain-of', hostEnd(registered)) : []),
  ];
}
