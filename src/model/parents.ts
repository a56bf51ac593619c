import { memoize } from '../base/memoize';

/** The name in context of a parent's id, by the parent's entity set. Hosts and articles have many parents, so they name no parent. */
const PARENT_IDS: Readonly<Record<string, string>> = {
  hosts: 'hostId',
  articles: 'articleId',
  intelProfiles: 'intelligenceProfileId',
  vulnerabilities: 'vulnerabilityId',
  whoisRecords: 'whoisRecordId',
};

interface Parent {
  readonly argument: string;
  readonly name: string;
}

/** Returns the parent of what a route reads: the argument with its id, and its name in context. `…/hosts/{host_id}/whois` has one. */
export const parentOf = memoize<Parent | undefined>((line) => {
  const [, set = '', argument = ''] = /\/(\w+)\/\{(\w+)\}\/\w+/.exec(line) ?? [];
  const name = PARENT_IDS[set];
  return name === undefined ? undefined : { argument, name };
});
