import { createHash } from 'node:crypto';
import type { Clock } from '../../src/base/clock';
import type { HttpRequest, HttpResponse, Transport } from '../../src/http/transport';
import { initialFaults, type Quirks } from '../../src/sandbox/faults';
import { GraphError } from '../../src/sandbox/graph/errors';
import { readResource } from '../../src/sandbox/graph/resource';
import type { Thing, World } from '../../src/sandbox/world';

export interface FeedArticle extends Thing {
  readonly id: string;
}

/** The sandbox's Graph, in this process and without a socket, with articles that come and change while it is read. */
export interface ArticleFeed {
  readonly transport: Transport;
  /** A sleep passes at once and moves `now`; the time limit of a command never strikes. */
  readonly clock: Clock;
  /** What Graph lists now, by id. */
  readonly articles: Map<string, FeedArticle>;
  /**
   * The order of an unsorted list: as the articles came, an arbitrary one that stays the same, or one whose first page looks sorted
   * and contains the oldest articles.
   */
  order: 'arrival' | 'arbitrary' | 'deceptive';
  /** Called before each page. */
  beforePage: () => void;
  /** How this Graph treats query options. */
  readonly quirks: Quirks;
  /** Whether the next requests fail with 403. */
  refusing: boolean;
  /** How many of the next requests fail with 429. */
  throttling: number;
  /** Requests so far. */
  requests: number;
  /** Milliseconds since the epoch. */
  now: number;
}

const TOKEN = '{"token_type":"Bearer","expires_in":86399,"access_token":"feed-token"}';
const ROOT = '/v1.0';

/** Milliseconds from which a timer is a time limit and not a sleep. */
const LIMIT = 200_000;

/** @param pageSize rows of a page */
export function articleFeed(pageSize: number, now: number): ArticleFeed {
  const articles = new Map<string, FeedArticle>();
  const world: World = {
    all: () => {
      if (feed.order === 'arrival') return [...articles.values()];
      const arbitrary = [...articles.values()].sort((one, other) => (hash(one.id) < hash(other.id) ? -1 : 1));
      if (feed.order === 'arbitrary') return arbitrary;
      const oldest = arbitrary.toSorted((one, other) => (timeOf(one) < timeOf(other) ? -1 : 1));
      const first = oldest.slice(0, pageSize).reverse();
      return [...first, ...arbitrary.filter((article) => !first.includes(article))];
    },
    find: (_type, id) => articles.get(id),
    resolve: (_type, reference) => reference,
  };
  const feed: ArticleFeed = {
    articles,
    order: 'arrival',
    quirks: initialFaults(),
    refusing: false,
    throttling: 0,
    requests: 0,
    beforePage: () => {},
    now,
    clock: {
      now: () => feed.now,
      monotonic: () => feed.now,
      after(milliseconds, callback) {
        if (milliseconds >= LIMIT) return () => {};
        feed.now += milliseconds;
        const timer = setImmediate(callback);
        return () => clearImmediate(timer);
      },
    },
    transport: async (request: HttpRequest): Promise<HttpResponse> => {
      if (request.method === 'POST') return json(200, TOKEN);
      feed.requests += 1;
      feed.beforePage();
      if (feed.refusing) return json(403, '{"error":{"code":"Forbidden","message":"Not now."}}');
      if (feed.throttling > 0) {
        feed.throttling -= 1;
        return json(429, '{"error":{"code":"TooManyRequests","message":"Slow down."}}', {
          'retry-after': '1',
        });
      }
      const { origin, pathname, search } = new URL(request.url);
      const place = { world, origin, cap: pageSize, wrap: () => false, quirks: feed.quirks };
      try {
        return json(200, JSON.stringify(readResource(place, pathname.slice(ROOT.length), search.slice(1))));
      } catch (error) {
        if (!(error instanceof GraphError)) throw error;
        return json(error.status, JSON.stringify({ error: { code: error.code, message: error.message } }));
      }
    },
  };
  return feed;
}

function timeOf({ lastUpdatedDateTime }: FeedArticle): string {
  return String(lastUpdatedDateTime ?? '');
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function json(status: number, body: string, headers: HttpResponse['headers'] = {}): HttpResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}
