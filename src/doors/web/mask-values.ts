import type { JsonObject } from '../../base/json';

/** Shorter values are words that appear everywhere. */
const SHORTEST = 4;

/** Replaces the values of the instance's parameters in a string by their names, since no value reaches the page. */
export type Mask = (text: string) => string;

export function maskOf(params: JsonObject): Mask {
  const values = Object.entries(params)
    .flatMap(([name, value]) => textsIn(value).map((text) => [text, name] as const))
    .filter(([text]) => text.length >= SHORTEST && !/^(?:true|false)$/.test(text))
    // A value that contains another one goes first.
    .sort(([one], [other]) => other.length - one.length);
  return (text) => values.reduce((masked, [value, name]) => masked.replaceAll(value, `<${name}>`), text);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value.trim()];
  return Object.values(value ?? {}).flatMap(textsIn);
}
