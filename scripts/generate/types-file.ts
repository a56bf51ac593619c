import type { Argument, Manifest, ManifestCommand, Parameter } from '../manifest/shape';
import { type ArgumentKind, kindOf } from './arguments';
import { comment, notice, union } from './text';

const ARGUMENT_TYPE: Readonly<Record<Exclude<ArgumentKind, 'choice'>, string>> = {
  text: 'string',
  list: 'readonly string[]',
  count: 'number',
  flag: 'boolean',
};

/** By the platform's number of a parameter's type: a check box and credentials. */
const PARAMETER_TYPE: Readonly<Record<number, string>> = {
  8: "boolean | 'true' | 'false'",
  9: 'Credentials | string',
};

/** `src/manifest/generated/types.ts`: the names and types of all that the manifest declares. */
export function typesFile(manifest: Manifest): string {
  const { configuration, script } = manifest;
  return [
    notice('integration.yml'),
    comment('The commands of the plugin.'),
    `export type CommandName =${script.commands.map(({ name }) => `\n  | '${name}'`).join('')};\n\n`,
    comment('The arguments of each command, coerced and checked.'),
    `export interface ArgumentsByCommand {\n${script.commands.map(commandArguments).join('')}}\n\n`,
    'export type ArgsOf<Name extends CommandName> = ArgumentsByCommand[Name];\n\n',
    comment('The value of a credentials parameter.'),
    'export interface Credentials {\n  readonly identifier?: string | null;\n  readonly password?: string | null;\n}\n\n',
    comment('The parameters as the platform sends them; missing, null and empty mean "not set".'),
    `export interface Params {\n${configuration.map(parameter).join('')}}\n\n`,
    'export type ParameterName = keyof Params;\n',
  ].join('');
}

function commandArguments({ name, arguments: list }: ManifestCommand): string {
  if (list.length === 0) return `  '${name}': Record<never, never>;\n`;
  return `  '${name}': {\n${list.map(argument).join('')}  };\n`;
}

function argument(declared: Argument): string {
  const kind = kindOf(declared);
  const type = kind === 'choice' ? union(declared.predefined ?? []) : ARGUMENT_TYPE[kind];
  const typed = declared.required ? `: ${type}` : `?: ${type} | undefined`;
  return `${comment(declared.description, '    ')}    readonly ${declared.name}${typed};\n`;
}

/** Origins of a service on this machine, which a program may allow beside the choices. */
const LOOPBACK = '`https://localhost:${number}` | `https://127.0.0.1:${number}`';

function parameter({ name, type, options, additionalinfo }: Parameter): string {
  const choices = options?.some((option) => option.startsWith('https://'))
    ? `${union(options)} | ${LOOPBACK}`
    : options && union(options);
  const value = choices ?? PARAMETER_TYPE[type] ?? 'string';
  return `${comment(additionalinfo, '  ')}  readonly ${name}?: ${value} | null;\n`;
}
