import { parseArgs } from 'node:util';
import { didYouMean } from '../../base/did-you-mean';
import { codeOf } from '../../base/errors';
import { quoted } from '../../base/sanitize';
import { nearestParameter } from '../../config/nearest-parameter';
import { howToSet } from './config/flags';
import { invocationError } from './invocation-error';
import type { Flag, FlagTable, Runnable, Word } from './verb';

interface ParsedCall {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | number | readonly string[] | undefined>>;
  readonly help: boolean;
}

const HELP = { type: 'boolean', short: 'h' } as const;

/** Choices that an error lists; a longer list is in the help. */
const LISTED = 12;

/**
 * Parses the words and options after a verb.
 * @param verbsWith returns the verbs that take an option, for the hint where this one does not.
 * @throws PluginError INVOCATION_UNREADABLE naming the option or word that the verb does not take.
 */
export function parseCall(
  name: string,
  verb: Runnable,
  argv: readonly string[],
  verbsWith: (flag: string) => readonly string[] = () => [],
): ParsedCall {
  const flags: FlagTable = verb.flags ?? {};
  const { values, positionals } = readOptions(name, flags, argv, verbsWith);
  const help = values.help === true;
  const options = Object.fromEntries(
    Object.entries(flags).map(([flag, spec]) => [flag, optionValue(name, `--${flag}`, spec, values[flag])]),
  );
  return { words: help ? positionals : checkWords(name, verb, positionals), options, help };
}

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

function readOptions(
  name: string,
  flags: FlagTable,
  argv: readonly string[],
  verbsWith: (flag: string) => readonly string[],
): { values: Values; positionals: string[] } {
  const options = Object.fromEntries(Object.entries(flags).map(([flag, spec]) => [flag, nodeOption(spec)]));
  const args = argv.map((word) => spelled(word, flags));
  try {
    return parseArgs({ args, allowPositionals: true, options: { ...options, help: HELP } });
  } catch (cause) {
    throw unreadable(name, flags, cause, verbsWith);
  }
}

function nodeOption(spec: Flag) {
  const short = spec.short === undefined ? {} : { short: spec.short };
  if (spec.type === 'boolean') return { type: 'boolean' as const, ...short };
  // Repeated options are collected, so that the second value of a single one is rejected instead of winning.
  return { type: 'string' as const, multiple: true, ...short };
}

/** `--host_id` is `--host-id`, and `--sandbox=true` is `--sandbox`. */
function spelled(word: string, flags: FlagTable): string {
  const typed = /^--[\w-]+(?==|$)/.exec(word)?.[0];
  if (typed === undefined) return word;
  const name = typed.slice(2).replaceAll('_', '-');
  const spec = Object.hasOwn(flags, name) ? flags[name] : undefined;
  if (spec === undefined) return word;
  const value = word.slice(typed.length);
  return spec.type === 'boolean' && value === '=true' ? `--${name}` : `--${name}${value}`;
}

