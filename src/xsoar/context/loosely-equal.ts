/**
 * The `==` of the platform's expressions on what JSON holds: a number is equal to its text, nothing to nothing, and an
 * object or a list to none.
 */
export function looselyEqual(one: unknown, other: unknown): boolean {
  if (isNothing(one) || isNothing(other)) return isNothing(one) && isNothing(other);
  if (isText(one) && isText(other)) return String(one) === String(other);
  return typeof one === 'boolean' && one === other;
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
