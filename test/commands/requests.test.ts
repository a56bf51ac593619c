import { recordedPlugin } from '../support/recorder';

type Args = Readonly<Record<string, string>>;

const API = 'GET https://graph.microsoft.com/v1.0/security/threatIntelligence/';
const NEWEST = '$orderby=lastSeenDateTime%20desc';

/** What reached Graph below the API, and the error if there was one. */
async function run(
  command: string,
  args: Args,
): Promise<{ requested: string[]; error: string; code?: string }> {
  const { plugin, requested } = recordedPlugin();
  const { entries, errors } = await plugin.execute(`msg-defender-threat-intel-${command}`, args);
  const text = entries[0]?.Type === 4 ? String(entries[0].Contents) : '';
  return {
    requested: requested.map((line) => line.replace(API, '')),
    error: text,
    ...(errors[0] && { code: errors[0].code }),
  };
}

const REQUESTS: readonly (readonly [command: string, args: Args, request: string])[] = [
  [
    'host-pairs-list',
    { host_id: 'contoso.com', direction: 'both' },
    `hosts/contoso.com/hostPairs?${NEWEST}&$top=50`,
  ],
  [
    'host-pairs-list',
    { host_id: 'contoso.com', direction: ' CHILD ' },
    `hosts/contoso.com/childHostPairs?${NEWEST}&$top=50`,
  ],
  ['host-pairs-list', { host_pair_id: 'a/b+c=', direction: 'child', limit: '7' }, 'hostPairs/a%2Fb%2Bc%3D'],
  [
    'host-pairs-list',
    { host_id: 'contoso.com', odata: '$orderBy=firstSeenDateTime' },
    'hosts/contoso.com/hostPairs?$orderby=firstSeenDateTime&$top=50',
  ],
  ['host-passive-dns-list', { host_id: 'contoso[.]com' }, `hosts/contoso.com/passiveDns?${NEWEST}&$top=50`],
  [
    'host-passive-dns-list',
    { host_id: '[2001:DB8::1]' },
    'hosts/2001%3Adb8%3A%3A1/passiveDnsReverse?$top=50',
  ],
  [
    'host-passive-dns-list',
    { host_id: '192[.]0.2.1', direction: 'forward' },
    `hosts/192.0.2.1/passiveDns?${NEWEST}&$top=50`,
  ],
  [
    'host-passive-dns-list',
    { host_id: '192.0.2.1', record_type: "O'A" },
    'hosts/192.0.2.1/passiveDnsReverse?$filter=recordType%20eq%20%27O%27%27A%27&$top=50',
  ],
  [
    'host-passive-dns-list',
    { passive_dns_record_id: 'x=', record_type: 'A', direction: 'reverse' },
    'passiveDnsRecords/x%3D',
  ],
  [
    'ssl-certificate-list',
    { search_property: 'SHA1', search_value: ' fb:96:55 ' },
    `sslCertificates?$search=%22sha1:fb9655%22&${NEWEST}&$top=50`,
  ],
  [
    'ssl-certificate-list',
    { search_property: 'subject/commonName', search_value: 'a "b" \\ c&d#{search_property}', limit: '3' },
    `sslCertificates?$search=%22subject/commonName:a%20%5C%22b%5C%22%20%5C%5C%20c%26d%23%7Bsearch_property%7D%22&${NEWEST}&$top=3`,
  ],
  [
    'whois-search',
    { search_property: 'nameservers/host/id', search_value: 'ns1.example.net', all_results: 'true' },
    'whoisRecords?$search=%22nameservers/host/id:ns1.example.net%22&$orderby=registrationDateTime%20desc',
  ],
  ['vulnerability', { vulnerability_id: ' cve-2099-10001 ' }, 'vulnerabilities/CVE-2099-10001'],
  [
    'vulnerability-components-list',
    { vulnerability_id: 'CVE\u20112099\u201110001', vulnerability_component_id: 'Y3Zl/+==' },
    'vulnerabilities/CVE-2099-10001/components/Y3Zl%2F%2B%3D%3D',
  ],
];

test.each(REQUESTS)('%s with %j', async (command, args, request) => {
  expect(await run(command, args)).toMatchObject({ requested: [request] });
});

const REFUSALS: readonly (readonly [command: string, args: Args, code: string, word: string])[] = [
  ['host-pairs-list', { host_id: 'contoso.com', direction: 'up' }, 'ARGUMENT_INVALID', 'both, parent, child'],
  ['host-ports-list', {}, 'ARGUMENT_MISSING', 'host_id, host_port_id'],
  [
    'host-ports-list',
    { host_id: 'contoso.com', host_port_id: 'x' },
    'ARGUMENT_INVALID',
    'host_id and host_port_id',
  ],
  [
    'host-passive-dns-list',
    { host_id: 'contoso.com', record_type: 'A', odata: "$filter=recordType eq 'MX'" },
    'ARGUMENT_INVALID',
    'odata: $filter cannot be combined',
  ],
  ['host-passive-dns-list', { host_id: '192.0.2.0/24' }, 'ARGUMENT_INVALID', 'CIDR block'],
  ['ssl-certificate-list', {}, 'ARGUMENT_MISSING', 'search_property with search_value, ssl_certificate_id'],
  ['ssl-certificate-list', { search_value: 'x' }, 'ARGUMENT_INVALID', 'search_value cannot be used alone'],
  [
    'ssl-certificate-list',
    { ssl_certificate_id: 'x', search_property: 'sha1', search_value: 'x' },
    'ARGUMENT_INVALID',
    'cannot be combined',
  ],
  [
    'ssl-certificate-list',
    { search_property: 'sha256', search_value: 'x' },
    'ARGUMENT_INVALID',
    'fingerprint, sha1',
  ],
  [
    'ssl-certificate-list',
    { search_property: 'sha1', search_value: '::' },
    'ARGUMENT_INVALID',
    'nothing to search for',
  ],
  [
    'whois-search',
    { search_property: 'registrant/email', search_value: 'x', odata: '$search="x"' },
    'ARGUMENT_INVALID',
    'odata: $search cannot be combined',
  ],
  [
    'whois-search',
    { search_property: 'registrant', search_value: 'x' },
    'ARGUMENT_INVALID',
    'registrant/email',
  ],
  ['vulnerability', { vulnerability_id: 'MS17-010' }, 'ARGUMENT_INVALID', 'CVE-2021-44228'],
  [
    'vulnerability-components-list',
    { vulnerability_component_id: 'x' },
    'ARGUMENT_MISSING',
    'vulnerability_id',
  ],
];

test.each(REFUSALS)('%s rejects %j before anything is sent', async (command, args, code, word) => {
  const { requested, error, code: raised } = await run(command, args);
  expect({ requested, raised }).toEqual({ requested: [], raised: code });
  expect(error).toContain(word);
});
