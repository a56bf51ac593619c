import { FOLLOW } from '../../commands/expansion/questions';
import { type ArgumentSpec, commands } from '../../manifest/generated/commands';
import type { CommandName } from '../../manifest/generated/types';
import { argumentsOf, commandNamed, shortName } from '../../manifest/short-names';
import { SYSTEM_ARGUMENTS } from '../../xsoar/system-arguments';
import { ACTIONS } from './actions';

/** Returns the candidates for the word before the cursor, and that word, in the form of Node's readline. */
type Completion = [candidates: string[], word: string];

/** Completes commands (full and short names), actions, arguments, and the values of an argument with a fixed set of them. */
export function complete(line: string): Completion {
  const word = line.split(/\s/).at(-1) as string;
  const first = line.trimStart().replace(/\s.*/s, '');
  if (word === line.trimStart()) return firstWord(word);
  const command = commandNamed(first);
  const specs = command === undefined ? {} : argumentsOf(command);
  const name = /^[\w-]+(?==)/.exec(word)?.[0];
  if (name !== undefined)
    return among(
      word,
      valuesOf(specs[name], name).map((value) => `${name}=${value} `),
    );
  const before = line.split('=').slice(0, -1);
  const given = new Set(before.map((part) => part.split(/[^\w-]/).at(-1)));
  const names = [...Object.keys(specs), ...SYSTEM_ARGUMENTS].filter((argument) => !given.has(argument));
  return among(word, first.startsWith('/') ? [] : names.map((argument) => `${argument}=`));
}

function among(word: string, candidates: readonly string[]): Completion {
  return [candidates.filter((candidate) => candidate.startsWith(word)), word];
}

/** Full names only if the short name does not match the typed text; otherwise each command would appear twice. */
function firstWord(word: string): Completion {
  const actions = Object.keys(ACTIONS).map((name) => `/${name} `);
  const mark = word.startsWith('!') ? '!' : '';
  const names = Object.keys(commands) as CommandName[];
  const short = among(word, [...actions, ...names.map((name) => `${mark}${shortName(name)} `)]);
  return short[0].length > 0
    ? short
    : among(
        word,
        names.map((name) => `${mark}${name} `),
      );
}

const FLAGS = ['true', 'false'];

function valuesOf(spec: ArgumentSpec | undefined, name: string): readonly string[] {
  if (name === 'raw-response' || name === 'ignore-outputs' || spec?.kind === 'flag') return FLAGS;
  if (name === 'follow') return [...Object.keys(FOLLOW), 'all'];
  return spec?.choices ?? [];
}
