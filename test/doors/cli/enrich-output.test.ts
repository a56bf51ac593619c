import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enrichVerb } from '../../../src/doors/cli/enrich/enrich';
import { NO_OPTIONS } from '../../support/enrich-list';

const OPTIONS = { ...NO_OPTIONS, quiet: true };
const PARAMS = { app_id: '11111111-2222-3333-4444-555555555555', tenant_id: 'contoso.com', cache_ttl: '1h' };

test.each([
  ['a rate that makes no sense', { rate: 'abc' }, {}, '--rate'],
  ['no app_id', {}, { app_id: undefined }, 'app_id'],
  ['a cache_ttl that makes no sense', {}, { cache_ttl: 'soon' }, 'cache_ttl'],
  ['a queue without an output', { queue: 'nightly', out: undefined }, {}, '--queue needs --out FILE.'],
])('%s fails before the output is created', async (_, options, params, named) => {
  const folder = mkdtempSync(join(tmpdir(), 'mdti-enrich-output-'));
  const list = join(folder, 'list.txt');
  writeFileSync(list, 'contoso.com\n');
  const call = {
    words: [list],
    options: { ...OPTIONS, out: join(folder, 'rows.ndjson'), ...options },
    overrides: { params: { ...PARAMS, ...params }, ca: '' },
    profile: undefined,
    paramsFile: undefined,
    flags: [],
  };
  await expect(enrichVerb(call)).rejects.toThrow(named);
  expect(readdirSync(folder)).toEqual(['list.txt']);
});
