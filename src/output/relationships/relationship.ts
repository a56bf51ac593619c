import type { End, Relationship } from '../../xsoar/relationship';

/** Where a relationship is read from. */
export interface RelationshipContext {
  /** The id that the object was asked for with: of its parent, or of the indicator. */
  readonly of: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What one Graph object, as context keeps it, says about how things belong together. */
export type RelationshipRule<Row> = (row: Row, setting: RelationshipContext) => readonly Relationship[];

/** The one relationship, or none where an end of it is missing. */
export function relationship(
  a: End | undefined,
  name: Relationship['name'],
  b: End | undefined,
  fields: Readonly<Record<string, unknown>> = {},
): Relationship[] {
  if (a === undefined || b === undefined || (a.value === b.value && a.type === b.type)) return [];
  const texts = Object.entries(fields).filter(
    (field): field is [string, string] => typeof field[1] === 'string',
  );
  return [texts.length === 0 ? { a, name, b } : { a, name, b, fields: Object.fromEntries(texts) }];
}
