import { toContext } from '../../output/to-context';
import type { EnrichFormat } from '../row';

/** One JSON object a line; `known` holds what Graph sent, named as in context. */
export const ndjsonFormat: EnrichFormat = {
  head: '',
  row: (row) =>
    `${JSON.stringify(row.outcome === 'found' ? { ...row, known: toContext(row.known) } : row)}\n`,
  foot: () => '',
};
