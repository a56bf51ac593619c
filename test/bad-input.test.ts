import { errorText } from './support/outcome';
import { recordedPlugin } from './support/recorder';

const P = 'msg-defender-threat-intel-';
const API = 'GET https://graph.microsoft.com/v1.0/security/threatIntelligence/';

/** Invalid input, and the part of the error that helps the user; no request is sent to Graph. */
const REFUSED: readonly [
  command: string,
  args: Readonly<Record<string, unknown>>,
  words: readonly string[],
][] = [
  ['article-list', { limit: 'abc' }, ['limit', '"abc"', 'whole number, 1 or higher']],
  ['article-list', { limit: '-1' }, ['limit', '-1', 'whole number, 1 or higher']],
  ['article-list', { limit: '0' }, ['limit', '0', 'whole number, 1 or higher']],
  ['article-list', { limit: '1.5' }, ['limit', '1.5', 'whole number, 1 or higher']],
  ['article-list', { limit: '5&$skip=10' }, ['limit', '5&$skip=10', 'whole number, 1 or higher']],
  ['article-list', { limit: ['5'] }, ['limit', '["5"]']],
  ['article-list', { all_results: 'perhaps' }, ['all_results', '"perhaps"', 'true or false']],
  ['article-list', { odata: '$top=5&$top=6' }, ['odata', '$top', 'twice']],
  [
    'article-list',
    { odata: '$format=json' },
    ['"$format"', '$count $expand $filter $orderby $search $select $skip $top'],
  ],
  ['article-list', { odata: 'top=5' }, ['"top"', 'Write $top']],
  ['article-list', { odata: '$top=0' }, ['$top: "0"', 'whole number, 1 or higher']],
  ['article-list', { odata: '$skip=-1' }, ['$skip: "-1"', 'whole number, 0 or higher']],
  ['article-list', { odata: '$count=yes' }, ['$count: "yes"', 'true or false']],
  ['article-list', { odata: '$filter=' }, ['$filter has no value']],
  ['article-list', { odata: '$filter' }, ['$filter has no value']],
  ['article-list', { odata: "$filter=title eq 'O'Brien'" }, ['$filter', "'' is a quote"]],
  ['article-list', { odata: '$select=title;drop' }, ['$select', 'property names']],
  ['article-list', { odata: '$filter=a eq %FF' }, ['not UTF-8']],
  ['article-list', { odata: '$top=7', limit: '9' }, ['limit (9)', '$top=7', 'Remove one of them']],
  ['article-list', { odata: '$search="a"', search: 'b' }, ['$search', 'cannot be combined']],
  ['article-list', { article_id: '..' }, ['article_id', '".."']],
  ['article-list', { article_id: '.' }, ['article_id', '"."']],
  ['article-list', { search: 'half \ud800 of a character' }, ['search', 'unpaired surrogate']],
  ['article-list', { nonsense: '1' }, ['"nonsense"', 'article_id, search, odata, limit, all_results']],
  ['article-list', { article_id: { deep: 1 } }, ['article_id', 'is not a string']],
  ['article-indicators-list', {}, ['exactly one of', 'article_id', 'article_indicator_id']],
  [
    'article-indicators-list',
    { article_id: 'a', article_indicator_id: 'b' },
    ['article_id and article_indicator_id', 'exactly one of'],
  ],
  ['host-whois', { limit: '50' }, ['exactly one of', 'host_id', 'whois_record_id']],
  [
    'host-whois-history',
    { host_id: 'contoso.com', whois_record_id: 'b', whois_history_record_id: 'c' },
    ['exactly one of'],
  ],
  ['host', {}, ['needs the argument host_id']],
  ['host', { host_id: '' }, ['needs the argument host_id']],
  ['host', { host_id: '  , ,' }, ['needs the argument host_id']],
  ['host', { host_id: '../../../me' }, ['../../../me', 'not a host name or address']],
  ['host', { host_id: 'a b.example' }, ['not a host name or address']],
  ['host', { host_id: 'soc@contoso.com' }, ['soc@contoso.com', 'is an e-mail address']],
  ['host', { host_id: '192.0.2.0/24' }, ['192.0.2.0/24', 'CIDR block']],
  ['host', { host_id: '2001:db8::/32' }, ['2001:db8::/32', 'CIDR block']],
  ['host', { host_id: '[2001:db8::]/32' }, ['[2001:db8::]/32', 'CIDR block']],
  ['host', { host_id: '192.0.2.0/255.255.255.0' }, ['CIDR block']],
  ['host', { host_id: '192.0.2.0/24/' }, ['CIDR block']],
  ['host', { host_id: '192.0.2.0/24?x' }, ['CIDR block']],
  ['host', { host_id: 'https//contoso.com' }, ['https//contoso.com', 'not a host name or address']],
  ['host', { host_id: 'http:' }, ['not a host name or address']],
  ['host', { host_id: 'contoso.com\\x' }, ['not a host name or address']],
  ['host', { host_id: '192.0.2.256' }, ['192.0.2.256', 'not a host name or address']],
  ['host', { host_id: 'fe80::1%eth0' }, ['not a host name or address']],
  ['host', { host_id: '-contoso-.com' }, ['not a host name or address']],
  ['host', { host_id: 'contoso.com%00' }, ['not a host name or address']],
  ['hst', { host_id: 'contoso.com' }, ['no command', 'Did you mean msg-defender-threat-intel-host?']],
];

