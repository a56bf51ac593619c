import { PluginError } from '../../base/errors';
import { quoted } from '../../base/sanitize';
import { argumentList, similarArgument } from '../../manifest/check-arguments';
import type { CommandName } from '../../manifest/generated/types';
import { argumentsOf, optionOf, shortName } from '../../manifest/short-names';
import { invocationError } from './invocation-error';
import { propertyMissing } from './property-missing';
import { namedValue, readValues, typedLines } from './value-lists';

/** Words without a name, and the argument that they belong to. */
export interface TypedWords {
  readonly main: string | undefined;
  readonly words: readonly string[];
}

/**
 * Collects the arguments of a command: options, `name=value` words, `property=value` of a search, and the rest as the main argument.
 * @throws PluginError INVOCATION_UNREADABLE for a value that belongs to no argument, or an argument that is given twice.
 */
export async function readArguments(
  command: CommandName,
  { main, words }: TypedWords,
  given: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const specs = argumentsOf(command);
  const properties = new Set(specs.search_property?.choices);
  const args: Record<string, unknown> = {};
  function put(name: string, value: unknown): void {
    if (Object.hasOwn(args, name)) throw invocationError(`${name} is given twice.`, 'Give it once.');
    args[name] = value;
  }
  for (const [name, { kind }] of Object.entries(specs)) {
    const value = given[optionOf(name)];
    if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) continue;
    put(name, kind === 'list' ? await readValues(value as readonly string[]) : value);
  }
  const rest: string[] = [];
  for (const word of words) {
    const { name, value } = namedValue(word);
    if (Object.hasOwn(specs, name)) put(name, value);
    else if (properties.has(name)) {
      put('search_property', name);
      put('search_value', value);
    } else {
      rejectMistyped(command, main, name, value);
      rest.push(word);
    }
  }
  if (rest.length > 0 && main !== undefined) put(main, await mainValue(main, specs[main]?.kind, rest));
  if (args.search_value !== undefined && args.search_property === undefined)
    throw propertyMissing(command, [...properties], String(args.search_value));
  return args;
}

/** @throws PluginError ARGUMENT_UNKNOWN for `hostid=contoso.com`, which is neither an argument nor a value */
function rejectMistyped(command: CommandName, main: string | undefined, name: string, value: string): void {
  const specs = argumentsOf(command);
  const meant = similarArgument(name, specs);
  if (meant === undefined && !isArgument(main, name, value)) return;
  throw new PluginError('ARGUMENT_UNKNOWN', `mdti ${shortName(command)} has no argument ${quoted(name)}.`, {
    hint: meant === undefined ? argumentList(specs) : `Did you mean ${meant}=… or --${optionOf(meant)}?`,
  });
}

/** Whether a word can only be an argument with its value. A text to search for may look like one, and an id may end in `=`. */
function isArgument(main: string | undefined, name: string, value: string): boolean {
  return main?.startsWith('search') !== true && /^[a-z_]+$/i.test(name) && !/^=*$/.test(value);
}

async function mainValue(name: string, kind: string | undefined, words: readonly string[]): Promise<unknown> {
  if (kind === 'list') return readValues(words);
  if (name.startsWith('search')) return words.join(' ');
  const values = words.length === 1 && words[0] === '-' ? await typedLines() : words;
  if (values.length === 1) return values[0];
  throw invocationError(
    `${name} takes one value, not ${values.length}: ${values.slice(0, 3).map(quoted).join(', ')}${values.length > 3 ? ', …' : ''}.`,
    'Run the command once for each.',
  );
}
