import type { Clock } from '../../src/base/clock';
import type { HttpRequest, HttpResponse, Transport } from '../../src/http/transport';
import { initialFaults, type Quirks } from '../../src/sandbox/faults';
import { readResource } from '../../src/sandbox/graph/resource';
import type { Thing, World } from '../../src/sandbox/world';

export interface FeedArticle extends Thing {
  readonly id: string;
  readonly lastUpdatedDateTime: string;
}

/** The sandbox's Graph, in this process and without a socket, with articles that come and change while it is asked. */
export interface ArticleFeed {
  readonly transport: Transport;
  readonly clock: Clock;
  /** What Graph lists now, by id. */
  readonly articles: Map<string, FeedArticle>;
  /** Called before each page is answered. */
  beforePage: () => void;
  /** How this Graph treats query options. */
  readonly quirks: Quirks;
  /** Whether the next requests are answered with 403. */
  refusing: boolean;
  /** Milliseconds since the epoch. */
  now: number;
}

const TOKEN = '{"token_type":"Bearer","expires_in":86399,"access_token":"feed-token"}';
const ROOT = '/v1.0';

/** @param pageSize rows of a page */
export function articleFeed(pageSize: number, now: number): ArticleFeed {
  const articles = new Map<string, FeedArticle>();
  const world: World = {
    all: () => [...articles.values()],
    find: (_type, id) => articles.get(id),
    resolve: (_type, reference) => reference,
  };
  const feed: ArticleFeed = {
    articles,
    quirks: initialFaults(),
    refusing: false,
    beforePage: () => {},
    now,
    clock: { now: () => feed.now, after: () => () => {} },
    transport: async (request: HttpRequest): Promise<HttpResponse> => {
      if (request.method === 'POST') return json(200, TOKEN);
      feed.beforePage();
      if (feed.refusing) return json(403, '{"error":{"code":"Forbidden","message":"Not now."}}');
      const { origin, pathname, search } = new URL(request.url);
      const place = { world, origin, cap: pageSize, wrap: () => false, quirks: feed.quirks };
      return json(200, JSON.stringify(readResource(place, pathname.slice(ROOT.length), search.slice(1))));
    },
  };
  return feed;
}

function json(status: number, body: string): HttpResponse {
  return { status, headers: { 'content-type': 'application/json' }, body };
}
