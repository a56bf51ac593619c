import { isRecord } from '../src/base/json';
import { catalog } from '../src/commands/generated/catalog';
import manifest from '../src/manifest/generated/manifest.json';
import type { CommandName } from '../src/manifest/generated/types';
import { CONTEXT_ROOT } from '../src/xsoar/context-keys';
import { readCases } from './support/case';

interface Declared {
  readonly contextPath: string;
}

/** What each command says it puts below the root of ours in context. */
const declared = new Map(
  manifest.script.commands.map((command) => {
    const outputs: readonly Declared[] = 'outputs' in command ? command.outputs : [];
    const paths = outputs.map(({ contextPath }) => contextPath);
    return [command.name, paths.filter((path) => path.startsWith(`${CONTEXT_ROOT}.`))] as const;
  }),
);

const cases = readCases();

/** The context paths in the expectations of a command's cases; list positions are left out, as in a context path. */
function produced(command: string, named: (name: string) => boolean): Set<string> {
  const chosen = cases.filter((one) => one.command === command && named(one.name));
  return new Set(chosen.flatMap((one) => one.expect.entries.flatMap(({ context }) => pathsOf(context))));
}

function pathsOf(context: unknown): string[] {
  if (!isRecord(context)) return [];
  return Object.entries(context)
    .filter(([key]) => key.startsWith(`${CONTEXT_ROOT}.`))
    .flatMap(([key, value]) => leaves(key.replace(/\(.*$/, ''), value));
}

/** A value that is null or an empty list has no paths below it; a long list ends with a string such as "and 48 more". */
function leaves(path: string, value: unknown): string[] {
  if (value === null) return [];
  if (Array.isArray(value))
    return value.filter((item) => !/^and \d+ more$/.test(String(item))).flatMap((item) => leaves(path, item));
  if (!isRecord(value)) return [path];
  return Object.entries(value).flatMap(([name, inner]) => leaves(`${path}.${name}`, inner));
}

/** The commands that read one kind of object; one that rates addresses alone still declares what names have too. */
const named = [...declared].filter(([name]) => 'routes' in catalog[name as CommandName]);

describe.each(named)('%s', (command, paths) => {
  test('each declared output is produced by a case', () => {
    const found = produced(command, () => true);
    expect(paths.filter((path) => !found.has(path))).toEqual([]);
  });

  test('nothing is produced that is not declared, odd data apart', () => {
    const found = produced(command, (name) => !name.endsWith('-odd'));
    expect([...found].filter((path) => !paths.includes(path))).toEqual([]);
  });
});
