import { BOUNDS } from '../base/bounds';
import { didYouMean } from '../base/did-you-mean';
import { type ErrorCode, PluginError } from '../base/errors';
import { isRecord, parseBoundedJson } from '../base/json';
import { formatCount, quoted, UNPAIRED_SURROGATE } from '../base/sanitize';
import { type ArgumentSpec, commands } from './generated/commands';
import type { CommandName } from './generated/types';
import { kindValidators } from './generated/validators';

/**
 * Checks the arguments of a command against the manifest.
 * @throws PluginError ARGUMENT_UNKNOWN, ARGUMENT_MISSING or ARGUMENT_INVALID, each naming the argument and what is allowed.
 */
export function checkArguments(name: CommandName, raw: RawArguments): Readonly<Record<string, unknown>> {
  const specs: Readonly<Record<string, ArgumentSpec>> = commands[name].arguments;
  if (!isRecord(raw))
    throw error('ARGUMENT_INVALID', `The arguments of ${name} are not an object.`, 'Pass {name: value}.');
  const args = coerce(raw, specs);
  for (const [argument, value] of Object.entries(args)) {
    rejectLongList(argument, value);
    rejectHalfCharacters(argument, value);
  }
  const allowed = () => argumentList(specs);
  // Before the missing ones: a mistyped name is the cause of a missing argument.
  for (const argument of Object.keys(args))
    if (!Object.hasOwn(specs, argument))
      throw error(
        'ARGUMENT_UNKNOWN',
        `${name} has no argument ${quoted(argument)}.`,
        suggestion(argument, specs) + allowed(),
      );
  for (const [argument, { required }] of Object.entries(specs))
    if (required && !Object.hasOwn(args, argument))
      throw error('ARGUMENT_MISSING', `${name} needs the argument ${argument}.`, allowed());
  for (const [argument, spec] of Object.entries(specs))
    if (Object.hasOwn(args, argument) && !fits(args[argument], spec))
      throw refusal(argument, spec, args[argument]);
  return args;
}

/** Returns the argument that a mistyped name resembles; also `host_id` for `host`, and `ip` for `ips`. */
export function similarArgument(typed: string, specs: object): string | undefined {
  const names = Object.keys(specs);
  const word = typed.toLowerCase();
  return didYouMean(word, names) ?? names.find((name) => name.startsWith(`${word}_`) || word === `${name}s`);
}

/** `Arguments: host_id, odata.` */
export function argumentList(specs: object): string {
  const names = Object.keys(specs);
  return names.length === 0 ? 'It has no arguments.' : `Arguments: ${names.join(', ')}.`;
}

function suggestion(argument: string, specs: object): string {
  const meant = similarArgument(argument, specs);
  return meant === undefined ? '' : `Did you mean ${meant}? `;
}

function fits(value: unknown, { kind, choices }: ArgumentSpec): boolean {
  return kind === 'choice' ? choices.some((choice) => choice === value) : kindValidators[kind](value);
}

function refusal(argument: string, spec: ArgumentSpec, value: unknown): PluginError {
  const given = jsonOf(value) ?? `a value of the type ${typeof value}`;
  const shown = given.length > 100 ? `${given.slice(0, 100)}…` : given;
  const hint =
    spec.kind === 'list'
      ? 'Use a list of strings, a JSON array of strings, or a comma-separated string.'
      : undefined;
  const isTooLow = spec.kind === 'count' && Number.isInteger(value) && Number(value) < 1;
  const problem = isTooLow ? `is too low; use ${wanted(spec)}` : `is not ${wanted(spec)}`;
  return error('ARGUMENT_INVALID', `${argument}: ${shown} ${problem}.`, hint);
}

/** Returns a value as JSON; undefined for one that JSON cannot contain: a function, a bigint, an object that contains itself. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

function wanted({ kind, choices }: ArgumentSpec): string {
  switch (kind) {
    case 'count':
      return 'a whole number, 1 or higher';
    case 'flag':
      return 'true or false';
    case 'choice':
      return `one of ${choices.join(', ')}`;
    case 'list':
      return 'a list of strings';
    case 'text':
      return 'a string';
  }
}

function rejectLongList(argument: string, value: unknown): void {
  if (Array.isArray(value) && value.length > BOUNDS.listValues)
    throw error(
      'ARGUMENT_INVALID',
      `${argument} has ${formatCount(value.length)} values; one command takes ${formatCount(BOUNDS.listValues)}.`,
      'Run `mdti enrich`, which takes a list of any length, or split the list.',
    );
}

function rejectHalfCharacters(argument: string, value: unknown): void {
  if ([value].flat().some((item) => typeof item === 'string' && UNPAIRED_SURROGATE.test(item))) {
    throw error(
      'ARGUMENT_INVALID',
      `${argument}: the text contains an unpaired surrogate.`,
      'Type the text again.',
    );
  }
}

function error(code: ErrorCode, message: string, hint: string | undefined): PluginError {
  return new PluginError(code, message, { hint });
}

type RawArguments = Readonly<Record<string, unknown>>;

/**
 * Converts arguments from what the platform sends (mostly strings) to the types that the manifest declares. A value that cannot be
 * converted stays unchanged, and the check rejects it. Null, empty and blank mean "not set".
 */
export function coerce(
  raw: RawArguments,
  specs: Readonly<Record<string, ArgumentSpec>>,
): Record<string, unknown> {
  const given = Object.entries(raw)
    .map(
      ([name, value]) => [name, shaped(value, Object.hasOwn(specs, name) ? specs[name] : undefined)] as const,
    )
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

function shaped(value: unknown, spec: ArgumentSpec | undefined): unknown {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return undefined;
  switch (spec?.kind) {
    case 'list':
      return list(value);
    case 'count':
      return typeof value === 'string' && /^\s*[+-]?\d{1,15}\s*$/.test(value) ? Number(value) : value;
    case 'flag':
      return typeof value === 'string' ? flag(value) : value;
    case 'choice':
      return typeof value === 'string' || typeof value === 'number'
        ? choice(String(value), spec.choices)
        : value;
    default:
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  }
}

/** Returns the allowed value that equals a string, ignoring case; the string itself if there is none. */
function choice(text: string, allowed: readonly string[]): string {
  const word = text.trim().toLowerCase();
  return allowed.find((one) => one.toLowerCase() === word) ?? text;
}

function flag(text: string): unknown {
  const word = text.trim().toLowerCase();
  return word === 'true' || word === 'false' ? word === 'true' : text;
}

/** A real list, a JSON array or a comma-separated text. */
function list(value: unknown): unknown {
  const items = Array.isArray(value) ? value : typeof value === 'string' ? fromText(value) : [value];
  const kept = items
    .map((item) => (typeof item === 'number' ? String(item) : item))
    .filter(
      (item) => item !== null && item !== undefined && !(typeof item === 'string' && item.trim() === ''),
    )
    .map((item) => (typeof item === 'string' ? item.trim() : item));
  return kept.length === 0 ? undefined : kept;
}

/** A bracket also starts a defanged or an IPv6 host: what is not a JSON array is comma-separated. */
function fromText(text: string): unknown[] {
  const parsed = text.trimStart().startsWith('[') ? parseBoundedJson(text) : undefined;
  return Array.isArray(parsed) ? parsed : text.split(',');
}
