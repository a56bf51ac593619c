import { VENDOR } from './dbot-score';

/** The names of relationships, each with the one that is read the other way round (Cortex XSOAR, `EntityRelationship`). */
const REVERSE = {
  'resolves-to': 'resolved-from',
  'sub-domain-of': 'supra-domain-of',
  'indicator-of': 'indicated-by',
  'related-to': 'related-to',
  uses: 'used-by',
} as const;

/** One end of a relationship: a value, and what the platform calls its sort. */
export interface End {
  readonly value: string;
  readonly type: 'Domain' | 'IP' | 'IPv6' | 'File' | 'URL' | 'Email' | 'CVE' | 'X509 Certificate' | 'Report';
}

export interface Relationship {
  readonly a: End;
  readonly name: keyof typeof REVERSE;
  readonly b: End;
  /** Further details: the time when it was seen (`firstseenbysource`, `lastseenbysource`), or a `description`. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** A relationship as an entry carries it to the platform. */
export function wireRelationship({ a, name, b, fields = {} }: Relationship, reliability: string) {
  return {
    name,
    reverseName: REVERSE[name],
    type: 'IndicatorToIndicator',
    entityA: a.value,
    entityAFamily: 'Indicator',
    entityAType: a.type,
    entityB: b.value,
    entityBFamily: 'Indicator',
    entityBType: b.type,
    fields,
    reliability,
    brand: VENDOR,
  } as const;
}

export type WireRelationship = ReturnType<typeof wireRelationship>;

/** A relationship as an indicator carries it in context. */
export function contextRelationship({ a, name, b }: Relationship) {
  return {
    Relationship: name,
    EntityA: a.value,
    EntityAType: a.type,
    EntityB: b.value,
    EntityBType: b.type,
  };
}
