import { openEngine } from '../../src/engine/engine';
import { memoryStore } from '../../src/state/store';
import { articleFeed } from '../support/article-feed';
import { PARAMS } from '../support/recorder';

const START = Date.parse('2025-06-02T00:00:00Z');
const HOUR = 3_600_000;
const PAGE = 10;

test('articles that no parameter requests are read once, not again at every fetch', async () => {
  const feed = articleFeed(PAGE, START);
  let lastRun: unknown = {};
  function publish(count: number, tag: string): void {
    for (let index = 0; index < count; index++)
      feed.articles.set(`a${feed.articles.size}`, {
        id: `a${feed.articles.size}`,
        title: 'Article',
        lastUpdatedDateTime: new Date(feed.now + index * 1_000).toISOString(),
        tags: [tag],
        isFeatured: false,
      });
  }
  /** Requests and incidents of one fetch. */
  async function fetch(): Promise<readonly [number, number]> {
    feed.now += HOUR;
    const before = feed.requests;
    const engine = openEngine({
      params: { ...PARAMS, first_fetch: '1 day', fetch_tags: 'Phishing' },
      transport: feed.transport,
      clock: feed.clock,
      lastRun: memoryStore(lastRun),
    });
    const outcome = await engine.execute('fetch-incidents');
    ({ lastRun } = outcome);
    return [feed.requests - before, outcome.incidents?.length ?? 0];
  }
  publish(1, 'Phishing');
  expect((await fetch())[1]).toBe(1);
  publish(20 * PAGE, 'Other');
  const [first] = await fetch();
  expect(first).toBeGreaterThanOrEqual(20);
  const [second, none] = await fetch();
  expect({ none, second: second <= 2 }).toEqual({ none: 0, second: true });
  publish(1, 'Phishing');
  const [third, found] = await fetch();
  expect({ found, third: third <= 2 }).toEqual({ found: 1, third: true });
});
