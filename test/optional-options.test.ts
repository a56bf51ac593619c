import type { Clock } from '../src/base/clock';
import { systemClock } from '../src/base/clock';
import type { Command } from '../src/commands/declaration/command';
import { catalog } from '../src/commands/generated/catalog';
import { openEngine } from '../src/engine/engine';
import type { Outcome } from '../src/engine/invocation';
import { openTransport } from '../src/engine/open-services';
import type { OptionName } from '../src/model/capabilities';
import { type Sandbox, startSandbox } from '../src/sandbox';
import { memoryStore, type State } from '../src/state/store';
import { type Case, readCases, WORLD } from './support/case';
import { takesRoute } from './support/case-routes';
import { type RejectingTransport, type Rejection, rejecting } from './support/rejecting';

/*
 * No query option that we add on our own may become indispensable: whatever Graph rejects of them, one at a time or all, by 400 or 501,
 * every list gives the same rows for one request more, and the next command does without, in this process and in another.
 */

let sandbox: Sandbox;
let graph: RejectingTransport;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
  graph = rejecting(openTransport(sandbox.params, { ca: sandbox.ca, allowEndpoints: [sandbox.origin] }));
});
afterAll(() => sandbox.close());
beforeEach(() => {
  graph.rejection = undefined;
  graph.reset();
});

const DAY = 24 * 60 * 60 * 1000;

function engine(state: State, clock: Clock = systemClock) {
  const store = memoryStore(state);
  const ports = { params: sandbox.params, ca: sandbox.ca, store, clock, transport: graph.transport };
  return { ...openEngine({ ...ports, allowEndpoints: [sandbox.origin] }), state: store.current };
}

const OURS: readonly OptionName[] = ['$orderby', '$top', '$count', '$filter'];

const cases = readCases().filter(
  ({ args, faults, responses }) =>
    !faults && !responses && !OURS.some((option) => String(args?.odata).includes(option)),
);

/** A case for each list of each command, for each summary that reads lists, and for the graph. */
const LISTS: readonly (readonly [string, Case])[] = [
  ...Object.entries(catalog).flatMap(([name, command]: [string, Command]) => {
    const routes =
      'routes' in command ? command.routes.filter(({ returns }) => returns === 'collection') : [];
    return routes.map((route) => {
      const own = cases.filter((one) => one.command === name && takesRoute(route, one.expect.requests));
      return [`${name}: ${route.line}`, own.find(isFound)] as const;
    });
  }),
  ...['host-summary/by-name', 'article-summary/by-id', 'profile-summary/by-id', 'vulnerability-summary/by-id']
    .concat('expand/host', 'host-passive-dns-list/of-host-name-by-type', 'profile-list/kind')
    .map((name) => {
      const found = cases.find((one) => `${one.command}/${one.name}`.endsWith(`-intel-${name}-found`));
      return [name, found] as const;
    }),
].map(([name, one]) => {
  if (one === undefined) throw new Error(`no case shows the rows of ${name}`);
  return [name, one] as const;
});

function isFound({ name }: Case): boolean {
  return name.endsWith('-found') || name.endsWith('-paged');
}

function dataOf({ entries }: Outcome): unknown {
  return entries.map(({ Contents }) => JSON.parse(JSON.stringify(Contents, withoutCount)));
}

/** A graph says how many requests it took. */
function withoutCount(key: string, value: unknown): unknown {
  return key === 'requests' ? undefined : value;
}

function rejections(sent: readonly OptionName[]): Rejection[] {
  const sets = [...sent.map((option) => [option]), ...(sent.length > 1 ? [sent] : [])];
  return sets.flatMap((options): Rejection[] => [
    { options, status: 400, named: true },
    { options, status: 501, named: false },
  ]);
}

