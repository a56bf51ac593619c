import type { EnrichedRow } from '../row';
import { csvFormat } from './csv';
import { ndjsonFormat } from './ndjson';
import { stixFormat } from './stix';

/** How enriched rows are written: a head, the rows one after the other, a foot. */
export interface EnrichFormat {
  /** @param started when the work began, ISO 8601: the same after it was taken up again. */
  head(started: string): string;
  row(row: EnrichedRow, started: string): string;
  readonly foot: string;
}

export const FORMATS = { ndjson: ndjsonFormat, csv: csvFormat, stix: stixFormat } satisfies Record<
  string,
  EnrichFormat
>;

export type FormatName = keyof typeof FORMATS;
