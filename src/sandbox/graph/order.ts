import type { Thing } from '../world';
import { badRequest } from './errors';
import { comparable, valueType } from './filter/operand';
import { follow, valueAt } from './property';

/**
 * Compiles an `$orderby`; null stands before every value.
 * @throws GraphError 400 for an unknown property, one without an order, or a direction that is not one.
 */
export function compileOrder(orderby: string, type: string): (left: Thing, right: Thing) => number {
  const keys = orderby.split(',').map((key) => compileKey(key, type));
  return (left, right) => {
    for (const key of keys) {
      const order = key(left, right);
      if (order !== 0) return order;
    }
    return 0;
  };
}

function compileKey(key: string, type: string): (left: Thing, right: Thing) => number {
  const [property = '', direction = 'asc', ...more] = key.trim().split(/\s+/);
  if (more.length > 0 || !['asc', 'desc'].includes(direction))
    throw badRequest(`Invalid orderby clause: Syntax error in '${key.trim()}'.`);
  const names = property.split('/');
  const member = follow(type, names, 'Invalid orderby clause');
  const kind = member.collection ? 'complex' : valueType(member.type);
  if (kind === 'complex')
    throw badRequest(
      `Invalid orderby clause: The property '${property}' cannot be used in the $orderby query option.`,
    );
  const sign = direction === 'desc' ? -1 : 1;
  return (left, right) =>
    sign * order(comparable(valueAt(left, names), kind), comparable(valueAt(right, names), kind));
}

function order(left: unknown, right: unknown): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  return (left as string | number) < (right as string | number) ? -1 : 1;
}
