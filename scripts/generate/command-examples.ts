import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { CommandName } from '../../src/manifest/generated/types';
import { mainArgument, optionOf, shortName } from '../../src/manifest/short-names';

interface Case {
  readonly description?: string;
  readonly args?: Readonly<Record<string, unknown>>;
  readonly expect?: { readonly entries?: readonly { readonly table?: string }[] };
}

/** Keys of a case that needs nothing but its arguments. */
const PLAIN = new Set(['description', 'args', 'expect']);

const MOST = 3;

/** Command lines for the help of each command, from its cases that find something: `[line, what it does]`. */
export function commandExamples(root: string, names: readonly string[]): Record<string, [string, string][]> {
  const folder = join(root, 'test_data/cases');
  return Object.fromEntries(
    names.map((name) => [name, examplesOf(name as CommandName, join(folder, name))] as const),
  );
}

function examplesOf(command: CommandName, folder: string): [string, string][] {
  const lines = casesIn(folder).map(({ args = {}, description = '' }): [string, string] => {
    const byId = description.includes('ignored');
    const needed = Object.entries(args).filter(
      ([name, value]) => String(value) !== 'false' && !(byId && IGNORED.has(name)),
    );
    const [text = ''] = description.replace(/\.$/, '').split(';');
    return [commandLine(command, Object.fromEntries(needed)), text];
  });
  const distinct = [...new Map(lines.map((line) => [line[0], line])).values()];
  return distinct.sort(([one], [other]) => one.length - other.length).slice(0, MOST);
}

/** Arguments of lists, which a platform sends beside an id and the command ignores. */
const IGNORED: ReadonlySet<string> = new Set(['limit', 'all_results', 'direction', 'record_type']);

function casesIn(folder: string): Case[] {
  return filesIn(folder)
    .map((file) => parse(readFileSync(join(folder, file), 'utf8')) as Case)
    .filter((one) => Object.keys(one).every((key) => PLAIN.has(key)))
    .filter(({ description = '' }) => !/duplicate|does not know/.test(description))
    .filter(({ expect }) => expect?.entries?.[0]?.table?.includes('|') === true);
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.yml'))
      .sort();
  } catch {
    return [];
  }
}

function commandLine(command: CommandName, args: Readonly<Record<string, unknown>>): string {
  const main = mainArgument(command);
  const words = Object.entries(args).flatMap(([name, value]) => {
    if (name === main)
      return [value]
        .flat()
        .flatMap((one) => String(one).split(', '))
        .map(quoted);
    if (value === true || value === 'true') return [`--${optionOf(name)}`];
    return [`--${optionOf(name)} ${quoted(String([value].flat().join(',')))}`];
  });
  return ['mdti', shortName(command), ...words].join(' ');
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w.:/@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
