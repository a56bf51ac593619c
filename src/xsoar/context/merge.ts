import { isRecord, type JsonObject } from '../../base/json';
import type { Entry } from '../entry';
import { elementsOf } from './elements';
import { type ContextKey, parseContextKey } from './key-expression';

/** The context of an investigation: the objects of every command, below their prefixes. */
export type Context = JsonObject;

/**
 * Returns the context with an entry's objects in it: an element with the same key takes the properties of the new object, any
 * other object is appended. Merging twice has no further effect if every object has the members of its key.
 * @throws PluginError ARGUMENT_INVALID for a key of another form than ours.
 */
export function merge(context: Context, outputs: Entry['EntryContext']): Context {
  return mergeAll(context, [outputs]);
}

/** Merges the objects of many entries, in their order. Each list of the context is indexed once. */
export function mergeAll(context: Context, all: readonly Entry['EntryContext'][]): Context {
  const values = new Map<string, unknown[]>();
  for (const outputs of all)
    for (const [text, value] of Object.entries(outputs ?? {})) {
      const known = values.get(text);
      if (known === undefined) values.set(text, [value]);
      else known.push(value);
    }
  let merged = context;
  for (const [text, list] of values) {
    const key = parseContextKey(text);
    merged = place(merged, key.path, (existing) => mergedAt(key, existing, list));
  }
  return merged;
}

/** The context with a value at a path, whatever was there before. */
export function putAtKey(context: Context, path: readonly string[], value: unknown): Context {
  return place(context, path, () => value);
}

function place(
  context: Context,
  [name, ...rest]: readonly string[],
  change: (existing: unknown) => unknown,
): Context {
  if (name === undefined) return context;
  const existing = Object.hasOwn(context, name) ? context[name] : undefined;
  const value =
    rest.length === 0 ? change(existing) : place(isRecord(existing) ? existing : {}, rest, change);
  return { ...context, [name]: value };
}

/** One object alone stays an object; it becomes a list when a second joins it. */
function mergedAt(key: ContextKey, existing: unknown, values: readonly unknown[]): unknown {
  const elements = elementsOf(key, existing === undefined ? [] : [existing].flat());
  for (const value of values) for (const object of [value].flat()) elements.join(object);
  const after = elements.all;
  const list = Array.isArray(existing) || values.some(Array.isArray) || after.length > 1;
  return list ? after : after[0];
}
