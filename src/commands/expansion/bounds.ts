import { PluginError } from '../../base/errors';
import type { EndReason } from '../../investigation/graph';
import type { ArgsOf } from '../../manifest/generated/types';

type Args = Pick<ArgsOf<'msg-defender-threat-intel-expand'>, Bound>;
type Bound = 'max_nodes' | 'max_requests' | 'fan_out';

/** Defaults and limits of the arguments; reading a larger graph takes several commands. */
export const DEFAULTS: Readonly<Record<Bound, number>> = { max_nodes: 200, max_requests: 200, fan_out: 25 };
const MOST: Readonly<Record<Bound, number>> = { max_nodes: 50_000, max_requests: 10_000, fan_out: 199 };

/** @throws PluginError ARGUMENT_INVALID naming the argument that is above its maximum */
export function checkBounds(args: Args): void {
  for (const [name, most] of Object.entries(MOST)) {
    const value = args[name as Bound];
    if (typeof value === 'number' && value > most)
      throw new PluginError('ARGUMENT_INVALID', `${name}: ${value} is above the maximum of ${most}.`, {
        hint: `${name} takes a whole number from 1 to ${most}.`,
      });
  }
}

/** Returns twice the limit that ended a graph; undefined if no limit ended it, or the doubled value is not allowed. */
export function raisedBound(args: Args, end: EndReason): { name: Bound; value: number } | undefined {
  if (end !== 'max_nodes' && end !== 'max_requests') return undefined;
  const value = 2 * Number(args[end] ?? DEFAULTS[end]);
  return value > MOST[end] ? undefined : { name: end, value };
}