function unreadable(
  name: string,
  flags: FlagTable,
  cause: unknown,
  verbsWith: (flag: string) => readonly string[],
): unknown {
  // The message of Node.js names it first: `Option '-o, --output <value>' argument missing`.
  const flag = String(cause).replace(/^[^']*'(?:-\w, )?([^' ]+).*/s, '$1');
  if (codeOf(cause) === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    const [long, spec] =
      Object.entries(flags).find(([name, { short }]) => flag === `--${name}` || flag === `-${short}`) ?? [];
    const shown = long === undefined ? flag : `--${long}`;
    const takes = spec === undefined || spec.type === 'boolean' ? 'takes no value' : 'needs a value';
    const hyphen =
      takes === 'needs a value' ? `A value that starts with a hyphen is written ${shown}=VALUE. ` : '';
    return invocationError(`${shown} ${takes}.`, `${hyphen}${usageHint(name)}`, cause);
  }
  return invocationError(
    `${name} has no option ${flag}.`,
    [instead(flag, flags) || nearest(flag, flags) || elsewhere(flag, verbsWith), usageHint(name)]
      .filter(Boolean)
      .join(' '),
    cause,
  );
}

/** Options of other programs that `-o` is here. */
const FORMATS = ['json', 'csv', 'yaml', 'ndjson', 'stix', 'format'];

/** Returns what to write in place of an option of other programs, or of another verb. */
function instead(flag: string, flags: FlagTable): string {
  if (flag === '--quiet' || flag === '--verbose')
    return `Set MDTI_LOG=${flag === '--quiet' ? 'error' : 'info'} instead.`;
  if ((flag === '-q' || flag === '--query') && Object.hasOwn(flags, 'output'))
    return 'Filter the rows: -o ndjson | jq.';
  const format = flag.slice(2);
  if (!FORMATS.includes(format) || !Object.hasOwn(flags, 'output')) return '';
  return `Use -o ${format === 'format' ? 'FORMAT' : format}.`;
}

function nearest(flag: string, flags: FlagTable): string {
  const typed = flag.replace(/-+/, '');
  const meant = didYouMean(typed, Object.keys(flags));
  if (meant !== undefined) return `Did you mean --${meant}?`;
  if (!Object.hasOwn(flags, 'param')) return '';
  const parameter = nearestParameter(typed.replaceAll('-', '_'));
  return parameter === undefined ? '' : `${parameter} is a parameter: ${howToSet(parameter)}`;
}

function elsewhere(flag: string, verbsWith: (flag: string) => readonly string[]): string {
  const others = verbsWith(flag);
  return others.length === 0 ? '' : `${flag} is an option of ${listed(others, 'and')}.`;
}

function usageHint(name: string): string {
  return `Run \`${name} --help\` for the options.`;
}

function optionValue(
  name: string,
  flag: string,
  spec: Flag,
  given: Values[string],
): ParsedCall['options'][string] {
  if (spec.type === 'boolean') return given === true;
  const all = Array.isArray(given) ? given.map(String) : [];
  if (spec.type === undefined && spec.many) return all;
  if (all.length > 1) throw invocationError(`${flag} is given twice.`, 'Give it once.');
  const [value] = all;
  if (value === undefined) return undefined;
  if (spec.type === 'number') return numberOf(name, flag, value, spec);
  return spec.choices === undefined ? value : choiceOf(flag, value, spec.choices);
}

interface Range {
  readonly min?: number;
  readonly max?: number;
}

function numberOf(name: string, flag: string, value: string, { min = 0, max = 999_999_999 }: Range): number {
  if (/^\d{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max) return Number(value);
  throw invocationError(
    `${flag}: ${quoted(value)} is not a whole number from ${min} to ${max}.`,
    usageHint(name),
  );
}

/** Returns the choice that equals the typed text, ignoring case. @throws PluginError for any other text */
function choiceOf(what: string, value: string, choices: readonly string[]): string {
  const found = choices.find((choice) => choice.toLowerCase() === value.toLowerCase());
  if (found !== undefined) return found;
  const meant = didYouMean(value, choices);
  throw invocationError(
    `${what}: ${quoted(value)} is not a choice.`,
    meant !== undefined
      ? `Did you mean ${meant}?`
      : `Use one of ${choices.slice(0, LISTED).join(', ')}${choices.length > LISTED ? ', …' : ''}.`,
  );
}

function checkWords(name: string, verb: Runnable, given: readonly string[]): readonly string[] {
  const words: readonly Word[] = verb.words ?? [];
  const extra = words.at(-1)?.many ? undefined : given[words.length];
  if (extra !== undefined)
    throw invocationError(`${name}: unexpected word ${quoted(extra)}.`, verb.wordsHint ?? usageHint(name));
  for (const [index, word] of words.entries()) {
    const value = given[index];
    if (value === undefined && word.required)
      throw invocationError(`${name} needs ${orList(word.choices) ?? word.name}.`, usageHint(name));
    if (value !== undefined && word.choices !== undefined) choiceOf(name, value, word.choices);
  }
  return given;
}

function orList(choices: readonly string[] | undefined): string | undefined {
  return choices && listed(choices, 'or');
}

/** `bash, zsh or fish`. */
function listed(words: readonly string[], last: 'and' | 'or'): string {
  return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter(Boolean).join(` ${last} `);
}
