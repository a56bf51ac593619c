import { type Act, json, page, text } from './hostile';
import { faultTable } from './record';
import { hostileStage, seen } from './stage';

const ARTICLES = '/v1.0/security/threatIntelligence/articles';

const record = faultTable('paging');

const scene = hostileStage();
const elsewhere = hostileStage();

async function articles(
  args: Readonly<Record<string, unknown>> = { all_results: 'true' },
  params: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly text: string; readonly code: string | undefined; readonly rows: number }> {
  const outcome = await scene.on.run('article-list', args, { params });
  const contents = outcome.entries[0]?.Contents;
  return {
    text: seen(outcome),
    code: outcome.errors[0]?.code,
    rows: Array.isArray(contents) ? contents.length : 0,
  };
}

/** Pages that hold one new article each and continue indefinitely. */
function endlessly(link: (number: number) => string, rows = (number: number) => [`a${number}`]): Act {
  let number = 0;
  return (response, request) => {
    number++;
    page(rows(number), link(number))(response, request);
  };
}

const OUTSIDE: Readonly<Record<string, (origin: string, other: string) => string>> = {
  'another host': (_, other) => `${other}${ARTICLES}?$skiptoken=2`,
  'another host behind a user name': (origin, other) =>
    `${origin.replace('//', `//${new URL(other).host}%2f@`)}${ARTICLES}`,
  'the same host over http': (origin) => `${origin.replace('https', 'http')}${ARTICLES}`,
  'a user name and password': (origin) => `${origin.replace('//', '//user:word@')}${ARTICLES}`,
  'a password alone': (origin) => `${origin.replace('//', '//:word@')}${ARTICLES}`,
  'a scheme-relative link': (_, other) => `//${new URL(other).host}${ARTICLES}`,
  'another API of Graph': (origin) => `${origin}/v1.0/me/messages`,
  'another version': (origin) => `${origin}/beta/security/threatIntelligence/articles`,
  'a path that climbs': (origin) => `${origin}${ARTICLES}/../../../me`,
  'a path that climbs, encoded': (origin) => `${origin}${ARTICLES}/%2e%2e/%2E%2e/../me`,
  'a path that climbs behind encoded slashes': (origin) => `${origin}${ARTICLES}/..%2f..%2f..%2fme`,
  'a path that climbs, encoded twice': (origin) => `${origin}${ARTICLES}/%252e%252e%252f%252e%252e/me`,
  'a path that climbs by backslashes': (origin) => `${origin}${ARTICLES}/..%5c..%5cme`,
  'a path that only starts alike': (origin) => `${origin}/v1.0/security/threatIntelligenceX/articles`,
  'what is not an address': () => 'https://[',
  'a script': () => 'javascript:alert(1)',
};

test.each(Object.entries(OUTSIDE))('a next link to %s is not followed', async (what, link) => {
  elsewhere.server.play(page(['stolen']));
  scene.server.play(page(['a1', 'a2'], link(scene.server.origin, elsewhere.server.origin)));
  const outcome = await articles();
  expect(outcome).toMatchObject({ code: undefined, rows: 2 });
  expect(outcome.text).toContain('points outside the threat intelligence API and was not followed');
  expect(scene.server.requests.length).toBe(1);
  expect(elsewhere.server.requests).toEqual([]);
  record(`next link to ${what}`, outcome.text);
});

test('a next link whose ids hold encoded slashes is followed', async () => {
  scene.server.play(
    page(['a1'], `${scene.server.origin}${ARTICLES}/a%2Fb%2B%3D/indicators?$skiptoken=a%2Fb`),
    page(['a2']),
  );
  expect(await articles()).toMatchObject({ code: undefined, rows: 2 });
  expect(scene.server.requests[1]?.path).toBe(`${ARTICLES}/a%2Fb%2B%3D/indicators?$skiptoken=a%2Fb`);
});

test('pages that repeat in a cycle', async () => {
  const links = [1, 2].map((token) => `${scene.server.origin}${ARTICLES}?$skiptoken=${token}`);
  scene.server.play(page(['a'], links[0]), page(['b'], links[1]), page(['c'], links[0]));
  const outcome = await articles();
  expect(outcome.code).toBe('GRAPH_UNEXPECTED');
  expect(scene.server.requests.length).toBe(3);
  record('a link that was followed before', outcome.text);
});

