import type { Sandbox } from '../../src/sandbox';
import { type Reply, reader, start } from './client';

let sandbox: Sandbox;
let get: (path: string) => Promise<Reply>;

beforeAll(async () => {
  sandbox = await start();
  get = await reader(sandbox);
});
afterAll(() => sandbox.close());

/** A query with its values encoded as a client would: `{ $filter: "a eq 'b'" }`. */
function query(options: Readonly<Record<string, string>>): string {
  return `?${Object.entries(options)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')}`;
}

async function rows(path: string, options: Readonly<Record<string, string>>) {
  return (await get(`${path}${query(options)}`)).json.value;
}

test('$select keeps what it names and adds no id', async () => {
  const [article] = await rows('/articles', { $select: 'title,summary/content', $top: '1' });
  expect(Object.keys(article)).toEqual(['title', 'summary']);
  expect(Object.keys(article.summary)).toEqual(['content']);
  const [pair] = await rows('/hosts/contoso.com/hostPairs', { $select: 'childHost' });
  expect(Object.keys(pair)).toEqual(['@odata.type', 'childHost']);
});

describe('$filter', () => {
  test.each<[path: string, filter: string, fits: (row: Reply['json']) => boolean]>([
    ['/intelProfiles', "kind eq 'tool'", (row) => row.kind === 'tool'],
    ['/intelProfiles', "not (kind eq 'tool')", (row) => row.kind === 'actor'],
    ['/articles', 'isFeatured eq true', (row) => row.isFeatured === true],
    [
      '/articles',
      "contains(title,'Heron') or startswith(title,'Velvet')",
      (row) => /Heron|^Velvet/.test(row.title),
    ],
    [
      '/articles',
      "endswith(title,'''single''') or contains(title, '''single''')",
      (row) => /'single'/.test(row.title),
    ],
    ['/articles', 'createdDateTime ge 2025-01-01T00:00:00Z', (row) => row.createdDateTime >= '2025'],
    [
      '/articles',
      'imageUrl ne null and isFeatured eq false',
      (row) => row.imageUrl !== null && !row.isFeatured,
    ],
    ['/articles', "tags/any(t:t eq 'Phishing')", (row) => row.tags?.includes('Phishing') ?? false],
    ['/articles', "summary/format eq 'markdown'", (row) => row.summary.format === 'markdown'],
    ['/hosts/contoso.com/ports', 'port gt 22 and port lt 8080', (row) => [53, 443].includes(row.port)],
    ['/hosts/contoso.com/ports', 'timesObserved le 31', (row) => row.timesObserved === 31],
    ['/hosts/contoso.com/passiveDns', "recordType in ('A', 'AAAA')", (row) => /^A/.test(row.recordType)],
    [
      '/hosts/contoso.com/hostPairs',
      "childHost/id eq 'contoso.com'",
      (row) => row.childHost.id === 'contoso.com',
    ],
    [
      '/hosts',
      "registrar eq 'Example Registrar, Inc.'",
      (row) => row.registrar === 'Example Registrar, Inc.',
    ],
  ])('%s where %s', async (path, filter, fits) => {
    const all = await rows(path, { $top: '100' });
    const expected = all.filter(fits);
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.length).toBeLessThan(all.length);
    const found = await rows(path, { $filter: filter, $top: '100' });
    expect(
      found.filter((row: { id: string }) => all.some((other: { id: string }) => other.id === row.id)),
    ).toEqual(expected);
  });

  test('and binds tighter than or', async () => {
    const loose = await rows('/articles', { $filter: 'true or true and false' });
    expect(loose.length).toBeGreaterThan(0);
    expect(await rows('/articles', { $filter: '(true or true) and false' })).toEqual([]);
  });
});

test('$orderby sorts by several keys, null first', async () => {
  const ports = await rows('/hosts/contoso.com/ports', { $orderby: 'protocol desc,port desc' });
  expect(ports.map((row: { port: number }) => row.port)).toEqual([53, 443, 22, 8080]);
  const ascending = await rows('/hosts/contoso.com/ports', { $orderBy: 'protocol' });
  expect(ascending[0].protocol).toBeNull();
});

