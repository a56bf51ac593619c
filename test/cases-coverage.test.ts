import type { Command } from '../src/commands/declaration/command';
import { catalogue } from '../src/commands/generated/catalogue';
import { SERVER_COMMANDS } from '../src/engine/dispatcher';
import { pathPart, placeholders, type Route } from '../src/graph/route';
import { commands } from '../src/manifest/generated/commands';
import type { CommandName } from '../src/manifest/generated/types';
import { DBOT_SCORE_KEY } from '../src/xsoar/dbot-score';
import { type Case, readCases, readGolden, type Shown } from './support/case';

/** What can come of a route; a case's folder is named `<what>-<outcome>`. */
const OUTCOMES: Readonly<Record<string, (shown: Answer) => boolean>> = {
  found: ({ entry }) => entry.Type === 1 && entry.EntryContext !== null,
  several: ({ entry, requests }) => entry.Type === 1 && Array.isArray(entry.Contents) && requests.length > 1,
  paged: ({ entry, requests }) => Array.isArray(entry.Contents) && requests.length > 1,
  empty: ({ entry, tables }) =>
    Array.isArray(entry.Contents) && entry.EntryContext === null && /^No .+ were found\./.test(tables),
  'not-found': ({ entry, tables, code }) =>
    code === 'GRAPH_NOT_FOUND' || (entry.EntryContext === null && /^No .+ were found\./.test(tables)),
  failing: ({ entry }) => entry.Type === 4 && entry.EntryContext === null,
  odd: ({ entry }) => entry.Type === 1,
  fetched: ({ incidents }) => Array.isArray(incidents),
  rated: ({ entries }) => entries.every(({ EntryContext }) => DBOT_SCORE_KEY in (EntryContext ?? {})),
};

interface ShownEntry {
  readonly Type: number;
  readonly Contents: unknown;
  readonly EntryContext: object | null;
}

interface Answer {
  readonly entry: ShownEntry;
  readonly entries: readonly ShownEntry[];
  readonly tables: string;
  readonly incidents: unknown;
  readonly requests: readonly string[];
  readonly code: string | undefined;
}

function answerOf(shown: Shown): Answer {
  const document = shown.document as {
    entries: ShownEntry[];
    errors?: { code: string }[];
    incidents?: unknown;
  };
  const [entry] = document.entries;
  if (entry === undefined) throw new Error('a case without an entry');
  return {
    entry,
    entries: document.entries,
    tables: shown.markdown,
    requests: shown.requests.filter(isRead),
    incidents: document.incidents,
    code: document.errors?.[0]?.code,
  };
}

function outcomeOf({ name }: Case): string | undefined {
  const longestFirst = Object.keys(OUTCOMES).sort((one, other) => other.length - one.length);
  return longestFirst.find((outcome) => name.endsWith(`-${outcome}`));
}

/** The outcomes that a route can have, and so needs a case for. */
function expected(name: CommandName, { answers, line }: Route): string[] {
  const ids = placeholders(pathPart(line));
  const listed = ids.some((id) => commands[name].arguments[id]?.kind === 'list');
  if (answers === 'collection')
    return ['found', 'paged', 'empty', 'failing', ...(ids.length > 0 ? ['not-found'] : [])];
  return ['found', 'not-found', 'failing', ...(listed ? ['several'] : [])];
}

/** Batches carry requests that are listed beside them. */
function isRead(line: string): boolean {
  return line.startsWith('GET ');
}

function takes({ line }: Route, requests: readonly string[]): boolean {
  const pattern = `GET /v1.0${pathPart(line).replace(/\{\w+\}/g, '[^/?]+')}`;
  return requests.length > 0 && requests.every((request) => new RegExp(`^${pattern}(?:\\?|$)`).test(request));
}

const cases = readCases();

test.each(cases.map((one) => [`${one.command}/${one.name}`, one] as const))(
  '%s is what its name says',
  (_, one) => {
    const outcome = outcomeOf(one);
    expect(outcome).toBeDefined();
    expect(OUTCOMES[outcome ?? '']?.(answerOf(readGolden(one)))).toBe(true);
  },
);

const routes = Object.entries(catalogue).flatMap(([name, command]: [string, Command]) =>
  'routes' in command ? command.routes.map((route) => [name as CommandName, route] as const) : [],
);

test.each(routes.map(([name, route]) => [`${name}: ${route.line}`, name, route] as const))(
  '%s has a case for every outcome',
  (_, name, route) => {
    const shown = cases
      .filter((one) => one.command === name && takes(route, readGolden(one).requests.filter(isRead)))
      .map(outcomeOf);
    expect(expected(name, route).filter((outcome) => !shown.includes(outcome))).toEqual([]);
  },
);

test.each([...new Set(routes.map(([name]) => name))])('%s has a case with odd data', (name) => {
  const shown = cases.filter((one) => one.command === name).map(outcomeOf);
  expect(shown).toContain('odd');
});

test('no case belongs to a command that does not exist', () => {
  expect(
    cases
      .map(({ command }) => command)
      .filter((command) => !(command in { ...catalogue, ...SERVER_COMMANDS })),
  ).toEqual([]);
});
