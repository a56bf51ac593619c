import { toContext } from '../../output/to-context';
import type { EnrichFormat } from '../row';
import { csvFormat } from './csv';
import { stixFormat } from './stix';

/** One JSON object per line; `known` contains what Graph sent, named as in context. */
const ndjsonFormat: EnrichFormat = {
  head: '',
  row: (row) =>
    `${JSON.stringify(row.outcome === 'found' ? { ...row, known: toContext(row.known) } : row)}\n`,
  foot: () => '',
};

/** The formats of `mdti enrich --output`, by name. */
export const FORMATS = { ndjson: ndjsonFormat, csv: csvFormat, stix: stixFormat } satisfies Record<
  string,
  EnrichFormat
>;

export type FormatName = keyof typeof FORMATS;
