import { formatOf } from '../../../src/doors/cli/enrich/enrich-call';
import { NO_OPTIONS } from '../../support/enrich-list';

test.each([
  [undefined, undefined, 'ndjson'],
  ['rows.ndjson', undefined, 'ndjson'],
  ['rows', undefined, 'ndjson'],
  ['/data/Rows.CSV', undefined, 'csv'],
  ['rows.csv', 'ndjson', 'ndjson'],
  ['rows.ndjson', 'csv', 'csv'],
  ['rows.csv', 'stix', 'stix'],
] as const)('--out %s with -o %s writes %s', (out, output, format) => {
  const source = { profile: undefined, paramsFile: undefined, flags: [], overrides: undefined };
  expect(formatOf({ ...source, words: [], options: { ...NO_OPTIONS, out, output } })).toBe(format);
});
