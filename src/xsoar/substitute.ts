import { PluginError } from '../base/errors';
import type { Context } from './context/merge';
import { readPath } from './context/read';

/** A path may quote a brace: `${A(val.X == '}').Y}`. */
const REFERENCE = /\$\{((?:'[^']*'|"[^"]*"|[^'"}])*)\}/g;

/**
 * An argument with every `${path}` in it replaced from context. One that is nothing but a reference is what lies there,
 * whatever its type (a list of one is that one); inside a longer text it becomes text, and a list is joined by commas.
 * @returns undefined for a reference alone to something that is not there: the argument counts as not given.
 * @throws PluginError ARGUMENT_INVALID for a path that is not understood, INVOCATION_UNREADABLE for `${` without its end.
 */
export function substitute(text: string, context: Context): unknown {
  const [whole] = text.matchAll(REFERENCE);
  if (whole?.[0] === text) return alone(readPath(context, whole[1] ?? ''));
  const unclosed = text.replace(REFERENCE, '').includes('${');
  if (unclosed) {
    throw new PluginError('INVOCATION_UNREADABLE', `In ${text} a \${ is not closed.`, {
      hint: 'A reference to context is written ${Path.to.value}.',
    });
  }
  return text.replace(REFERENCE, (_, path: string) => inText(readPath(context, path)));
}

/** The whole of a reference that begins there, spaces included. */
export function referenceAt(text: string, at: number): string | undefined {
  if (!text.startsWith('${', at)) return undefined;
  const [reference] = text.slice(at).matchAll(REFERENCE);
  return reference?.index === 0 ? reference[0] : undefined;
}

function alone(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

function inText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(inText).join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
