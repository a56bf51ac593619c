import { PluginError } from '../../src/base/errors';
import { collection, entity, type Route } from '../../src/graph/route';
import { planIndicators } from '../../src/plan/indicator-requests';
import { isLongList, isRejected, plan, requestsIn, stepKey } from '../../src/plan/plan';
import { requestPaths } from '../../src/plan/request-paths';
import { raised } from '../support/raised';

const API = '/security/threatIntelligence';
const HOST = entity('GET /security/threatIntelligence/hosts/{host_id}');
const REPUTATION = entity('GET /security/threatIntelligence/hosts/{host_id}/reputation');
const ARTICLE = entity('GET /security/threatIntelligence/articles/{article_id}');
const COMPONENTS = collection(
  'GET /security/threatIntelligence/vulnerabilities/{vulnerability_id}/components',
);
const COMPONENT = entity(
  'GET /security/threatIntelligence/vulnerabilities/{vulnerability_id}/components/{vulnerability_component_id}',
);
const HINT =
  'Give a host name such as contoso.com, an IPv4 or an IPv6 address; a URL or a defanged form works too.';

function host(id: string) {
  return {
    path: `${API}/hosts/${id}`,
    subject: { argument: 'host_id', id, observable: true },
    parent: undefined,
  };
}

describe('the targets of a command', () => {
  test('are the distinct observables, in their order', () => {
    const args = { host_id: ['b.example', 'A.example', 'b.example', 'a.example.'] };
    expect(requestPaths(HOST, args)).toEqual([host('b.example'), host('a.example')]);
    expect(requestPaths(HOST, { host_id: 'contoso[.]com' })).toEqual([host('contoso.com')]);
  });

  test('are the distinct records of a list, with their IDs as one encoded segment', () => {
    const article = (id: string, path: string) => ({
      path: `${API}/articles/${path}`,
      subject: { argument: 'article_id', id, observable: false },
      parent: undefined,
    });
    expect(requestPaths(ARTICLE, { article_id: ['a/b', '$&', 'a/b'] })).toEqual([
      article('a/b', 'a%2Fb'),
      article('$&', '%24%26'),
    ]);
    expect(requestPaths(ARTICLE, { article_id: 'x' })).toEqual([article('x', 'x')]);
  });

  test('have the parent that Graph names', () => {
    const parent = { name: 'vulnerabilityId', id: 'CVE-2021-44228' };
    expect(requestPaths(COMPONENTS, { vulnerability_id: 'cve-2021-44228' })).toEqual([
      {
        path: `${API}/vulnerabilities/CVE-2021-44228/components`,
        subject: { argument: 'vulnerability_id', id: parent.id, observable: true },
        parent,
      },
    ]);
    expect(
      requestPaths(COMPONENT, { vulnerability_id: 'cve-2021-44228', vulnerability_component_id: 'x=' }),
    ).toEqual([
      {
        path: `${API}/vulnerabilities/CVE-2021-44228/components/x%3D`,
        subject: { argument: 'vulnerability_component_id', id: 'x=', observable: false },
        parent,
      },
    ]);
    expect(requestPaths(REPUTATION, { host_id: 'contoso.com' })).toMatchObject([
      { parent: { name: 'hostId', id: 'contoso.com' } },
    ]);
  });

  test('of which some are not observables are rejected one by one', () => {
    const found = requestPaths(HOST, { host_id: ['a b', 'contoso.com', 'c d', 'a b'] });
    const refused = (id: string) => ({
      kind: 'failed',
      request: { subject: { argument: 'host_id', id, observable: true } },
      error: expect.objectContaining({ message: `"${id}" is not a host name or address.`, hint: HINT }),
    });
    expect(found).toEqual([refused('a b'), host('contoso.com'), refused('c d')]);
  });

  test('of which the only one is not an observable are rejected with the argument', () => {
    for (const host_id of ['a b', ['a b'], ['a b', 'a b']]) {
      const [found] = requestPaths(HOST, { host_id });
      expect(found).toMatchObject({
        kind: 'failed',
        error: {
          code: 'ARGUMENT_INVALID',
          message: 'host_id: "a b" is not a host name or address.',
          hint: HINT,
        },
      });
    }
  });

  test('are rejected with an ID that no record can have', async () => {
    const error = await raised(() => requestPaths(ARTICLE, { article_id: '..' }));
    expect(error.message).toBe('article_id: ".." is not a record id.');
  });
});

const ROUTES: Route[] = [
  {
    ...collection('GET /security/threatIntelligence/hosts/{host_id}/childHostPairs'),
    when: { direction: 'child', kind: 'x' },
  },
  {
    ...collection('GET /security/threatIntelligence/hosts/{host_id}/parentHostPairs'),
    when: { direction: 'parent' },
  },
  collection('GET /security/threatIntelligence/hosts/{host_id}/hostPairs'),
  entity('GET /security/threatIntelligence/hostPairs/{host_pair_id}'),
];

const routed = (args: object) =>
  requestsIn(plan({ routes: ROUTES }, args as never, 1_000).steps).map(({ route }) => route);