describe('$search', () => {
  test('looks through all text of an article', async () => {
    const found = await rows('/articles', { $search: '"volume SERIAL number"', $count: 'true' });
    expect(found.length).toBeGreaterThan(0);
    expect(await rows('/articles', { $search: '"no article says this"' })).toEqual([]);
    const both = await rows('/articles', { $search: '"heron" AND "tinrat" OR "no article says this"' });
    for (const { title, summary } of both) expect(`${title} ${summary.content}`).toMatch(/heron/i);
  });

  test.each([
    ['/sslCertificates', 'subject/commonName:CONTOSO.com', 1],
    ['/sslCertificates', 'subject/alternateNames:www.contoso.com', 2],
    ['/sslCertificates', 'issuer/organizationName:Contoso, Ltd.', 2],
    ['/whoisRecords', 'registrant/email:registrant@contoso.com', 1],
    ['/whoisRecords', 'admin/address/state:WA', 1],
    ['/whoisRecords', 'nameservers/host/id:ns1.example.net', 7],
  ])('of %s finds %s', async (path, phrase, count) => {
    expect(await rows(path, { $search: `"${phrase}"` })).toHaveLength(count);
  });

  test('finds a fingerprint without its colons', async () => {
    const [known] = await rows('/sslCertificates', { $search: '"subject/commonName:contoso.com"' });
    const found = await rows('/sslCertificates', {
      $search: `"fingerprint:${known.fingerprint.replaceAll(':', '')}"`,
    });
    expect(found.map((row: { id: string }) => row.id)).toEqual([known.id]);
  });
});

describe('a request rejected with 400', () => {
  test.each([
    ['/articles?$foo=1', "The query parameter '$foo' is not supported."],
    ['/articles?limit=1', "The query parameter 'limit' is not supported."],
    ['/articles?$top=1&$top=2', "Query option '$top' was specified more than once"],
    ['/articles?$top=-1', 'requires a non-negative integer value'],
    ['/articles?$top=abc', "Invalid value 'abc' for $top"],
    ['/articles?$skip=1.5', "Invalid value '1.5' for $skip"],
    ['/articles?$count=yes', "Invalid value 'yes' for $count"],
    ['/articles?$skiptoken=abc', 'The skip token is invalid.'],
    [
      '/articles?$select=nope',
      "Could not find a property named 'nope' on type 'microsoft.graph.security.article'",
    ],
    ['/articles?$expand=indicators', "The property 'indicators' cannot be used in the $expand query option."],
    ['/articles?$expand=title', 'Only navigation properties can be expanded.'],
    ["/articles?$filter=nope eq 'x'", "Could not find a property named 'nope'"],
    ["/articles?$filter=title eq 'open", 'There is an unterminated literal at position 14'],
    ['/articles?$filter=title eq', 'Syntax error at position 8'],
    ["/articles?$filter=title eq 'a' title", 'Syntax error at position 13'],
    [
      '/articles?$filter=title eq 5',
      "incompatible types was detected. Found operand types 'Edm.String' and 'Edm.Double'",
    ],
    ['/articles?$filter=createdDateTime eq 2025-99-99', "Unrecognized 'Edm.DateTimeOffset' literal"],
    ['/articles?$filter=title', 'must evaluate to a single boolean value'],
    ["/articles?$filter=shout(title,'a')", "An unknown function with name 'shout' was found."],
    ['/articles?$filter=contains(title,5)', "No function signature for the function with name 'contains'"],
    ['/articles?$orderby=nope', "Could not find a property named 'nope'"],
    ['/articles?$orderby=title upwards', "Syntax error in 'title upwards'"],
    ['/articles?$orderby=summary', 'cannot be used in the $orderby query option'],
    ['/articles?$search="open', "Syntax error: character '\"' is not valid at position 0"],
    ['/articles?$search=a:b', "Syntax error: character ':' is not valid at position 1"],
    ['/articles?$search=', 'holds nothing to search for'],
    ['/sslCertificates', 'The query parameter $search is required for this resource.'],
    ['/sslCertificates?$search="subject/shoe:9"', "Could not find a property named 'shoe'"],
    ['/sslCertificates?$search="fingerprint:aa:bb"', "is not of the form 'property:value'"],
    ['/hosts/contoso.com?$top=1', 'The requested resource is not a collection.'],
    ['/articles?$filter=%zz', 'malformed percent-encoding'],
  ])('%s', async (path, message) => {
    const { status, json } = await get(path);
    expect(status).toBe(400);
    expect(json.error.code).toBe('BadRequest');
    expect(json.error.message).toContain(message);
  });
});
