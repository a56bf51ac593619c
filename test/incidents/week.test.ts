import { openEngine } from '../../src/engine/engine';
import { memoryStore } from '../../src/state/store';
import { type ArticleFeed, articleFeed } from '../support/article-feed';
import fc from '../support/property';
import { PARAMS } from '../support/recorder';

const START = Date.parse('2025-06-02T00:00:00Z');
const MINUTE = 60_000;
const WEEK = 7 * 24 * 60;

/** One thing that happens in the week. Time goes by in steps, so that many articles share a timestamp. */
type Event =
  | { readonly kind: 'wait'; readonly minutes: number }
  | { readonly kind: 'article'; readonly id: number; readonly tagged: boolean }
  | { readonly kind: 'while-reading'; readonly id: number }
  | { readonly kind: 'fetch'; readonly ends: 'kept' | 'crash' | 'refused' };

const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wait'), minutes: fc.integer({ min: 1, max: 600 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('article'),
      id: fc.integer({ min: 0, max: 30 }),
      tagged: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('while-reading'), id: fc.integer({ min: 0, max: 30 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('fetch'),
      ends: fc.constantFrom('kept', 'kept', 'crash', 'refused'),
    }),
  },
) as fc.Arbitrary<Event>;

/** What the platform keeps: incidents and the last run, always of one document. */
interface Kept {
  readonly versions: string[];
  lastRun: unknown;
}

function publish(feed: ArticleFeed, id: number, tagged: boolean): void {
  const name = `a${id}`;
  feed.articles.set(name, {
    id: name,
    title: `Article ${id}`,
    lastUpdatedDateTime: new Date(feed.now).toISOString().replace('.000Z', 'Z'),
    tags: tagged ? ['Phishing'] : [],
    isFeatured: false,
  });
}

async function fetchOnce(feed: ArticleFeed, kept: Kept, params: object, ends: 'kept' | 'crash' | 'refused') {
  feed.refusing = ends === 'refused';
  const plugin = openEngine({
    params: { ...PARAMS, first_fetch: '1 hour', ...params },
    transport: feed.transport,
    clock: feed.clock,
    lastRun: memoryStore(kept.lastRun),
  });
  const outcome = await plugin.execute('fetch-incidents');
  feed.refusing = false;
  feed.beforePage = () => {};
  if (ends === 'refused') {
    expect(outcome).toMatchObject({ errors: [{ code: 'GRAPH_FORBIDDEN' }] });
    expect(outcome).not.toHaveProperty('lastRun');
    return 0;
  }
  expect(outcome.errors).toEqual([]);
  if (ends === 'crash') return 0;
  const { incidents = [], lastRun } = JSON.parse(JSON.stringify(outcome)) as typeof outcome;
  for (const { rawJSON, occurred } of incidents) {
    const { id, lastUpdatedDateTime } = JSON.parse(rawJSON) as { id: string; lastUpdatedDateTime: string };
    expect(occurred).toBe(lastUpdatedDateTime);
    kept.versions.push(`${id} ${occurred}`);
  }
  expect(Object.values(lastRun ?? {}).every((value) => typeof value === 'string')).toBe(true);
  kept.lastRun = lastRun;
  return incidents.length;
}

async function live(events: readonly Event[], most: number, tag: string | undefined) {
  const feed = articleFeed(3, START);
  const kept: Kept = { versions: [], lastRun: {} };
  const params = { max_fetch: String(most), ...(tag === undefined ? {} : { fetch_tags: tag }) };
  await fetchOnce(feed, kept, params, 'kept');
  for (const happening of events) {
    if (happening.kind === 'wait')
      feed.now = Math.min(feed.now + happening.minutes * MINUTE, START + WEEK * MINUTE);
    else if (happening.kind === 'article') publish(feed, happening.id, happening.tagged);
    else if (happening.kind === 'fetch') await fetchOnce(feed, kept, params, happening.ends);
    else {
      feed.beforePage = () => {
        feed.beforePage = () => {};
        publish(feed, happening.id, true);
      };
    }
  }
  feed.now += MINUTE;
  for (let rest = feed.articles.size; rest >= 0; rest--) {
    feed.now += MINUTE;
    await fetchOnce(feed, kept, params, 'kept');
  }
  const wanted = [...feed.articles.values()].filter(
    ({ tags }) => tag === undefined || (tags as string[]).includes(tag),
  );
  return { kept, standing: wanted.map(({ id, lastUpdatedDateTime }) => `${id} ${lastUpdatedDateTime}`) };
}

/** Weeks of each kind; all of them in `npm run fuzz`. */
const WEEKS = process.env.MDTI_FUZZ === 'whole' ? 100 : 5;

const week = fc.array(event, { minLength: 10, maxLength: 120 });

test.each([
  ['all articles', undefined],
  ['articles with a tag', 'Phishing'],
])(
  'in a week with crashes, every version of %s that stands becomes one incident, and none becomes two',
  async (_, tag) => {
    await fc.assert(
      fc.asyncProperty(week, fc.integer({ min: 1, max: 7 }), async (events, most) => {
        const { kept, standing } = await live(events, most, tag);
        expect(kept.versions).toEqual([...new Set(kept.versions)]);
        expect(kept.versions).toEqual(expect.arrayContaining(standing));
      }),
      { numRuns: WEEKS, seed: 20250602 },
    );
  },
  60_000,
);
