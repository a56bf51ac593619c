import { openEngine } from '../../src/engine/engine';
import { MOODS, type Mood } from '../../src/sandbox/faults';
import { memoryStore } from '../../src/state/store';
import { type ArticleFeed, articleFeed } from '../support/article-feed';
import fc from '../support/property';
import { PARAMS } from '../support/recorder';

const START = Date.parse('2025-06-02T00:00:00Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MONTH = 30 * DAY;

type Kind = 'dated' | 'ahead' | 'undated' | 'odd';

/** One thing that happens in the month. */
type Event =
  | { readonly kind: 'wait'; readonly minutes: number }
  | { readonly kind: 'article' | 'while-reading'; readonly id: number; readonly as: Kind }
  | { readonly kind: 'mood'; readonly mood: Mood }
  | { readonly kind: 'fetch'; readonly ends: 'kept' | 'crash' | 'refused'; readonly throttled: number };

const as = fc.constantFrom<Kind>('dated', 'dated', 'dated', 'dated', 'ahead', 'undated', 'odd');
const id = fc.integer({ min: 0, max: 40 });
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wait'), minutes: fc.integer({ min: 1, max: 3000 }) }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('article'), id, as }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('while-reading'), id, as }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('mood'), mood: fc.constantFrom(...MOODS) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('fetch'),
      ends: fc.constantFrom('kept', 'kept', 'kept', 'crash', 'refused'),
      throttled: fc.integer({ min: 0, max: 2 }),
    }),
  },
) as fc.Arbitrary<Event>;

/** The log of the sandbox: every version of an article that was ever listed with a date. */
type Published = Set<string>;

interface Kept {
  readonly versions: string[];
  readonly warnings: string[];
  lastRun: unknown;
}

function publish(feed: ArticleFeed, published: Published, number: number, kind: Kind): void {
  const time = new Date(feed.now + (kind === 'ahead' ? 400 * DAY : 0)).toISOString();
  const name = `a${number}`;
  feed.articles.set(name, {
    id: name,
    title: kind === 'odd' ? { text: 'not a title' } : `Article ${number}`,
    lastUpdatedDateTime: kind === 'undated' ? null : time,
    tags: kind === 'odd' ? 'Phishing' : ['Phishing'],
    isFeatured: false,
  });
  if (kind !== 'undated') published.add(`${name} ${time}`);
}

async function fetchOnce(feed: ArticleFeed, kept: Kept, most: number, ends: 'kept' | 'crash' | 'refused') {
  feed.refusing = ends === 'refused';
  const plugin = openEngine({
    params: { ...PARAMS, first_fetch: '1 hour', max_fetch: String(most) },
    transport: feed.transport,
    clock: feed.clock,
    lastRun: memoryStore(kept.lastRun),
  });
  const outcome = await plugin.execute('fetch-incidents');
  feed.refusing = false;
  feed.beforePage = () => {};
  if (ends === 'refused') {
    expect(outcome).toMatchObject({ errors: [{ code: 'GRAPH_FORBIDDEN' }] });
    return;
  }
  expect(outcome.errors).toEqual([]);
  if (ends === 'crash') return;
  const { incidents = [], lastRun } = JSON.parse(JSON.stringify(outcome)) as typeof outcome;
  for (const { rawJSON } of incidents) {
    const article = JSON.parse(rawJSON) as { id: string; lastUpdatedDateTime: string };
    kept.versions.push(`${article.id} ${article.lastUpdatedDateTime}`);
  }
  kept.warnings.push(String(outcome.entries[0]?.Contents));
  expect(Object.values(lastRun ?? {}).every((value) => typeof value === 'string')).toBe(true);
  kept.lastRun = lastRun;
}

/** @param changes whether Graph changes its mood within the month */
async function live(feed: ArticleFeed, events: readonly Event[], most: number, changes: boolean) {
  const published: Published = new Set();
  const kept: Kept = { versions: [], warnings: [], lastRun: {} };
  for (const happening of [{ kind: 'fetch', ends: 'kept', throttled: 0 } as const, ...events]) {
    if (happening.kind === 'wait') feed.now = Math.min(feed.now + happening.minutes * MINUTE, START + MONTH);
    else if (happening.kind === 'mood') feed.quirks.mood = changes ? happening.mood : feed.quirks.mood;
    else if (happening.kind === 'article') publish(feed, published, happening.id, happening.as);
    else if (happening.kind === 'fetch') {
      feed.throttling = happening.throttled;
      await fetchOnce(feed, kept, most, happening.ends);
      feed.throttling = 0;
    } else
      feed.beforePage = () => {
        feed.beforePage = () => {};
        publish(feed, published, happening.id, happening.as);
      };
    feed.now += 1;
  }
  // The order of the list is checked once a day.
  feed.now += DAY;
  for (let rest = feed.articles.size + 2; rest >= 0; rest--) {
    feed.now += 5 * MINUTE;
    await fetchOnce(feed, kept, most, 'kept');
  }
  const standing = [...feed.articles.values()]
    .filter(({ lastUpdatedDateTime }) => lastUpdatedDateTime !== null)
    .map((article) => `${article.id} ${article.lastUpdatedDateTime}`);
  return { kept, standing, published };
}

/** Months to live through in each test; `npm run fuzz` lives through more. */
const MONTHS = Number(process.env.MDTI_MONTHS ?? 2);

const month = fc.array(event, { minLength: 20, maxLength: 150 });

const TENANTS = [...MOODS.map((mood) => [mood, false] as const), ['documented', true] as const].flatMap(
  ([mood, changes]) => [false, true].map((topIsTotal) => ({ mood, changes, topIsTotal })),
);

test.each(TENANTS)(
  'over a month that starts in the $mood mood (changing: $changes, the page size as the total: $topIsTotal), every article becomes one incident',
  async ({ mood, changes, topIsTotal }) => {
    await fc.assert(
      fc.asyncProperty(
        month,
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom('arrival', 'arbitrary', 'deceptive'),
        async (events, most, order) => {
          const feed = articleFeed(3, START);
          Object.assign(feed, { order });
          Object.assign(feed.quirks, { mood, topIsTotal });
          const { kept, standing, published } = await live(feed, events, most, changes);
          expect(kept.versions).toEqual([...new Set(kept.versions)]);
          expect(kept.versions).toEqual(expect.arrayContaining(standing));
          expect([...published]).toEqual(expect.arrayContaining(kept.versions));
        },
      ),
      { numRuns: MONTHS },
    );
  },
  10_000 * MONTHS,
);