test.each(REFUSED)('%s %j is rejected in words, and nothing is sent', async (command, args, outcome) => {
  const { plugin, requested } = recordedPlugin();
  const text = errorText(await plugin.execute(P + command, args));
  for (const part of outcome) expect(text).toContain(part);
  expect(requested).toEqual([]);
});

/** What a user types, and the request line that leaves. */
const SENT: readonly [command: string, args: Readonly<Record<string, unknown>>, line: string][] = [
  ['article-list', { limit: '' }, 'articles?$top=50'],
  ['article-list', { limit: null, article_id: '' }, 'articles?$top=50'],
  ['article-list', { limit: ' 7 ' }, 'articles?$top=7'],
  ['article-list', { all_results: 'TRUE', limit: '50' }, 'articles'],
  ['article-list', { odata: '%3F%24select%3Did%2Ctitle%26%24top%3D3' }, 'articles?$select=id,title&$top=3'],
  [
    'article-list',
    { odata: '%24filter%3Dtitle%20eq%20%27a%20%26%20b%27%26%24count%3Dtrue' },
    'articles?$filter=title%20eq%20%27a%20%26%20b%27&$count=true&$top=50',
  ],
  ['article-list', { article_id: 'a1', limit: '20', odata: '$top=5' }, 'articles/a1'],
  ['article-list', { limit: '20000' }, 'articles?$top=200'],
  ['article-list', { odata: '?$top=7', limit: '50' }, 'articles?$top=7'],
  [
    'article-list',
    { odata: "$filter=contains(title,'a & b # c+d')&$orderBy=title" },
    'articles?$filter=contains(title,%27a%20%26%20b%20%23%20c%2Bd%27)&$orderby=title&$top=50',
  ],
  [
    'article-list',
    { odata: '%24filter%3Dtitle%20eq%20%27a%2526b%27' },
    'articles?$filter=title%20eq%20%27a%2526b%27&$top=50',
  ],
  [
    'article-list',
    { odata: '$filter=title eq %27caf%C3%A9%27 and a eq 5%' },
    'articles?$filter=title%20eq%20%27caf%C3%A9%27%20and%20a%20eq%205%25&$top=50',
  ],
  [
    'article-list',
    { odata: "$filter=title eq 'O''Brien'" },
    'articles?$filter=title%20eq%20%27O%27%27Brien%27&$top=50',
  ],
  [
    'article-list',
    { odata: '$search="a & b"&$select=title' },
    'articles?$search=%22a%20%26%20b%22&$select=id,title&$top=50',
  ],
  ['article-list', { odata: '$select=title, id' }, 'articles?$select=title,id&$top=50'],
  ['article-list', { search: 'a "b" \\' }, 'articles?$search=%22a%20%5C%22b%5C%22%20%5C%5C%22&$top=50'],
  [
    'article-list',
    { article_id: 'a/b+c=', limit: '50', odata: '$select=title&$top=3' },
    'articles/a%2Fb%2Bc%3D?$select=id,title',
  ],
  ['article-list', { article_id: '../me?x#y' }, 'articles/..%2Fme%3Fx%23y'],
  ['host', { host_id: ' CONTOSO.com. ' }, 'hosts/contoso.com'],
  ['host', { host_id: 'hxxps://user:pw@Contoso[.]com:8443/x/y?z#w' }, 'hosts/contoso.com'],
  ['host', { host_id: 'contoso(dot)com/x' }, 'hosts/contoso.com'],
  ['host', { host_id: 'contoso.com/24' }, 'hosts/contoso.com'],
  ['host', { host_id: 'contoso.com?x' }, 'hosts/contoso.com'],
  ['host', { host_id: 'contoso.com#x' }, 'hosts/contoso.com'],
  ['host', { host_id: 'contoso\\.com' }, 'hosts/contoso.com'],
  ['host', { host_id: 'hxxp:\\\\contoso.com\\x' }, 'hosts/contoso.com'],
  ['host', { host_id: 'https:/contoso.com/x' }, 'hosts/contoso.com'],
  ['host', { host_id: 'contoso.com:/x' }, 'hosts/contoso.com'],
  ['host', { host_id: 'bücher.example' }, 'hosts/xn--bcher-kva.example'],
  ['host', { host_id: '_dmarc.contoso.com' }, 'hosts/_dmarc.contoso.com'],
  ['host', { host_id: '2001:DB8:0:0:0:0:0:1' }, 'hosts/2001%3Adb8%3A%3A1'],
  ['host', { host_id: 'https://[2001:db8::1]:443/' }, 'hosts/2001%3Adb8%3A%3A1'],
  ['host', { host_id: '192[.]0[.]2[.]1' }, 'hosts/192.0.2.1'],
];

