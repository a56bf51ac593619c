import { csvLine } from '../../output/csv-line';
import { rulesOf } from '../../output/verdict/rules';
import type { EnrichedRow, EnrichFormat } from '../row';

/** Of a host classification, score and rules; of a CVE severity and priority score. */
const COLUMNS: Readonly<Record<string, (row: EnrichedRow) => unknown>> = {
  input: (row) => row.input,
  observable: (row) => ('value' in row ? row.value : ''),
  type: (row) => ('type' in row ? row.type : ''),
  outcome: (row) => row.outcome,
  classification: (row) => known(row).classification ?? known(row).severity,
  score: (row) => numberIn(known(row).score) ?? numberIn(known(row).priorityScore),
  rules: (row) =>
    rulesOf(known(row))
      .flatMap(({ name }) => name ?? [])
      .join('; '),
  reason: (row) => ('reason' in row ? row.reason : ''),
  requestedAt: (row) => row.requestedAt,
};

/** One line a row, behind a header. */
export const csvFormat: EnrichFormat = {
  head: csvLine(Object.keys(COLUMNS)),
  row: (row) => csvLine(Object.values(COLUMNS).map((cell) => String(cell(row) ?? ''))),
  foot: () => '',
};

/** Graph sends a number; anything else would be someone else's text. */
function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function known(row: EnrichedRow) {
  return row.outcome === 'found' ? row.known : {};
}
