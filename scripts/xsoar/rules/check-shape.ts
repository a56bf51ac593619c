import { isRecord } from '../../../src/base/json';

/**
 * What a value has to be: `text`, `whole` (a number without fraction), `boolean`, `object` (with any keys), `any`; a pattern for a string;
 * a list with the shape of its items; or an object with the shapes of its keys. A key with `!` is required, a key with `^` is a pattern of
 * keys, and every other key is an error.
 */
export type Shape = 'text' | 'whole' | 'boolean' | 'object' | 'any' | RegExp | readonly [Shape] | ObjectShape;

export interface ObjectShape {
  readonly [key: string]: Shape;
}

const SIMPLE: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  whole: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  object: isRecord,
  any: () => true,
};

/** Any key may be repeated for one marketplace: `name:xsoar`. */
const FOR_MARKETPLACE = /:(?:xsoar|marketplacev2|xpanse|xsoar_saas|xsoar_on_prem|platform)$/;

/** Returns what does not fit, one text each: `script.type: is missing`. */
export function checkShape(value: unknown, shape: Shape, at = ''): string[] {
  if (typeof shape === 'string') return SIMPLE[shape]?.(value) ? [] : [`${at}: is not ${shape}`];
  if (shape instanceof RegExp)
    return typeof value === 'string' && shape.test(value) ? [] : [`${at}: does not match ${shape.source}`];
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return [`${at}: is not a list`];
    return value.flatMap((item, index) => checkShape(item, shape[0], `${at}[${index}]`));
  }
  if (!isRecord(value)) return [`${at}: is not an object`];
  return checkKeys(value, shape as ObjectShape, at);
}

function checkKeys(value: Readonly<Record<string, unknown>>, shape: ObjectShape, at: string): string[] {
  const path = (key: string) => (at === '' ? key : `${at}.${key}`);
  const missing = Object.keys(shape)
    .filter((key) => key.endsWith('!') && !(key.slice(0, -1) in value))
    .map((key) => `${path(key.slice(0, -1))}: is missing`);
  const wrong = Object.entries(value).flatMap(([key, inner]) => {
    const expected = shapeOf(key.replace(FOR_MARKETPLACE, ''), shape);
    return expected === undefined ? [`${path(key)}: is not allowed`] : checkShape(inner, expected, path(key));
  });
  return [...missing, ...wrong];
}

function shapeOf(key: string, shape: ObjectShape): Shape | undefined {
  if (Object.hasOwn(shape, `${key}!`)) return shape[`${key}!`];
  if (Object.hasOwn(shape, key)) return shape[key];
  const pattern = Object.keys(shape).find((one) => one.startsWith('^') && new RegExp(one).test(key));
  return pattern === undefined ? undefined : shape[pattern];
}
