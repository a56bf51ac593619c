import type { PluginError } from '../../base/errors';
import { quoted } from '../../base/sanitize';
import type { CommandName } from '../../manifest/generated/types';
import { argumentsOf, shortName } from '../../manifest/short-names';
import { invocationError } from './invocation-error';

/** Properties that the error lists; a longer list is in the help. */
const LISTED = 12;

/** The error for a value to search for without the property that has it. */
export function propertyMissing(command: CommandName, value: string): PluginError {
  const name = shortName(command);
  const choices = argumentsOf(command).search_property?.choices ?? [];
  const [example = ''] = choices.filter((choice) => /(?:commonName|email)$/.test(choice));
  const listed = `${choices.slice(0, LISTED).join(', ')}${choices.length > LISTED ? ', …' : ''}`;
  return invocationError(
    `${name}: the property to search for ${quoted(value)} is missing.`,
    `Write PROPERTY=VALUE, such as \`mdti ${name} ${example}=${value}\`. Properties: ${listed} (\`mdti ${name} --help\` lists all).`,
  );
}