describe('the route of a command', () => {
  test.each([
    [{ host_id: 'contoso.com' }, 'hosts/{host_id}/hostPairs'],
    [{ host_id: 'contoso.com', direction: 'parent' }, 'hosts/{host_id}/parentHostPairs'],
    [{ host_id: 'contoso.com', direction: 'child' }, 'hosts/{host_id}/hostPairs'],
    [{ host_id: 'contoso.com', direction: 'child', kind: 'x' }, 'hosts/{host_id}/childHostPairs'],
    [{ host_pair_id: 'x', direction: 'parent' }, 'hostPairs/{host_pair_id}'],
  ])('for %j is %s', (args, route) => {
    expect(routed(args)).toEqual([`${API}/${route}`]);
  });

  const ONE_OF = 'Give exactly one of: host_id, host_pair_id.';

  test.each([
    [{}, 'ARGUMENT_MISSING', 'No argument selects what to read.'],
    [{ host_id: 'a', host_pair_id: 'b' }, 'ARGUMENT_INVALID', 'host_id and host_pair_id cannot be combined.'],
  ])('needs one argument of several, not %j', async (args, code, message) => {
    const error = await raised(() => routed(args));
    expect([error.code, error.message, error.hint]).toEqual([code, message, ONE_OF]);
  });

  test('needs every argument of a route', async () => {
    const error = await raised(() =>
      plan({ routes: [COMPONENT] }, { vulnerability_component_id: 'x' }, 1_000),
    );
    expect([error.code, error.message, error.hint]).toEqual([
      'ARGUMENT_INVALID',
      'vulnerability_component_id cannot be used alone.',
      'Give exactly one of: vulnerability_id with vulnerability_component_id.',
    ]);
  });
});

test('an argument of another route does not take the place of one that is missing', async () => {
  const args = { vulnerability_component_id: 'x', host_id: 'contoso.com' };
  const error = await raised(() => plan({ routes: [COMPONENT, HOST] }, args, 1_000));
  expect(error.message).toBe('vulnerability_component_id and host_id cannot be combined.');
});

type Args = Readonly<Record<string, unknown>>;

test('a plan has a request for each observable, with the options of the command', () => {
  const choice = {
    routes: [REPUTATION],
    defaults: () => ({ odata: '$select=id' }),
    query: () => [{ name: '$expand', value: 'host' } as const],
  };
  const { returns, steps } = plan(choice, { host_id: ['contoso.com', 'a b'] } as Args, 1_000);
  expect(returns).toBe('entity');
  expect(steps.map(isRejected)).toEqual([false, true]);
  expect(requestsIn(steps)).toMatchObject([
    {
      method: 'GET',
      returns: 'entity',
      route: `${API}/hosts/{host_id}/reputation`,
      path: `${API}/hosts/contoso.com/reputation`,
      query: [
        { name: '$select', value: 'id' },
        { name: '$expand', value: 'host' },
      ],
      rows: { most: 1, by: 'limit' },
    },
  ]);
  const given = plan(choice, { host_id: 'contoso.com', odata: '$select=score' } as Args, 1_000);
  expect(requestsIn(given.steps)[0]?.query[0]?.value).toBe('id,score');
});

test.each([
  [Array(1_001).fill('a'), true],
  [Array(1_000).fill('a'), false],
  ['a'.repeat(1_001), false],
  [undefined, false],
])('plans a list of more than 1,000 values in parts', (value, isLong) => {
  expect(isLongList(value)).toBe(isLong);
});

test('steps about equal observables have one key, whether they are sent or rejected', () => {
  const host_id = ['contoso.com', 'a b', 'c d'];
  const keys = plan({ routes: [REPUTATION] }, { host_id } as Args, 1_000).steps.map(stepKey);
  expect(keys).toEqual([`${API}/hosts/contoso.com/reputation`, 'refused a b', 'refused c d']);
});

test('a list takes the arguments of any list', () => {
  const request = (args: Args) =>
    requestsIn(
      plan({ routes: [COMPONENTS] }, { vulnerability_id: 'CVE-2021-44228', ...args }, 1_000).steps,
    )[0];
  expect(request({ limit: 7, search: 'x' })).toMatchObject({
    query: [{ name: '$search', value: '"x"' }],
    optional: [{ name: '$top', value: '7' }],
    rows: { most: 7, by: 'limit' },
  });
  expect(request({ all_results: true })).toMatchObject({
    query: [],
    rows: { most: 1_000, by: 'max_results' },
  });
});

test('indicators have one request for each part, in their order', () => {
  const args = { ip: ['b.example', 'a b', 'a.example'], host_id: ['b.example', 'a b', 'a.example'] };
  const planned = planIndicators({ Host: HOST, Nothing: undefined, HostReputation: REPUTATION }, args);
  expect(planned.map(({ indicator, steps }) => [indicator, steps.map(({ part }) => part)])).toEqual(
    ['b.example', 'a b', 'a.example'].map((indicator) => [indicator, ['Host', 'HostReputation']]),
  );
  expect(planned[0]?.steps[1]?.step).toEqual({
    method: 'GET',
    returns: 'entity',
    query: [],
    rows: { most: 1, by: 'limit' },
    path: `${API}/hosts/b.example/reputation`,
    subject: { argument: 'host_id', id: 'b.example', observable: true },
    parent: { name: 'hostId', id: 'b.example' },
  });
  const refused = planned[1]?.steps[0]?.step;
  expect(refused && isRejected(refused) && refused.error).toBeInstanceOf(PluginError);
});
