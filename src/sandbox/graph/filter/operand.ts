import { typeNamed } from '../../../model/model';
import { badRequest } from '../errors';

/** The rows and range variables that an expression is requested for. */
export type Scope = Readonly<Record<string, unknown>>;

/** A part of an expression: the kind of value it gives, and how to have it. Dates are given in milliseconds. */
export interface Operand {
  readonly type: ValueType;
  readonly read: (scope: Scope) => unknown;
}

type ValueType = 'Edm.String' | 'Edm.Double' | 'Edm.Boolean' | 'Edm.DateTimeOffset' | 'null' | 'complex';

/** The kind of value that a property of the model gives; an enumeration is compared by its member's name. */
export function valueType(type: string): ValueType {
  if (type === 'Edm.Int32' || type === 'Edm.Int64' || type === 'Edm.Double') return 'Edm.Double';
  if (type === 'Edm.Boolean' || type === 'Edm.DateTimeOffset' || type === 'Edm.String') return type;
  return typeNamed(type)?.kind === 'enum' ? 'Edm.String' : 'complex';
}

/** A stored value in the form for comparison. */
export function comparable(value: unknown, type: ValueType): unknown {
  return type === 'Edm.DateTimeOffset' && typeof value === 'string' ? Date.parse(value) : (value ?? null);
}

type Comparable = string | number | boolean | null;

/** A comparison by its OData name, with what it is called in a complaint. Null is neither before nor after anything. */
export const COMPARISONS = {
  eq: { name: 'Equal', holds: (left, right) => left === right },
  ne: { name: 'NotEqual', holds: (left, right) => left !== right },
  gt: { name: 'GreaterThan', holds: (left, right) => isBefore(right, left) },
  ge: { name: 'GreaterThanOrEqual', holds: (left, right) => left === right || isBefore(right, left) },
  lt: { name: 'LessThan', holds: (left, right) => isBefore(left, right) },
  le: { name: 'LessThanOrEqual', holds: (left, right) => left === right || isBefore(left, right) },
} satisfies Record<string, { name: string; holds: (left: Comparable, right: Comparable) => boolean }>;

export type Comparison = keyof typeof COMPARISONS;

function isBefore(left: Comparable, right: Comparable): boolean {
  return left !== null && right !== null && left < right;
}

/** @throws GraphError 400 where the two sides can never be compared. */
export function compare(comparison: Comparison, left: Operand, right: Operand): Operand {
  const { name, holds } = COMPARISONS[comparison];
  if (left.type !== right.type && left.type !== 'null' && right.type !== 'null')
    throw badRequest(
      `Invalid filter clause: A binary operator with incompatible types was detected. Found operand types '${left.type}' and '${right.type}' for operator kind '${name}'.`,
    );
  return {
    type: 'Edm.Boolean',
    read: (scope) => holds(left.read(scope) as Comparable, right.read(scope) as Comparable),
  };
}

/** @throws GraphError 400 where an operand is not a boolean: `filter=title`. */
export function truthOf(operand: Operand): (scope: Scope) => boolean {
  if (operand.type !== 'Edm.Boolean' && operand.type !== 'null')
    throw badRequest(
      'Invalid filter clause: The $filter expression must evaluate to a single boolean value.',
    );
  return (scope) => operand.read(scope) === true;
}
