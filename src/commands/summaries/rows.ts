import { PluginError } from '../../base/errors';

/** Rows of one part: a summary is short, and one page of Graph holds no more. */
const MOST = 200;

/** @throws PluginError ARGUMENT_INVALID for more than one page. */
export function summaryRows(rows: number | undefined, otherwise: number): number {
  const wanted = rows ?? otherwise;
  if (wanted <= MOST) return wanted;
  throw new PluginError('ARGUMENT_INVALID', `rows: ${wanted} is above the maximum of ${MOST}.`, {
    hint: `rows takes a whole number from 1 to ${MOST}; the list commands read more.`,
  });
}