test.each(SENT)('%s %j leaves as documented', async (command, args, line) => {
  const { plugin, requested } = recordedPlugin();
  await plugin.execute(P + command, args);
  expect(requested).toEqual([API + line]);
});

test('a duplicate is requested only one time, however it is written', async () => {
  const { plugin, requested } = recordedPlugin(() => ({
    status: 200,
    headers: {},
    body: '{"id":"contoso.com"}',
  }));
  const { entries } = await plugin.execute(`${P}host`, {
    host_id: 'contoso.com,CONTOSO[.]com, https://contoso.com/',
  });
  expect(requested).toEqual([`${API}hosts/contoso.com`]);
  expect(entries[0]?.EntryContext).toEqual({
    'MSGDefenderThreatIntel.Host(val.id && val.id == obj.id)': { id: 'contoso.com' },
  });
});

const PAGE = { value: [{ id: 'a' }], '@odata.count': 1200, '@odata.nextLink': 'https://evil.example/x' };

test('an unneeded nextLink does not fail the command, and the count is shown', async () => {
  const { plugin } = recordedPlugin(() => ({ status: 200, headers: {}, body: JSON.stringify(PAGE) }));
  const { entries } = await plugin.execute(`${P}article-list`, { limit: '1', odata: '$count=true' });
  expect(entries[0]?.HumanReadable).toContain('Showing 1 of 1,200 articles. Raise limit');
});

test('if limit equals max_results, the text names the setting to change', async () => {
  const response = () => ({ status: 200, headers: {}, body: JSON.stringify(PAGE) });
  const { plugin } = recordedPlugin(response, { max_results: '1' });
  const { entries } = await plugin.execute(`${P}article-list`, { limit: '1' });
  expect(entries[0]?.HumanReadable).toContain('Stopped at max_results (1)');
});
