import type { End, Relationship } from '../../platform/relationship';

/** Where a relationship is read from. */
export interface Setting {
  /** The id that the object was asked for with: of its parent, or of the indicator. */
  readonly of: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What one Graph object, as context keeps it, says about how things belong together. */
export type Relate<Row> = (row: Row, setting: Setting) => readonly Relationship[];

/** The one relationship, or none where an end of it is missing. */
export function relationship(
  a: End | undefined,
  name: Relationship['name'],
  b: End | undefined,
  fields?: Relationship['fields'],
): Relationship[] {
  if (a === undefined || b === undefined || (a.value === b.value && a.type === b.type)) return [];
  return [fields === undefined ? { a, name, b } : { a, name, b, fields }];
}
