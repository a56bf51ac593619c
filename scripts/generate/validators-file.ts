import { Ajv, type SchemaObject } from 'ajv';
import standalone from 'ajv/dist/standalone';
import type { Argument, Manifest, ManifestCommand } from '../manifest/shape';
import { type ArgumentKind, kindOf } from './arguments';
import { notice } from './text';

/** A pattern and not `minLength`, which would make the compiled code import from ajv. */
const TEXT: SchemaObject = { type: 'string', pattern: '\\S' };

const KIND: Readonly<Record<Exclude<ArgumentKind, 'choice'>, SchemaObject>> = {
  text: TEXT,
  list: { type: 'array', minItems: 1, items: TEXT },
  count: { type: 'integer', minimum: 1 },
  flag: { type: 'boolean' },
};

const OBJECT_OR_NULL: SchemaObject = { type: 'object', nullable: true };

/** The document that `mdti run` reads (Contract 1); of the state, what cannot be read counts as empty. */
const INVOCATION: SchemaObject = {
  type: 'object',
  required: ['command'],
  properties: {
    command: TEXT,
    args: OBJECT_OR_NULL,
    params: OBJECT_OR_NULL,
    integrationContext: {},
    lastRun: {},
  },
};

/**
 * `src/manifest/generated/validators.js`: the argument checks of every command, compiled, so that none is at start-up. A kind of argument
 * is compiled once and called; in line at every argument it would make the file half as long again.
 */
export function validatorsFile({ script }: Manifest): string {
  const names = new Map(script.commands.map(({ name }) => [name, identifier(name)]));
  const ajv = new Ajv({
    allErrors: true,
    inlineRefs: false,
    messages: false,
    code: { source: true, esm: true, lines: true },
  });
  for (const [kind, schema] of Object.entries(KIND)) ajv.addSchema(schema, kind);
  for (const command of script.commands) ajv.addSchema(argumentsSchema(command), command.name);
  ajv.addSchema(INVOCATION, 'invocation');
  const exported = Object.fromEntries([...names].map(([name, exportName]) => [exportName, name]));
  const code = standalone(ajv, { ...exported, validateInvocation: 'invocation' });
  const table = [...names].map(([name, exportName]) => `  '${name}': ${exportName},\n`).join('');
  return `${notice('integration.yml')}${code.trim()}\n\nexport const validators = {\n${table}};\n`;
}

/** `src/manifest/generated/validators.d.ts`. */
export const VALIDATOR_TYPES = `${notice('integration.yml')}import type { CommandName } from './types';

export interface Finding {
  readonly keyword: string;
  /** Where in the value, as a JSON pointer. */
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Whether the value fits; every finding of the last call is left on the function, null where there was none. */
export interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly Finding[] | null;
}

export const validators: Readonly<Record<CommandName, Validate>>;
export const validateInvocation: Validate;
`;

function argumentsSchema(command: ManifestCommand): SchemaObject {
  return {
    type: 'object',
    additionalProperties: false,
    required: command.arguments.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries(
      command.arguments.map((argument) => [argument.name, argumentSchema(argument)]),
    ),
  };
}

function argumentSchema(argument: Argument): SchemaObject {
  const kind = kindOf(argument);
  return kind === 'choice' ? { enum: argument.predefined } : { $ref: kind };
}

function identifier(name: string): string {
  return `validate${name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
}
