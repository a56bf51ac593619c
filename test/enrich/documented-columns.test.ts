import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { csvFormat } from '../../src/enrich/formats/csv';

test('the page about lists explains every column of CSV, in their order', () => {
  const page = readFileSync(join(__dirname, '../../docs/enrich.md'), 'utf8');
  const [, table = ''] = page.split('| column | of a host name or an address | of a CVE ID |\n');
  const columns = [...(table.split('\n\n')[0] ?? '').matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
  expect(columns.join(',')).toBe(csvFormat.head.trim());
});
