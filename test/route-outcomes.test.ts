import type { Clock } from '../src/base/clock';
import type { Command } from '../src/commands/declaration/command';
import { catalog } from '../src/commands/generated/catalog';
import { openEngine } from '../src/engine/engine';
import type { Outcome } from '../src/engine/invocation';
import { pathPart, placeholders, type Route } from '../src/graph/route';
import type { HttpResponse } from '../src/http/transport';
import { commands } from '../src/manifest/generated/commands';
import type { CommandName } from '../src/manifest/generated/types';
import { possibleMembers } from '../src/model/walk';
import { OBSERVABLE_ARGUMENTS } from '../src/observables/observable-arguments';
import { model, resolveRoute } from './contract/resolve';
import { type Case, readCases } from './support/case';
import { takesRoute } from './support/case-routes';
import { PARAMS, TOKEN } from './support/recorder';

/**
 * What every route does with the outcomes that all routes share, one row each: a response of Graph, and what a user gets. The
 * arguments are those of the route's `-found` case, so a new route is proven as soon as it has one.
 */

interface Sent {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface SharedOutcome {
  readonly sent: (subject: Subject) => Sent | readonly Sent[];
  readonly applies?: (subject: Subject) => boolean;
  readonly gives: (subject: Subject, outcome: Outcome, requests: readonly string[]) => void;
}

/** One route of a command with arguments that lead to it. */
interface Subject {
  readonly command: CommandName;
  readonly route: Route;
  readonly args: Readonly<Record<string, unknown>>;
  readonly type: string;
}

const GRAPH_TEXT = 'Text of the service, quoted word for word.';

const isCollection = ({ route }: Subject) => route.returns === 'collection';
const isEntity = (subject: Subject) => !isCollection(subject);

/** Whether the last id of the path is an observable, so that 404 means "nothing found". */
function endsAtObservable({ route }: Subject): boolean {
  return Object.hasOwn(OBSERVABLE_ARGUMENTS, placeholders(pathPart(route.line)).at(-1) ?? '');
}

function refused(status: number, code: string, headers: Sent['headers'] = {}): Sent {
  const error = { code, message: GRAPH_TEXT };
  return { status, headers: { 'request-id': '00001111-aaaa-2222', ...headers }, body: { error } };
}

function fails(code: string, status?: number): SharedOutcome['gives'] {
  return ({ route }, { entries, errors }) => {
    expect(entries).toMatchObject([{ Type: 4, ContentsFormat: 'text', EntryContext: null }]);
    expect(errors).toMatchObject([{ code, ...(status === undefined ? {} : { status }) }]);
    const [beforeId = ''] = pathPart(route.line).split('{');
    expect(entries[0]?.Contents).toContain(`/v1.0${beforeId}`);
    if (status !== undefined && status >= 400) {
      expect(entries[0]?.Contents).toContain(GRAPH_TEXT);
      expect(errors).toMatchObject([{ requestId: '00001111-aaaa-2222' }]);
    }
  };
}

const nothingFound: SharedOutcome['gives'] = ({ command, route }, { entries, errors }) => {
  const { value } = catalog[command] as { value: string };
  const none = route.returns === 'entity' && value === 'object' ? null : [];
  expect(entries).toMatchObject([{ Type: 1, Contents: none, EntryContext: null }]);
  expect(entries[0]?.HumanReadable).toMatch(/^No .+ were found\./);
  expect(errors).toEqual([]);
};

/** The records in context, without what the command adds to them. */
function recordsOf({ entries }: Outcome): Record<string, unknown>[] {
  expect(entries).toMatchObject([{ Type: 1 }]);
  const [value] = Object.values(entries[0]?.EntryContext ?? {});
  return [value].flat() as Record<string, unknown>[];
}

/** The record of the type with each property set by name. */
function recordWith(type: string, set: (name: string) => unknown): Record<string, unknown> {
  const names = Object.keys(possibleMembers(model, type, 'properties')).filter((name) => name !== 'id');
  return { id: 'r1', ...Object.fromEntries(names.map((name) => [name, set(name)])) };
}

function holding({ route }: Subject, record: unknown): Sent {
  return { body: route.returns === 'collection' ? { value: [record] } : record };
}

const keeps =
  (make: (subject: Subject) => Record<string, unknown>): SharedOutcome['gives'] =>
  (subject, outcome) => {
    expect(recordsOf(outcome)).toMatchObject([make(subject)]);
  };

const nulls = ({ type }: Subject) => recordWith(type, () => null);
const unknownProperty = () => ({ id: 'r1', addedByGraphLater: { deep: ['x'] } });

const OUTCOMES: Readonly<Record<string, SharedOutcome>> = {
  '400 BadRequest': { sent: () => refused(400, 'BadRequest'), gives: fails('GRAPH_BAD_REQUEST', 400) },
  '401 with a fresh token': {
    sent: () => refused(401, 'InvalidAuthenticationToken'),
    gives: fails('GRAPH_UNAUTHORIZED', 401),
  },
  '403 Forbidden': { sent: () => refused(403, 'Forbidden'), gives: fails('GRAPH_FORBIDDEN', 403) },
  '404 for an observable': {
    sent: () => refused(404, 'ResourceNotFound'),
    applies: endsAtObservable,
    gives: nothingFound,
  },
  '404 for a record id': {
    sent: () => refused(404, 'ResourceNotFound'),
    applies: (subject) => !endsAtObservable(subject),
    gives: fails('GRAPH_NOT_FOUND', 404),
  },
  '404 with a code that does not mean "not found"': {
    sent: () => refused(404, 'UnknownTenant'),
    applies: (subject) => !endsAtObservable(subject),
    gives: fails('GRAPH_BAD_REQUEST', 404),
  },
  '429 beyond the time of the command': {
    sent: () => refused(429, 'TooManyRequests', { 'retry-after': '86400' }),
    gives(subject, outcome, requests) {
      fails('GRAPH_THROTTLED', 429)(subject, outcome, requests);
      expect(outcome.errors).toMatchObject([{ retryAfter: 86400 }]);
    },
  },
  '500 after every retry': {
    sent: () => refused(500, 'InternalServerError'),
    gives(subject, outcome, requests) {
      fails('GRAPH_UNAVAILABLE', 500)(subject, outcome, requests);
      expect(requests.length).toBeGreaterThan(1);
    },
  },
  '503, then a response': {
    sent: (subject) => [refused(503, 'ServiceUnavailable'), holding(subject, { id: 'r1' })],
    gives(subject, outcome, requests) {
      keeps(() => ({ id: 'r1' }))(subject, outcome, requests);
      expect(requests).toHaveLength(2);
    },
  },
  'a page of HTML with status 200': {
    sent: () => ({ headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' }),
    gives: fails('GRAPH_UNEXPECTED'),
  },
  'JSON that ends in the middle': {
    sent: () => ({ body: '{"value":[{"id"' }),
    gives: fails('GRAPH_UNEXPECTED'),
  },
  'a redirect': { sent: () => ({ status: 302, body: '' }), gives: fails('GRAPH_UNEXPECTED') },
  'a string in the place of a record': {
    sent: (subject) => ({ body: isCollection(subject) ? { value: ['x'] } : { value: 'x' } }),
    gives: fails('GRAPH_UNEXPECTED'),
  },
  'an empty list': { sent: () => ({ body: { value: [] } }), applies: isCollection, gives: nothingFound },
  'an empty response for an entity': {
    sent: () => ({ status: 204 }),
    applies: isEntity,
    gives: nothingFound,
  },
  'an entity wrapped in value': {
    sent: () => ({ body: { '@odata.context': '$metadata#x', value: { id: 'r1' } } }),
    applies: isEntity,
    gives: keeps(() => ({ id: 'r1' })),
  },
  'every property null': { sent: (subject) => holding(subject, nulls(subject)), gives: keeps(nulls) },
  'a property that the model does not know': {
    sent: (subject) => holding(subject, unknownProperty()),
    gives: keeps(unknownProperty),
  },
  'a record without an id': {
    sent: (subject) => holding(subject, { '@odata.etag': 'W/"1"', title: null }),
    gives(_, outcome) {
      const [record] = recordsOf(outcome);
      expect(record).toMatchObject({ title: null });
      expect(record).not.toHaveProperty(['@odata.etag']);
    },
  },
  'two pages': {
    applies: isCollection,
    sent: () => [
      { body: { value: [{ id: 'r1' }], '@odata.nextLink': '{next}' } },
      { body: { value: [{ id: 'r2' }] } },
    ],
    gives(_, outcome, requests) {
      expect(recordsOf(outcome)).toMatchObject([{ id: 'r1' }, { id: 'r2' }]);
      expect(requests).toHaveLength(2);
      expect(requests[1]).toContain('$skiptoken=2');
    },
  },
};

const cases = readCases();

/** The arguments of the route's `-found` case, with a limit that two pages do not reach. */
function argumentsFor(command: string, route: Route): Case['args'] {
  const found = cases.find(
    (one) => one.command === command && one.name.endsWith('-found') && takesRoute(route, one.expect.requests),
  );
  if (found === undefined) throw new Error(`${command}: no -found case takes ${route.line}`);
  const { odata: _odata, ...args } = found.args ?? {};
  return 'limit' in args ? { ...args, limit: '50' } : args;
}

const subjects = Object.entries(catalog).flatMap(([name, command]: [string, Command]): Subject[] =>
  'routes' in command
    ? command.routes.map((route: Route) => {
        const names = Object.keys(commands[name as CommandName].arguments);
        const place = resolveRoute(route, names);
        if (typeof place === 'string') throw new Error(place);
        return {
          command: name as CommandName,
          route,
          type: place.type,
          args: argumentsFor(name, route) ?? {},
        };
      })
    : [],
);

/** A clock on which short waits are over at once; the time limit of a command stays. */
function impatientClock(): Clock {
  let now = Date.now();
  return {
    now: () => now,
    monotonic: () => now,
    after(milliseconds, call) {
      if (milliseconds > 60_000) return () => {};
      const immediate = setImmediate(() => {
        now += milliseconds;
        call();
      });
      return () => clearImmediate(immediate);
    },
  };
}

/** Runs a command against a Graph that sends these responses in turn, repeating the last one; waiting takes no time. */
async function play({ command, args }: Subject, sent: Sent | readonly Sent[]) {
  const script = [sent].flat() as Sent[];
  const requests: string[] = [];
  const plugin = openEngine({
    params: PARAMS,
    clock: impatientClock(),
    transport: async (request): Promise<HttpResponse> => {
      if (request.method === 'POST') return TOKEN;
      const {
        status = 200,
        headers,
        body = '',
      } = script[Math.min(requests.length, script.length - 1)] as Sent;
      requests.push(request.url);
      const next = `${request.url}&$skiptoken=2`;
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return {
        status,
        headers: { 'content-type': 'application/json', ...headers },
        body: text.replace('{next}', JSON.stringify(next).slice(1, -1)),
      };
    },
  });
  return { outcome: await plugin.execute(command, args), requests };
}

test('the model has a type for every route', () => {
  expect(subjects.filter(({ type }) => !(type in model.types))).toEqual([]);
});

for (const [name, { sent, applies = () => true, gives }] of Object.entries(OUTCOMES)) {
  const concerned = subjects.filter(applies);
  test.each(concerned.map((subject) => [subject.command, subject.route.line, subject] as const))(
    `${name}: %s, %s`,
    async (_command, _line, subject) => {
      const { outcome, requests } = await play(subject, sent(subject));
      gives(subject, outcome, requests);
    },
  );
}
