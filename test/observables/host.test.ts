import {
  isAddress,
  mismatchOf,
  normalizeAddress,
  normalizeDomain,
  normalizeHost,
} from '../../src/observables/host';
import { raised } from '../support/raised';

test.each([
  [' contoso.com\n', 'contoso.com'],
  ['CONTOSO.com.', 'contoso.com'],
  ['contoso.com:443', 'contoso.com'],
  ['contoso.com:', 'contoso.com'],
  ['contoso.com:443/a?b#c', 'contoso.com'],
  ['contoso.com?a=/b', 'contoso.com'],
  ['contoso.com#a', 'contoso.com'],
  ['contoso[.]com', 'contoso.com'],
  ['a(.)contoso{dot}com', 'a.contoso.com'],
  ['contoso\\.com', 'contoso.com'],
  ['contoso[/]com', 'contoso'],
  ['hxxp://contoso[.]com/x', 'contoso.com'],
  ['HXXPS[:]//contoso.com', 'contoso.com'],
  ['h**ps[://]contoso.com', 'contoso.com'],
  ['https:contoso.com', undefined],
  ['https:/contoso.com', 'contoso.com'],
  ['http:/contoso.com', 'contoso.com'],
  ['contoso.com\\x', undefined],
  ['https:\\\\contoso.com\\x', 'contoso.com'],
  ['ftp://user:word@contoso.com', 'contoso.com'],
  ['https://a@b@contoso.com/@x', 'contoso.com'],
  ['git+ssh://git@contoso.com/x', 'contoso.com'],
  ['contoso.com/?u=http://example.org', 'contoso.com'],
  ['www.hxxp.example', 'www.hxxp.example'],
  ['hxxp.example', 'http.example'],
  ['httpd', 'httpd'],
  ['my-http', 'my-http'],
  ['http', undefined],
  ['https:', undefined],
  ['hxxps', undefined],
  ['user@b@contoso.com', undefined],
  ['contoso.com:80x', undefined],
  ['contoso.com:123456', undefined],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['_dmarc.contoso.com', '_dmarc.contoso.com'],
  ['a-b.example', 'a-b.example'],
  ['-a.example', undefined],
  ['a-.example', undefined],
  ['a..example', undefined],
  ['.example', undefined],
  ['a b.example', undefined],
  ['100%.example', undefined],
  ['a\u0007.example', undefined],
  ['a.5', undefined],
  ['a.12', undefined],
  ['12', undefined],
  ['a.0x1f', undefined],
  ['0x7f.1', undefined],
  ['1.2.3', undefined],
  ['a.0x', undefined],
  ['a.a5', 'a.a5'],
  ['a.5a', 'a.5a'],
  ['a.0xg', 'a.0xg'],
  ['a.x0x1', 'a.x0x1'],
  ['192.0.2.1', '192.0.2.1'],
  ['192[.]0.2[.]1:8080/x', '192.0.2.1'],
  ['192.0.2.256', undefined],
  ['2001:DB8:0::1', '2001:db8::1'],
  ['2001[:]db8[:][:]1', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['https://[2001:db8::1]:443/x', '2001:db8::1'],
  ['[2001:db8::1]x', undefined],
  ['x[2001:db8::1]', undefined],
  ['[2001:db8::1]:x', undefined],
  ['[contoso.com]', undefined],
  ['fe80::1%eth0', undefined],
  ['192.0.2.1/24x', '192.0.2.1'],
  ['192.0.2.1/24/x', '192.0.2.1'],
  ['192.0.2.1/1234', '192.0.2.1'],
  ['contoso.com/24', 'contoso.com'],
])('%j is read as the host %j', async (text, host) => {
  if (host !== undefined) expect(normalizeHost(text)).toBe(host);
  else
    expect(await raised(() => normalizeHost(text))).toMatchObject({
      code: 'ARGUMENT_INVALID',
      message: `${JSON.stringify(text)} is not a host name or address.`,
      hint: 'Give a host name such as contoso.com, an IPv4 or an IPv6 address; a URL or a defanged form works too.',
    });
});

test.each([
  [
    normalizeAddress,
    '999.1.1.1',
    'is not an IP address.',
    'Give an address such as 192.0.2.1 or 2001:db8::1. A URL',
  ],
  [
    normalizeDomain,
    'contoso..com',
    'is not a host name.',
    'Give a host name such as contoso.com. A URL or a',
  ],
  [normalizeAddress, 'N/A', 'is a placeholder.', 'Leave it out.'],
  [normalizeAddress, 'contoso.com', 'is not an IP address.', 'Run `!domain contoso.com`.'],
])('%p advises what fits the argument for %j', async (normalize, text, reason, hint) => {
  expect(await raised(() => normalize(text))).toMatchObject({
    message: `${JSON.stringify(text)} ${reason}`,
    hint: expect.stringContaining(hint),
  });
});

test.each([
  '192.0.2.0/24',
  '192[.]0.2.0/8',
  '192.0.2.0/255.255.255.0',
  '192.0.2.0/24/',
  '192.0.2.0/24?a=b',
  '192.0.2.0/24/#lab',
  '192.0.2.0/24 (lab)',
  '192.0.2.0/24, 198.51.100.0/24',
  '2001:db8::/32',
  '[2001:db8::]/128',
])('%j is a CIDR block', async (text) => {
  expect(await raised(() => normalizeHost(text))).toMatchObject({
    message: `${JSON.stringify(text)} is a CIDR block.`,
    hint: 'Look up its addresses one by one.',
  });
});

test.each(['/192.0.2.0/24', 'x[192.0.2.0]/24', '192.0.2.0,/24'])('%j is not a CIDR block', async (text) => {
  expect((await raised(() => normalizeHost(text))).message).toBe(
    `${JSON.stringify(text)} is not a host name or address.`,
  );
});

test('a text above 8,192 characters is rejected for its length', async () => {
  const url = (length: number) => 'contoso.com/'.padEnd(length, 'x');
  expect(normalizeHost(` ${url(8_192)} `)).toBe('contoso.com');
  expect((await raised(() => normalizeHost(url(8_193)))).message).toContain(
    'is longer than 8,192 characters.',
  );
});

test.each([
  ['192.0.2.1', true],
  [' 2001:db8::1 ', true],
  ['contoso.com', false],
  ['not a host', false],
])('%j is an address: %s', (text, expected) => {
  expect(isAddress(text)).toBe(expected);
});

test('a name is not an address, and an address is not a name', async () => {
  expect(normalizeAddress(' 192[.]0.2.1 ')).toBe('192.0.2.1');
  expect(normalizeDomain(' contoso[.]com ')).toBe('contoso.com');
  expect(await raised(() => normalizeAddress(' contoso.com '))).toMatchObject({
    code: 'ARGUMENT_INVALID',
    message: '"contoso.com" is not an IP address.',
    hint: 'Run `!domain contoso.com`.',
  });
  expect(await raised(() => normalizeDomain(' 192.0.2.1 '))).toMatchObject({
    code: 'ARGUMENT_INVALID',
    message: '"192.0.2.1" is not a host name.',
    hint: 'Run `!ip 192.0.2.1`.',
  });
});

const SEARCH = 'Search articles for it.';
const HOSTS_ONLY = 'Graph looks up hosts and CVE IDs only';
const hash = (length: number) => 'aB3'.repeat(22).slice(0, length);
const MD5 = hash(32);
const SHA1 = hash(40);
const SHA256 = hash(64);

test.each<readonly [string, string, string]>([
  ...['n/a', 'NA', 'none', 'NULL', 'nil', 'unknown', 'undefined', '-', '---', '?', '???'].map(
    (text) => [text, 'is a placeholder', 'Leave it out.'] as const,
  ),
  [MD5, `is an MD5 hash; ${HOSTS_ONLY}`, SEARCH],
  [SHA1, `is a SHA-1 hash; ${HOSTS_ONLY}`, SEARCH],
  [SHA256, `is a SHA-256 hash; ${HOSTS_ONLY}`, SEARCH],
  ...['AS64496', 'as 64496', 'ASN64496', 'asn 64496', 'AS1'].map(
    (text) => [text, `is an AS number; ${HOSTS_ONLY}`, 'Leave it out.'] as const,
  ),
  ...['CVE-2021-44228', 'cve\u20112021\u221244228'].map(
    (text) => [text, 'is a CVE ID, not a host', 'Run `!cve CVE-2021-44228`.'] as const,
  ),
  ['soc@contoso.com', 'is an e-mail address; look up its domain', 'Run `!domain contoso.com`.'],
  ['soc@contoso..com', 'is an e-mail address; look up its domain', 'Give the part after the @.'],
])('%j %s', async (text, reason, hint) => {
  expect(mismatchOf(text)).toEqual({ reason, hint });
  expect(await raised(() => normalizeHost(text))).toMatchObject({
    message: `${JSON.stringify(text)} ${reason}.`,
    hint,
  });
});

test.each([
  'none.example',
  'x-none',
  'a',
  'g'.repeat(32),
  `${MD5}a`,
  `x${MD5}`,
  `${SHA1}a`,
  `x${SHA1}`,
  `x${SHA256}`,
  `${SHA256}a`,
  'as64496.example',
  'gas64496',
  'as12345678901',
  'as number',
  'cve-2021-44228.example',
  'x-cve-2021-44228',
  'cve-21-44228',
  'cve-2021-x',
  'https://user@contoso.com',
  'a@b@contoso.com',
  'a@contoso.com/x',
  'a b@contoso.com',
])('%j is none of these', (text) => {
  expect(mismatchOf(text)).toBeUndefined();
});
