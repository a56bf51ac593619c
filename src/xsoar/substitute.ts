import { PluginError } from '../base/errors';
import { quoted } from '../base/sanitize';
import type { Context } from './context/merge';
import { readPath } from './context/read';

/**
 * Finds where each `${…}` of a string ends: from the index of its `$` to that of its `}`. A path may quote a brace:
 * `${A(val.X == '}').Y}`. One pass from the end: a search from every `${` would take quadratic time.
 */
export function referenceEnds(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  // The closing brace as seen from here: outside of quotes, in single quotes, in double quotes.
  let plain: number | undefined;
  let single: number | undefined;
  let double: number | undefined;
  for (let at = text.length - 1; at >= 0; at--) {
    const character = text[at];
    if (character === '{' && text[at - 1] === '$' && plain !== undefined) ends.set(at - 1, plain);
    if (character === '}') plain = at;
    else if (character === "'") [plain, single] = [single, plain];
    else if (character === '"') [plain, double] = [double, plain];
  }
  return ends;
}

/**
 * An argument with every `${path}` in it replaced from context. One that is nothing but a reference is what lies there,
 * whatever its type (a list of one is that one); inside a longer text it becomes text, and a list is joined by commas.
 * @returns undefined for a reference alone to something that is not there: the argument counts as not given.
 * @throws PluginError ARGUMENT_INVALID for a path that is not understood, INVOCATION_UNREADABLE for `${` without its end.
 */
export function substitute(text: string, context: Context): unknown {
  const ends = referenceEnds(text);
  if (text !== '' && ends.get(0) === text.length - 1) return alone(readPath(context, text.slice(2, -1)));
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf('${'); at >= 0; at = text.indexOf('${', from)) {
    const end = ends.get(at);
    if (end === undefined)
      throw new PluginError('INVOCATION_UNREADABLE', `${quoted(text)}: "\${" has no closing "}".`, {
        hint: 'Write a context reference as ${Path.to.value}.',
      });
    parts.push(text.slice(from, at), inText(readPath(context, text.slice(at + 2, end))));
    from = end + 1;
  }
  return parts.join('') + text.slice(from);
}

function alone(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

function inText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(inText).join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
