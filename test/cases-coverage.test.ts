import type { Command } from '../src/commands/declaration/command';
import { catalog } from '../src/commands/generated/catalog';
import { SERVER_COMMANDS } from '../src/engine/dispatcher';
import { pathPart, placeholders, type Route } from '../src/graph/route';
import { commands } from '../src/manifest/generated/commands';
import type { CommandName } from '../src/manifest/generated/types';
import { DBOT_SCORE_KEY } from '../src/xsoar/dbot-score';
import { type Case, type ExpectedEntry, readCases } from './support/case';
import { takesRoute } from './support/case-routes';

/** The outcomes that a case can show; its file is named `<what>-<outcome>.yml`. */
const OUTCOMES: Readonly<Record<string, (shown: Shown) => boolean>> = {
  found: ({ entry }) => isResult(entry) && entry.context !== null,
  several: ({ entry, requests }) => isResult(entry) && isList(entry) && requests.length > 1,
  paged: ({ entry, requests }) => isResult(entry) && isList(entry) && requests.length > 1,
  empty: ({ entry }) => isList(entry) && saysNone(entry),
  'not-found': ({ entry, code }) => code === 'GRAPH_NOT_FOUND' || saysNone(entry),
  failing: ({ entry, code }) => entry.error !== undefined && code !== undefined,
  odd: ({ entry }) => isResult(entry),
  fetched: ({ incidents }) => Array.isArray(incidents),
  rated: ({ entries }) => entries.every(({ context }) => DBOT_SCORE_KEY in (context ?? {})),
};

interface Shown {
  readonly entry: ExpectedEntry;
  readonly entries: readonly ExpectedEntry[];
  readonly requests: readonly string[];
  readonly incidents: unknown;
  readonly code: string | undefined;
}

function isResult({ error }: ExpectedEntry): boolean {
  return error === undefined;
}

function isList({ contents }: ExpectedEntry): boolean {
  return Array.isArray(contents) || /^\d+ records?, as sent$/.test(String(contents));
}

function saysNone({ table, context }: ExpectedEntry): boolean {
  return context === null && /^No .+ were found\./.test(table ?? '');
}

function shownBy({ expect: { requests, entries, incidents, errors } }: Case): Shown {
  const [entry] = entries;
  if (entry === undefined) throw new Error('a case without an entry');
  const reads = requests.filter((request) => request.startsWith('GET '));
  return { entry, entries, incidents, requests: reads, code: errors?.[0]?.code };
}

function outcomeOf({ name }: Case): string | undefined {
  const longestFirst = Object.keys(OUTCOMES).sort((one, other) => other.length - one.length);
  return longestFirst.find((outcome) => name.endsWith(`-${outcome}`));
}

const cases = readCases();

test.each(cases.map((one) => [`${one.command}/${one.name}`, one] as const))(
  '%s shows the outcome in its name, and says in a sentence what it is about',
  (_, one) => {
    const outcome = outcomeOf(one);
    expect(outcome).toBeDefined();
    expect(OUTCOMES[outcome ?? '']?.(shownBy(one))).toBe(true);
    expect(one.description).toMatch(/^\S.+\.$/);
  },
);

test('no two cases are the same', () => {
  const contents = cases.map(({ command, args, params, lastRun, faults, responses }) =>
    JSON.stringify({ command, args, params, lastRun, faults, responses }),
  );
  expect(contents.filter((content, index) => contents.indexOf(content) !== index)).toEqual([]);
});

const routes = Object.entries(catalog).flatMap(([name, command]: [string, Command]) =>
  'routes' in command ? command.routes.map((route) => [name as CommandName, route] as const) : [],
);

/** `route-outcomes.test.ts` proves the outcomes that all routes share. */
test.each(routes.map(([name, route]) => [`${name}: ${route.line}`, name, route] as const))(
  '%s has a case for what it finds, also for several observables where it takes a list',
  (_, name, route: Route) => {
    const ids = placeholders(pathPart(route.line));
    const isForList =
      route.returns === 'entity' && ids.some((id) => commands[name].arguments[id]?.kind === 'list');
    const shown = cases
      .filter((one) => one.command === name && takesRoute(route, one.expect.requests))
      .map(outcomeOf);
    expect(shown).toEqual(expect.arrayContaining(isForList ? ['found', 'several'] : ['found']));
  },
);

test.each([...new Set(routes.map(([name]) => name))])('%s has a case with odd data', (name) => {
  expect(cases.filter((one) => one.command === name).map(outcomeOf)).toContain('odd');
});

test('no case belongs to a command that does not exist', () => {
  expect(
    cases.map(({ command }) => command).filter((command) => !(command in { ...catalog, ...SERVER_COMMANDS })),
  ).toEqual([]);
});
