import type { EnrichFormat } from '../row';
import { csvFormat } from './csv';
import { ndjsonFormat } from './ndjson';
import { stixFormat } from './stix';

/** The formats of `mdti enrich --output`, by name. */
export const FORMATS = { ndjson: ndjsonFormat, csv: csvFormat, stix: stixFormat } satisfies Record<
  string,
  EnrichFormat
>;

export type FormatName = keyof typeof FORMATS;
