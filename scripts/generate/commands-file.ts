import type { Argument, Manifest } from '../manifest/shape';
import { kindOf } from './arguments';
import { notice } from './text';

const TYPES = `import type { CommandName, ParameterName } from './types';

type Kind =
  | { readonly kind: 'text' | 'list' | 'count' | 'flag'; readonly choices?: undefined }
  | { readonly kind: 'choice'; readonly choices: readonly string[] };

/** What a command's argument may contain, and whether it takes the value that was typed without a name. */
export type ArgumentSpec = Kind & { readonly required: boolean; readonly isDefault: boolean };

export interface CommandSpec {
  readonly arguments: Readonly<Record<string, ArgumentSpec>>;
}

`;

/** `src/manifest/generated/commands.ts`: what a call needs to know of the manifest, without its strings. */
export function commandsFile({ script, configuration }: Manifest): string {
  const commands = script.commands.map((command) => {
    const specs = command.arguments.map((argument) => `      ${argument.name}: ${spec(argument)},\n`);
    const body = specs.length === 0 ? '{}' : `{\n${specs.join('')}    }`;
    return `  '${command.name}': {\n    arguments: ${body},\n  },\n`;
  });
  const table = `export const commands: Readonly<Record<CommandName, CommandSpec>> = {\n${commands.join('')}};\n`;
  const names = configuration.map(({ name }) => `  '${name}',\n`);
  const parameters = `export const PARAMETER_NAMES: readonly ParameterName[] = [\n${names.join('')}];\n`;
  return `${notice('integration.yml')}${TYPES}${table}\n${parameters}`;
}

function spec(argument: Argument): string {
  const kind = kindOf(argument);
  const choices = kind === 'choice' ? `, choices: ${JSON.stringify(argument.predefined)}` : '';
  return `{ kind: '${kind}', required: ${argument.required ?? false}, isDefault: ${argument.default ?? false}${choices} }`;
}
