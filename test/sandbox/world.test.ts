import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import model from '../../src/model/generated/graph-model.json';
import { WORLD } from './client';
import { check, leaves, navigation, SETS, survey, type Thing } from './model-check';

interface Row extends Thing {
  readonly id: string;
}

function read(set: string): Row[] {
  return JSON.parse(readFileSync(join(WORLD, `${set}.json`), 'utf8'));
}

const FILES = SETS.filter(({ set }) => existsSync(join(WORLD, `${set}.json`)));

function row(set: string, id: string): Record<string, Row[] | undefined> {
  const found = read(set).find((candidate) => candidate.id === id);
  return (found ?? {}) as Record<string, Row[] | undefined>;
}

test('has files for the five root sets', () => {
  expect(FILES.map(({ set }) => set).toSorted()).toEqual([
    'articles',
    'hosts',
    'intelProfiles',
    'sslCertificates',
    'vulnerabilities',
  ]);
});

test.each(FILES)('$set.json fits the model', ({ set, type }) => {
  expect(check(read(set), { type, collection: true }, set)).toEqual([]);
});

test.each([
  [
    { id: 'x', classification: 'evil', rules: null, score: 1 },
    'hostReputation',
    'evil is not hostReputationClassification',
  ],
  [{ id: 'x', classification: 'neutral', rules: null, score: 'high' }, 'hostReputation', 'is not Edm.Int32'],
  [{ id: 'x', classification: 'neutral', rules: null }, 'hostReputation', 'x.score: is missing'],
  [{ id: 'x', classification: 'neutral', rules: null, score: null }, 'hostReputation', 'must not be null'],
  [{ id: 'x', color: 'red', firstSeenDateTime: null }, 'subdomain', 'x.color: is not of subdomain'],
  [{ id: 'x', firstSeenDateTime: 'yesterday' }, 'subdomain', 'is not Edm.DateTimeOffset'],
  [{ '@odata.type': '#microsoft.graph.security.article', id: 'x' }, 'host', 'article is not host'],
])('what does not fit is found: %j', (thing, type, finding) => {
  expect(check(thing, { type }, 'x').join()).toContain(finding);
});

describe('each property has a value somewhere', () => {
  const found = new Map<string, Set<string>>();
  for (const { set, type } of FILES) survey(read(set), type, found);
  const concrete = Object.entries(model.types)
    .filter(([name, type]) => type.kind === 'entity' && !('abstract' in type) && name !== model.root)
    .map(([name]) => name);

  test.each(concrete)('%s', (type) => {
    const expected = leaves(type);
    expect(expected).toContain('id');
    expect(expected.filter((leaf) => !found.get(type)?.has(leaf))).toEqual([]);
  });

  test('each collection has rows below contoso.com and 192.0.2.1', () => {
    const collections = Object.entries(navigation('hostname')).filter(([, member]) => member.collection);
    expect(collections).toHaveLength(11);
    for (const id of ['contoso.com', '192.0.2.1'])
      for (const [name] of collections.filter(([one]) => id === 'contoso.com' || one !== 'subdomains'))
        expect(row('hosts', id)[name]?.length).toBeGreaterThan(1);
  });
});

test('has enough rows for paging', () => {
  expect(read('articles').length).toBeGreaterThanOrEqual(120);
  expect(read('intelProfiles').length).toBeGreaterThanOrEqual(110);
  const count = (set: string, name: string) =>
    Math.max(...read(set).map((parent) => (parent[name] as Row[] | undefined)?.length ?? 0));
  expect(count('articles', 'indicators')).toBeGreaterThanOrEqual(130);
  expect(count('intelProfiles', 'indicators')).toBeGreaterThanOrEqual(120);
  expect(count('hosts', 'subdomains')).toBeGreaterThan(100);
  expect(count('vulnerabilities', 'components')).toBeGreaterThan(100);
  const { whois } = row('hosts', 'contoso.com') as unknown as { whois: { history: Row[] } };
  expect(whois.history.length).toBeGreaterThanOrEqual(110);
});

test('ids are unique within a type', () => {
  const indicators = [...read('articles'), ...read('intelProfiles')].flatMap(
    (parent) => parent.indicators as Row[],
  );
  for (const rows of [...FILES.map(({ set }) => read(set)), indicators])
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  expect(new Set(indicators.map(({ id }) => id.toLowerCase())).size).toBeLessThan(indicators.length);
});

test('awkward content is there to meet', () => {
  const titles = read('articles').map(({ title }) => String(title));
  const kinds = [/\|/, /`/, /\n/, /<script>/, /\p{Emoji_Presentation}/u, /\p{Script=Han}/u, /.{300}/];
  expect(titles.some((title) => title.includes('\u001b['))).toBe(true);
  for (const kind of kinds) expect(titles.some((title) => kind.test(title))).toBe(true);
  const indicators = read('articles').flatMap((article) => article.indicators as Row[]);
  for (const mark of ['=', '/', '+']) expect(indicators.some(({ id }) => id.includes(mark))).toBe(true);
  expect(indicators.some((indicator) => indicator.artifact === null)).toBe(true);
  expect(indicators.some((indicator) => !('artifact' in indicator))).toBe(true);
  const artifacts = new Set(indicators.map(({ artifact }) => (artifact as Thing | null)?.['@odata.type']));
  for (const type of ['hostname', 'ipAddress', 'sslCertificate', 'unclassifiedArtifact'])
    expect(artifacts).toContain(`#microsoft.graph.security.${type}`);
  expect(read('articles').some((article) => (article.indicators as Row[]).length === 0)).toBe(true);
});

test('every verdict is given, and some hosts have none', () => {
  const verdicts = read('hosts').map(({ reputation }) => (reputation as Thing | undefined)?.classification);
  expect(new Set(verdicts)).toEqual(new Set(['malicious', 'suspicious', 'neutral', 'unknown', undefined]));
  expect(read('hosts').some((host) => !('whois' in host) && !('reputation' in host))).toBe(true);
});

test('only names and addresses that are kept for documentation appear', () => {
  const text = FILES.map(({ set }) => readFileSync(join(WORLD, `${set}.json`), 'utf8')).join('');
  const names = text.match(/[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|info|site|io)\b/gi) ?? [];
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter((name) => !/(^|\.)(contoso\.com|example\.(com|net|org))$/.test(name))).toEqual([]);
  const addresses = text.match(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g) ?? [];
  expect(addresses.length).toBeGreaterThan(100);
  expect(addresses.filter((address) => !/^(192\.0\.2|198\.51\.100|203\.0\.113)\./.test(address))).toEqual([]);
});
