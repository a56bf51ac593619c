import { isRecord } from '../../../base/json';
import type { GraphParts } from '../graph-parts';

/** An indicator's object in the context that all integrations share. */
export interface Standard {
  /** `IP` */
  readonly name: string;
  /** The field that holds the indicator itself: `Address`. */
  readonly key: string;
  /** The other fields, from what Graph knows; where it knows nothing, they may be left undefined. */
  readonly fields: (known: GraphParts) => unknown;
}

/** The whole object, without the fields that have no value. */
export function standardObject({ key, fields }: Standard, indicator: string, known: GraphParts): object {
  return { [key]: indicator, ...(filled(fields(known)) as object | undefined) };
}

/** A value without whatever is undefined, null or empty in it; undefined where nothing is left. */
function filled(value: unknown): unknown {
  if (value === null || value === '') return undefined;
  if (Array.isArray(value)) {
    const items = value.map(filled).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (!isRecord(value)) return value;
  const fields = Object.entries(value)
    .map(([name, inner]) => [name, filled(inner)] as const)
    .filter(([, inner]) => inner !== undefined);
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}
