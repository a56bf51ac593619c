import type { HttpResponse } from '../../../src/http/transport';
import fc, { samples } from '../../support/property';
import { recordedPlugin } from '../../support/recorder';

const HOST = ['autonomousSystem', 'countryOrRegion', 'registrar', 'registrant', 'lastSeenDateTime'];
const REPUTATION = ['classification', 'score', 'rules'];
const WHOIS = ['registrant', 'registrar', 'nameservers', 'host', 'abuse', 'domainStatus'];

function odd(names: readonly string[]): fc.Arbitrary<object> {
  const value = fc.oneof(fc.jsonValue(), fc.array(fc.record({ name: fc.jsonValue(), host: fc.jsonValue() })));
  const fields = fc.dictionary(fc.constantFrom(...names), value);
  return fields.map((some) => ({ id: 'an-id', ...some }));
}

function json(body: object): HttpResponse {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

test('whatever shapes Graph sends, an indicator has one entry with a score', async () => {
  await fc.assert(
    fc.asyncProperty(odd(HOST), odd(REPUTATION), odd(WHOIS), async (host, reputation, whois) => {
      const { plugin } = recordedPlugin(({ url }) =>
        json(url.endsWith('/reputation') ? reputation : url.endsWith('/whois') ? whois : host),
      );
      const { entries, errors } = await plugin.execute('domain', { domain: 'www.contoso.com' });
      expect(errors).toEqual([]);
      expect(entries).toHaveLength(1);
      expect(entries[0]?.HumanReadable).not.toContain('Failed: ');
      const [scored] = Object.values(entries[0]?.EntryContext ?? {}).filter(
        (value) => typeof value === 'object' && value !== null && 'Vendor' in value,
      );
      expect(scored).toMatchObject({ Indicator: 'www.contoso.com', Type: 'domain' });
    }),
    { numRuns: samples(100) },
  );
});
