import { hostEntity } from '../../investigation/entities';
import { reputationLinks, whoisLinks } from '../../investigation/links';
import type { Relationship } from '../../xsoar/relationship';
import { relationships } from '../relationships/relationship';
import type { GraphParts } from './standard';

/** The articles that a host's reputation refers to, and the registered domain above it. */
export function hostRelationships(
  indicator: string,
  { HostReputation: reputation, Whois: whois }: GraphParts,
): Relationship[] {
  const host = hostEntity({ id: indicator });
  return [
    ...relationships(reputation === undefined ? [] : reputationLinks(host, reputation), 'description'),
    ...relationships(whois === undefined ? [] : whoisLinks(host, whois), 'none'),
  ];
}
