import type { PluginError } from '../../base/errors';
import { quoted } from '../../base/sanitize';
import type { CommandName } from '../../manifest/generated/types';
import { shortName } from '../../manifest/short-names';
import { invocationError } from './invocation-error';
import { shellWord } from './shell-word';
import { namedValue } from './value-lists';

/** Number of properties that the error lists; the help lists all of them. */
const LISTED = 12;

/** The error for a value to search for without the property that has it, or with one that does not exist. */
export function propertyMissing(
  command: CommandName,
  choices: readonly string[],
  typed: string,
): PluginError {
  const { name: property, value } = namedValue(typed);
  const name = shortName(command);
  const example = choices.find((choice) => /commonName|email/.test(choice));
  const listed = `${choices.slice(0, LISTED).join(', ')}, …`;
  const meant = choices.find((choice) => letters(choice) === letters(property));
  if (meant)
    return invocationError(
      `${name}: there is no property ${quoted(property)}.`,
      `Did you mean \`mdti ${name} ${shellWord(`${meant}=${value}`)}\`?`,
    );
  return invocationError(
    property === ''
      ? `${name}: the property to search for ${quoted(value)} is missing.`
      : `${name}: there is no property ${quoted(property)}.`,
    `Write PROPERTY=VALUE, such as \`mdti ${name} ${shellWord(`${example}=${value}`)}\`. Properties: ${listed} (\`mdti ${name} --help\` lists all).`,
  );
}

/** `registrant/name`, however it is separated. */
function letters(property: string): string {
  return property.toLowerCase().replaceAll(/[^a-z]/g, '');
}
