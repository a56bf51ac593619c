import type { JsonObject } from '../../base/json';
import { type ArgumentSpec, commands } from '../../manifest/generated/commands';
import manifest from '../../manifest/generated/manifest.json';
import type { CommandName } from '../../manifest/generated/types';

/** Names the rows that an answer before left out. */
export const CURSOR = 'cursor';

const TYPES: Readonly<Record<ArgumentSpec['kind'], JsonObject>> = {
  text: { type: 'string' },
  list: { type: 'array', items: { type: 'string' }, minItems: 1 },
  count: { type: 'integer', minimum: 1 },
  flag: { type: 'boolean' },
  choice: { type: 'string' },
};

/** The arguments of a command as a tool takes them: JSON schema, with the manifest's own texts. */
export function inputSchema(name: CommandName) {
  const specs = commands[name].arguments;
  const declared = manifest.script.commands.find((command) => command.name === name)?.arguments ?? [];
  const properties = declared.map(({ name: argument, description }) => {
    const spec = specs[argument] as ArgumentSpec;
    const choices = spec.choices === undefined ? {} : { enum: [...spec.choices] };
    return [argument, { ...TYPES[spec.kind], ...choices, description }] as const;
  });
  const cursor = {
    type: 'string',
    description: 'The cursor of an answer to the same arguments, for the rows that it left out.',
  };
  return {
    type: 'object' as const,
    properties: { ...Object.fromEntries(properties), [CURSOR]: cursor },
    required: Object.keys(specs).filter((argument) => specs[argument]?.required),
    additionalProperties: false,
  };
}
