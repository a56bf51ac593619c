import type { Relationship } from '../../platform/relationship';
import { host, report } from '../relationships/ends';
import { relationship } from '../relationships/relate';
import type { Known } from './known';
import { linkedArticle } from './portal';
import { rulesOf } from './rules';

/** What the objects about a host state: articles that its reputation rests on, and the domain that its WHOIS record is of. */
export function hostRelationships(
  indicator: string,
  { HostReputation: reputation, Whois: whois }: Known,
): Relationship[] {
  const rules = reputation === undefined ? [] : rulesOf(reputation);
  const articles = rules.flatMap(({ relatedDetailsUrl, description }) =>
    relationship(host(indicator), 'indicator-of', report(linkedArticle(relatedDetailsUrl)), { description }),
  );
  const registered = whois?.host?.id;
  const isBelow = typeof registered === 'string' && indicator.endsWith(`.${registered}`);
  return [...articles, ...(isBelow ? relationship(host(indicator), 'sub-domain-of', host(registered)) : [])];
}
