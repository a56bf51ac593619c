import { PluginError } from '../../base/errors';
import type { JsonObject } from '../../base/json';
import { looselyEqual } from './loosely-equal';

/** A context key: where the objects lie, and which element an object is merged into. */
export interface ContextKey {
  readonly path: readonly string[];
  /** Fields that an element must have, `val.id`. */
  readonly present: readonly string[];
  /** Fields that an element and the object must agree in, `val.id == obj.id`. */
  readonly equal: readonly { readonly val: string; readonly obj: string }[];
}

/**
 * Reads `Prefix(val.id && val.id == obj.id)`, the form of every key that the plugin emits.
 * @throws PluginError ARGUMENT_INVALID naming the part that is of another form.
 */
export function parseContextKey(text: string): ContextKey {
  const [, prefix, condition] = /^([\w-]+(?:\.[\w-]+)*)\((.*)\)$/.exec(text) ?? [];
  if (prefix === undefined || condition === undefined)
    throw refused(text, 'it is not of the form Prefix(condition)');
  const terms = condition.split('&&').map((term) => parseTerm(text, term.trim()));
  return {
    path: prefix.split('.'),
    present: terms.flatMap((term) => (term.obj === undefined ? [term.val] : [])),
    equal: terms.flatMap(({ val, obj }) => (obj === undefined ? [] : [{ val, obj }])),
  };
}

/** Whether an element of the context is the one that the object is about. */
export function isSame({ present, equal }: ContextKey, element: JsonObject, object: JsonObject): boolean {
  return (
    present.every((field) => Boolean(element[field])) &&
    equal.every(({ val, obj }) => looselyEqual(element[val], object[obj]))
  );
}

function parseTerm(key: string, term: string): { val: string; obj?: string } {
  const [, val, obj] = /^val\.(\w+)(?:\s*==\s*obj\.(\w+))?$/.exec(term) ?? [];
  if (val === undefined) throw refused(key, `${JSON.stringify(term)} is not val.X or val.X == obj.Y`);
  return obj === undefined ? { val } : { val, obj };
}

function refused(key: string, what: string): PluginError {
  return new PluginError('ARGUMENT_INVALID', `The context key ${key} cannot be used: ${what}.`, {
    hint: 'A key is written Prefix(val.id && val.id == obj.id); several fields are joined by &&.',
  });
}
