import { toContext } from '../../output/to-context';
import type { Format } from './format';

/** One JSON object a line; `known` holds what Graph sent, named as in context. */
export const ndjson: Format = {
  head: () => '',
  row: (row) =>
    `${JSON.stringify(row.outcome === 'found' ? { ...row, known: toContext(row.known) } : row)}\n`,
  foot: '',
};
