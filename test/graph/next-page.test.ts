import { nextPage } from '../../src/graph/next-page';
import fc, { samples } from '../support/property';
import { raised } from '../support/raised';

const ORIGIN = 'https://graph.microsoft.com';
const API = `${ORIGIN}/v1.0/security/threatIntelligence`;
const FIRST = new URL(`${API}/articles?$top=50`);

test.each([
  [`${API}/articles?$skiptoken=a%2Fb`, `${API}/articles?$skiptoken=a%2Fb`],
  [`${API}/articles/a%2Fb%2B%3D/indicators`, `${API}/articles/a%2Fb%2B%3D/indicators`],
  [`${API}/articles/a..b/..c/d..%25.`, `${API}/articles/a..b/..c/d..%25.`],
  [`${API}/articles?$skiptoken=/../x`, `${API}/articles?$skiptoken=/../x`],
  [`${API}/articles#part`, `${API}/articles`],
  ['?$skiptoken=2', `${API}/articles?$skiptoken=2`],
])('the next page %s is read', (link, href) => {
  expect(nextPage(link, FIRST).href).toBe(href);
});

test.each([
  ['https://graph.example/v1.0/security/threatIntelligence/articles'],
  ['http://graph.microsoft.com/v1.0/security/threatIntelligence/articles'],
  [API.replace('//', '//user@')],
  [`${API.replace('//', '//user@')}/articles`],
  [`${API.replace('//', '//:word@')}/articles`],
  [`${ORIGIN}/v1.0/me/messages`],
  [`${ORIGIN}/beta/security/threatIntelligence/articles`],
  [`${ORIGIN}/security/threatIntelligence/articles`],
  [API],
  [`${API}X/articles`],
  [`${API}/../../me`],
  [`${API}/..%2f..%2fme`],
  [`${API}/a%2f..`],
  [`${API}/a%2f.`],
  [`${API}/a%2f.%2fb`],
  [`${API}/a/..%5cb`],
  [`${API}/a%5c..%5cb`],
  [`${API}/a%252f%252e%252e%252fb`],
  [`${API}/a%25252f..`],
  ['https://['],
  ['javascript:alert(1)'],
])('the link %s is not followed', async (link) => {
  const { code, message, hint } = await raised(() => nextPage(link, FIRST));
  expect({ code, message, hint }).toEqual({
    code: 'GRAPH_UNEXPECTED',
    message:
      'The link to the next page of GET /v1.0/security/threatIntelligence/articles points outside the threat intelligence API and was not followed, so the list ends early.',
    hint: 'Check for a proxy or gateway between this machine and Graph that rewrites responses.',
  });
});

test('a link is followed whatever the case of its path', () => {
  const link = 'https://graph.microsoft.com/V1.0/Security/threatintelligence/articles?$skiptoken=x';
  expect(nextPage(link, FIRST).href).toBe(link);
});

const piece = fc.oneof(
  fc.constantFrom(
    '.',
    '..',
    '/',
    '\\',
    '%2e',
    '%2E%2e',
    '%2f',
    '%5C',
    '%252e',
    '%25',
    '//',
    '@',
    '#',
    '?',
    ':',
  ),
  fc.string({ maxLength: 4 }),
);

test('a followed link stays below the API, however often it is decoded', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      let url: URL;
      try {
        url = nextPage(`${API}/articles/${pieces.join('')}`, FIRST);
      } catch {
        return;
      }
      for (let path = url.pathname, before = ''; path !== before; ) {
        expect(new URL(path.replace(/[?#]/g, 'x'), ORIGIN).href.startsWith(`${API}/`)).toBe(true);
        before = path;
        path = path.replace(/%([2-7][0-9a-f])/gi, (_, hex: string) =>
          String.fromCharCode(Number.parseInt(hex, 16)),
        );
      }
    }),
    { numRuns: samples(1000) },
  );
});