test.each(LISTS)('%s returns all rows if Graph rejects added query options', async (_, one) => {
  const signedIn = engine({});
  const expected = dataOf(await signedIn.execute(one.command, one.args ?? {}));
  const usual = graph.urls.length;
  const sent = OURS.filter((option) => graph.urls.some((url) => url.includes(`${option}=`)));
  for (const rejection of rejections(sent)) {
    graph.rejection = rejection;
    graph.reset();
    const first = engine(signedIn.state());
    const found = await first.execute(one.command, one.args ?? {});
    expect([rejection, dataOf(found)]).toEqual([rejection, expected]);
    expect([rejection, graph.urls.length]).toEqual([rejection, usual + graph.rejected]);
  }
});

const PASSIVE_DNS = 'msg-defender-threat-intel-host-passive-dns-list';
const ARGS = { host_id: 'contoso.com', direction: 'forward' };

/** How many requests of a command Graph rejects. */
async function rejectedBy(running: Pick<ReturnType<typeof engine>, 'execute'>): Promise<number> {
  graph.reset();
  expect((await running.execute(PASSIVE_DNS, ARGS)).errors).toEqual([]);
  return graph.rejected;
}

test('a rejection is remembered for a day, in the process and in the integration context', async () => {
  let now = Date.now();
  const clock = { ...systemClock, now: () => now };
  graph.rejection = { options: ['$orderby', '$top'], status: 400, named: false };
  const first = engine({}, clock);
  expect(await rejectedBy(first)).toBe(1);
  expect(await rejectedBy(first)).toBe(0);
  const context = JSON.parse(JSON.stringify(first.state())) as State;
  expect(await rejectedBy(engine(context, clock))).toBe(0);
  expect(await rejectedBy(engine({}, clock))).toBe(1);
  now += DAY - 1000;
  expect(await rejectedBy(engine(context, clock))).toBe(0);
  now += 2000;
  expect(await rejectedBy(first)).toBe(1);
  expect(await rejectedBy(engine(context, clock))).toBe(1);
});

test('a rejection that was saved while a clock was ahead does not count', async () => {
  let now = Date.now() + 30 * DAY;
  const clock = { ...systemClock, now: () => now };
  graph.rejection = { options: ['$orderby', '$top'], status: 400, named: false };
  const ahead = engine({}, clock);
  expect(await rejectedBy(ahead)).toBe(1);
  now -= 30 * DAY;
  const context = JSON.parse(JSON.stringify(ahead.state())) as State;
  expect(await rejectedBy(engine(context, clock))).toBe(1);
});

test('of two options that Graph rejects by name, each costs one request, in one command after the other', async () => {
  graph.rejection = { options: ['$orderby', '$top'], status: 400, named: true };
  const running = engine({});
  expect([await rejectedBy(running), await rejectedBy(running), await rejectedBy(running)]).toEqual([
    1, 1, 0,
  ]);
});

test('an option that Graph accepts is sent again after another was rejected by name', async () => {
  graph.rejection = { options: ['$orderby'], status: 400, named: true };
  const running = engine({});
  await rejectedBy(running);
  await rejectedBy(running);
  expect(graph.urls).toEqual([expect.stringContaining('$top=200')]);
});

test('never drops an option of the user', async () => {
  graph.rejection = { options: ['$orderby'], status: 400, named: true };
  const args = { ...ARGS, odata: '$orderby=firstSeenDateTime' };
  const { errors } = await engine({}).execute(PASSIVE_DNS, args);
  expect(errors).toMatchObject([{ code: 'GRAPH_BAD_REQUEST', status: 400 }]);
  expect(graph.urls.every((url) => url.includes('$orderby=firstSeenDateTime'))).toBe(true);
});

test.each([
  ['a list', PASSIVE_DNS, { ...ARGS, limit: 3 }],
  ['a summary', 'msg-defender-threat-intel-host-summary', { host_id: 'contoso.com' }],
  ['a graph', 'msg-defender-threat-intel-expand', { seeds: 'contoso.com', follow: 'resolutions,pairs' }],
])('the text of %s says what a rejection means for the rows', async (_, command, args) => {
  graph.rejection = { options: ['$orderby'], status: 400, named: true };
  const { entries } = await engine({}).execute(command, args);
  expect(entries[0]?.HumanReadable).toContain(
    'Graph did not apply $orderby to this list; the rows were sorted after they were read.',
  );
});
