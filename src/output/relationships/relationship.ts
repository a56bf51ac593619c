import { isIP } from 'node:net';
import type { Entity, Link } from '../../investigation/graph';
import type { End, Relationship } from '../../xsoar/relationship';

/** The parent object and the time with which relationships are read. */
interface RelationshipContext {
  /** The id of the object's parent in the request, or the indicator. */
  readonly of: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The relationships that one Graph object, in its form for context, states. */
export type RelationshipRule<Row> = (row: Row, context: RelationshipContext) => readonly Relationship[];

/** The platform's name for a relation; host pairs, trackers and similar relations have none. */
const NAMES: Readonly<Partial<Record<Link['relation'], Relationship['name']>>> = {
  'resolves-to': 'resolves-to',
  'subdomain-of': 'sub-domain-of',
  'uses-certificate': 'uses',
  'indicator-of': 'indicator-of',
  'related-to': 'related-to',
};

/** The platform's types of indicators, by the kind of the node. */
const TYPES: Readonly<Partial<Record<Entity['kind'], End['type']>>> = {
  domain: 'Domain',
  hash: 'File',
  url: 'URL',
  email: 'Email',
  certificate: 'X509 Certificate',
  vulnerability: 'CVE',
  article: 'Report',
  profile: 'Report',
};

/** The details of a relationship besides its ends: when it was seen, or a description. */
type RelationshipFields = 'seen' | 'description' | 'none';

/** Returns the platform's relationships for links; a link without a platform name or type is left out. */
export function relationships(links: readonly Link[], fields: RelationshipFields): Relationship[] {
  return links.flatMap((link) => {
    const name = NAMES[link.relation];
    const [a, b] = [endOf(link.source), endOf(link.target)];
    if (name === undefined || a === undefined || b === undefined) return [];
    // For the platform a name resolves to addresses only.
    if (name === 'resolves-to' && (a.type !== 'Domain' || b.type === 'Domain')) return [];
    const more = fieldsOf(link, fields);
    return [Object.keys(more).length === 0 ? { a, name, b } : { a, name, b, fields: more }];
  });
}

/** The platform's indicator for a node; undefined if the platform has no type for it. */
export function endOf({ kind, value }: Entity): End | undefined {
  if (kind === 'address') return { value, type: isIP(value) === 6 ? 'IPv6' : 'IP' };
  const type = TYPES[kind];
  return type === undefined ? undefined : { value, type };
}

function fieldsOf({ detail, firstSeen, lastSeen }: Link, fields: RelationshipFields): Record<string, string> {
  if (fields === 'description') return detail === undefined ? {} : { description: detail };
  if (fields === 'none') return {};
  return {
    ...(firstSeen === undefined ? {} : { firstseenbysource: firstSeen }),
    ...(lastSeen === undefined ? {} : { lastseenbysource: lastSeen }),
  };
}
