import { PluginError } from '../../base/errors';

/** One step from a context value to what lies in it. */
export type PathStep =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'index'; readonly at: number }
  | { readonly kind: 'filter'; readonly field: string; readonly equals: string | number | boolean };

type Reading = (match: readonly string[]) => PathStep;

/** The forms of a step; any other form is rejected. */
const FORMS: readonly (readonly [RegExp, Reading])[] = [
  [/^\.?\[(\d+)\]/, ([, at = '']) => ({ kind: 'index', at: Number(at) })],
  [
    /^\.?\[(\d+):(\d+)\]/,
    ([, from = '', to = '']) => ({ kind: 'range', from: Number(from), to: Number(to) }),
  ],
  [
    /^\(\s*val\.([\w-]+)\s*==\s*('[^']*'|"[^"]*"|-?\d+(?:\.\d+)?|true|false)\s*\)/,
    ([, field = '', literal = '']) => ({ kind: 'filter', field, equals: literalValue(literal) }),
  ],
  [/^\.([^\s.[\](){}'"]+)/, ([, name = '']) => ({ kind: 'field', name })],
];

/**
 * Reads a context path: `A.B.C`, `A.[0]`, `A[0:2].B`, `A(val.X == 'y').Z`.
 * @throws PluginError ARGUMENT_INVALID naming what of it is not of these forms.
 */
export function parsePath(text: string): PathStep[] {
  const steps: PathStep[] = [];
  let rest = `.${text.trim()}`;
  while (rest !== '') {
    const [form, match] = FORMS.map(([pattern, read]) => [read, pattern.exec(rest)] as const).find(
      ([, found]) => found !== null,
    ) ?? [undefined, null];
    if (form === undefined || match === null) throw refused(text, rest);
    steps.push(form(match));
    rest = rest.slice(match[0].length);
  }
  return steps;
}

function literalValue(literal: string): string | number | boolean {
  if (literal === 'true' || literal === 'false') return literal === 'true';
  return /^['"]/.test(literal) ? literal.slice(1, -1) : Number(literal);
}

function refused(text: string, rest: string): PluginError {
  const part = rest === `.${text}` ? text : rest;
  return new PluginError(
    'ARGUMENT_INVALID',
    `The context path ${JSON.stringify(text)} cannot be read: ${part === '' ? 'it is empty' : `${JSON.stringify(part)} is not a supported form`}.`,
    {
      hint: "A path is written A.B.C, A.[0], A.[0:2] (the end included) or A(val.X == 'y').Z.",
    },
  );
}
