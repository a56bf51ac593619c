import type { Enriched } from '../enriched';
import { csv } from './csv';
import { ndjson } from './ndjson';
import { stix } from './stix';

/** How enriched rows are written: a head, the rows one after the other, a foot. */
export interface Format {
  /** @param started when the work began, ISO 8601: the same after it was taken up again. */
  head(started: string): string;
  row(row: Enriched, started: string): string;
  readonly foot: string;
}

export const FORMATS = { ndjson, csv, stix } satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;
