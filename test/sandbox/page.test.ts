import type { Sandbox } from '../../src/sandbox';
import { type Reply, reader, start } from './client';

let sandbox: Sandbox;
let get: (path: string) => Promise<Reply>;

beforeAll(async () => {
  sandbox = await start();
  get = await reader(sandbox);
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.faults.pageSize = 100;
});

/** The pages from a path on, by following what each one links to. */
async function pages(path: string): Promise<Reply['json'][]> {
  const found: Reply['json'][] = [];
  for (let next: string | undefined = path; next; next = found.at(-1)['@odata.nextLink'])
    found.push((await get(next)).json);
  return found;
}

function ids(found: readonly Reply['json'][]): string[] {
  return found.flatMap((page) => page.value.map((row: { id: string }) => row.id));
}

test('pages link to the next until every row was sent once', async () => {
  const found = await pages('/articles');
  expect(found.map((page) => page.value.length)).toEqual([100, 28]);
  expect(new Set(ids(found)).size).toBe(128);
  expect(found[0]['@odata.nextLink']).toMatch(
    new RegExp(`^${sandbox.origin}/v1.0/security/threatIntelligence/articles\\?\\$skiptoken=`),
  );
});

test('$top is a wish for the page size, which the service may lower', async () => {
  expect((await pages('/articles?$top=60')).map((page) => page.value.length)).toEqual([60, 60, 8]);
  sandbox.faults.pageSize = 50;
  expect((await pages('/articles?$top=60')).map((page) => page.value.length)).toEqual([50, 50, 28]);
});

test('nextLink keeps the other options and the skipped rows', async () => {
  const filter = encodeURIComponent("kind eq 'actor' and contains(title,'| ')");
  const found = await pages(
    `/intelProfiles?$filter=${filter}&$orderby=title desc&$select=id,title&$skip=3&$top=10&$count=true`,
  );
  const titles = found.flatMap((page) => page.value.map((row: { title: string }) => row.title));
  expect(found.map((page) => page['@odata.count'])).toEqual(found.map(() => 40));
  expect(titles).toHaveLength(37);
  expect(titles).toEqual(titles.toSorted().toReversed());
  expect(Object.keys(found[3].value[0])).toEqual(['@odata.type', 'id', 'title']);
});

test('the count of a collection is a separate resource', async () => {
  const { text, headers } = await get('/hosts/contoso.com/whois/history/$count');
  expect([text, headers['content-type']]).toEqual(['114', 'text/plain']);
});

test.each([
  ['/articles?$top=0', 0],
  ['/articles?$skip=1000', 0],
  ['/articles?$skip=120', 8],
])('%s ends without a link', async (path, length) => {
  const { json } = await get(path);
  expect(json.value).toHaveLength(length);
  expect(json).not.toHaveProperty('@odata.nextLink');
});

test('a list that is requested in another way between two pages continues as it started', async () => {
  const ids = async (query: string) =>
    (await get(`/hosts/contoso.com/subdomains?$top=2&${query}`)).json.value.map(
      ({ id }: { id: string }) => id,
    );
  const [up, down] = [await ids('$orderby=id asc'), await ids('$orderby=id desc')];
  expect(up).toEqual(up.toSorted());
  expect(down).toEqual(down.toSorted().toReversed());
  expect(down).not.toEqual(up.toReversed());
  expect(await ids('$orderby=id asc')).toEqual(up);
});
