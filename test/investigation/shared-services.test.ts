import type { RequestBudget } from '../../src/budget/budget';
import { TIMES_TO_LIVE } from '../../src/config/times-to-live';
import { openTraffic } from '../../src/engine/open-services';
import { memoryCache } from '../support/memory-cache';
import { PARAMS } from '../support/recorder';
import { generatedWorld, runExpand } from './generated-world';

const WORLD = generatedWorld(10, 3);

describe('the response cache', () => {
  test('gives the same graph a second time without a request', async () => {
    const responseCache = { cache: memoryCache(), times: TIMES_TO_LIVE, trustsState: true };
    const options = () => ({ params: PARAMS, responseCache });
    const args = { seeds: 'contoso.com', hops: 2, max_requests: 5_000, max_nodes: 5_000 };
    const first = await runExpand(args, WORLD, options);
    const second = await runExpand(args, WORLD, options);
    expect(first.graph.requests).toBe(first.requests.length);
    expect(second.requests).toEqual([]);
    expect(second.graph).toEqual({ ...first.graph, requests: 0 });
  });

  test('leaves the whole budget to unread records', async () => {
    const responseCache = { cache: memoryCache(), times: TIMES_TO_LIVE, trustsState: true };
    const args = { seeds: 'contoso.com', hops: 2, max_requests: 40 };
    const runs = [];
    for (let turn = 0; turn < 3; turn++)
      runs.push(await runExpand(args, WORLD, () => ({ params: PARAMS, responseCache })));
    expect(runs.map(({ requests }) => requests.length)).toEqual([40, 40, 40]);
    const paths = runs.flatMap(({ requests }) => requests);
    expect(new Set(paths).size).toBe(paths.length);
  });
});

test('every request is taken from the budget that all commands of a tenant share', async () => {
  const taken: [number, string][] = [];
  const budget: RequestBudget = {
    async take(requests, priority) {
      taken.push([requests, priority]);
      return requests;
    },
    refused: () => {},
  };
  const { requests } = await runExpand(
    { seeds: 'contoso.com', hops: 2, max_requests: 75 },
    WORLD,
    (transport) => ({
      params: PARAMS,
      traffic: openTraffic(transport, { budget }),
    }),
  );
  expect(requests).toHaveLength(75);
  expect(taken.reduce((sum, [count]) => sum + count, 0)).toBe(75);
  expect(new Set(taken.map(([, priority]) => priority))).toEqual(new Set(['interactive']));
});
