import type { Argument } from '../manifest/shape';

/** What shape a coerced argument has: text, list of strings, whole number of at least 1, boolean, one of a few words. */
export type ArgumentKind = 'text' | 'list' | 'count' | 'flag' | 'choice';

/** Arguments that take a whole number. */
const COUNTS: readonly string[] = ['limit', 'rows', 'fan_out', 'max_nodes', 'max_requests'];

/** The shape of an argument, from what the manifest says of it; the platform has no type for a number. */
export function kindOf(argument: Argument): ArgumentKind {
  if (argument.isArray) return 'list';
  if (COUNTS.includes(argument.name)) return 'count';
  if (argument.predefined === undefined) return 'text';
  return argument.predefined.every((word) => word === 'true' || word === 'false') ? 'flag' : 'choice';
}