test('a fragment does not make a link new', async () => {
  scene.server.play(endlessly((number) => `${scene.server.origin}${ARTICLES}?$skiptoken=1#${number}`));
  expect((await articles()).code).toBe('GRAPH_UNEXPECTED');
  expect(scene.server.requests.length).toBe(2);
});

test('one page again and again under new links', async () => {
  scene.server.play(
    endlessly(
      (number) => `${scene.server.origin}${ARTICLES}?$skiptoken=${number}`,
      () => ['a', 'b'],
    ),
  );
  const outcome = await articles();
  expect(outcome.code).toBe('GRAPH_UNEXPECTED');
  expect(scene.server.requests.length).toBe(2);
  record('the same page under ever new links', outcome.text);
});

test('endless empty pages', async () => {
  scene.server.play(
    endlessly(
      (number) => `${scene.server.origin}${ARTICLES}?$skiptoken=${number}`,
      () => [],
    ),
  );
  const outcome = await articles();
  expect(outcome.code).toBe('GRAPH_UNEXPECTED');
  expect(scene.server.requests.length).toBe(20);
  record('empty pages under ever new links', outcome.text);
});

test('reads past a few empty pages', async () => {
  const link = (token: number) => `${scene.server.origin}${ARTICLES}?$skiptoken=${token}`;
  scene.server.play(page([], link(1)), page([], link(2)), page(['a']));
  expect(await articles()).toMatchObject({ code: undefined, rows: 1 });
});

test('endless distinct pages are cut at max_results', async () => {
  scene.server.play(endlessly((number) => `${scene.server.origin}${ARTICLES}?$skiptoken=${number}`));
  const outcome = await articles({ all_results: 'true' }, { max_results: '120' });
  expect(outcome).toMatchObject({ code: undefined, rows: 120 });
  expect(scene.server.requests.length).toBe(120);
  expect(outcome.text).toContain('Stopped at max_results (120)');
  record('endless distinct pages', outcome.text.split('\n').at(-1) ?? '');
});

test('one page with more rows than were requested is cut', async () => {
  scene.server.play(page(Array.from({ length: 500 }, (_, index) => `a${index}`)));
  const outcome = await articles({ limit: '3' });
  expect(outcome.rows).toBe(3);
  expect(outcome.text).toContain('Showing 3 articles; more are available.');
  record('500 rows where 3 were requested', outcome.text.split('\n').at(-1) ?? '');
});

test('the rows received so far are reported when a long list breaks off', async () => {
  const link = `${scene.server.origin}${ARTICLES}?$skiptoken=2`;
  scene.server.play(page(['a', 'b', 'c'], link), json({ error: { code: 'Forbidden', message: 'No.' } }, 403));
  const outcome = await articles();
  expect(outcome).toMatchObject({ code: 'GRAPH_FORBIDDEN', rows: 0 });
  expect(outcome.text).toContain('3 rows were read before that.');
  record('403 on the second page', outcome.text);
});

test('a page in the middle that is HTML', async () => {
  const link = `${scene.server.origin}${ARTICLES}?$skiptoken=2`;
  scene.server.play(page(['a'], link), text('<html>Sign in</html>', 'text/html'));
  const outcome = await articles();
  expect(outcome.text).toContain('1 row was read before that.');
  record('HTML on the second page', outcome.text);
});

describe('reported totals', () => {
  const three = ['a', 'b', 'c'];
  test.each([
    ['equal to the number of rows', 3, '3 articles.'],
    ['more than Graph gives', 10, '3 articles; Graph counted 10 in total.'],
    ['fewer than Graph gives', 1, '3 articles.'],
    ['a negative number', -1, '3 articles.'],
    ['a string', '7', '3 articles.'],
    ['a fraction', 3.5, '3 articles.'],
  ])('Graph counts %s', async (what, total, sentence) => {
    scene.server.play(page(three, undefined, { '@odata.count': total }));
    const outcome = await articles({ odata: '$count=true' });
    expect(outcome.text.split('\n').at(-1)).toBe(sentence);
    record(`a count that is ${what}`, sentence);
  });
});
