import { isRecord, type JsonObject } from '../../base/json';
import { type ContextKey, isSame } from './key-expression';

/** The list at a context path, while objects are merged into it. */
interface Elements {
  readonly all: readonly unknown[];
  /** Merges into the first element with the same key, or appends after the last element. */
  join(object: unknown): void;
}

/**
 * Elements that are found by the value of the key's first field instead of one after the other: a list that meets a list of its
 * own length would take the square of it.
 */
export function elementsOf(key: ContextKey, before: readonly unknown[]): Elements {
  const all = [...before];
  const byValue = new Map<string, Set<number>>();
  const [first] = key.equal;

  function note(at: number): void {
    const element = all[at];
    const value = isRecord(element) ? comparable(element[first?.val ?? '']) : '';
    byValue.set(value, (byValue.get(value) ?? new Set()).add(at));
  }

  function placeOf(object: JsonObject): number | undefined {
    const places = byValue.get(comparable(object[first?.obj ?? ''])) ?? [];
    return [...places]
      .filter((at) => {
        const element = all[at];
        return isRecord(element) && isSame(key, element, object);
      })
      .sort((one, other) => one - other)[0];
  }

  for (const at of all.keys()) note(at);
  return {
    all,
    join(object) {
      const at = isRecord(object) ? placeOf(object) : undefined;
      if (at === undefined) note(all.push(object) - 1);
      else {
        all[at] = { ...(all[at] as object), ...(object as object) };
        note(at);
      }
    },
  };
}

/** Equal for values that are equal by the platform's `==`: a number and its text, nothing and nothing. */
function comparable(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}
