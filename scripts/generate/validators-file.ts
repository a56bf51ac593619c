import { Ajv, type SchemaObject } from 'ajv';
import standalone from 'ajv/dist/standalone';
import type { ArgumentKind } from './arguments';
import { notice } from './text';

/** A pattern and not `minLength`, which would make the compiled code import from ajv. */
const TEXT: SchemaObject = { type: 'string', pattern: '\\S' };

/** A choice is one of the words in the command's table, whatever the command. */
const KIND: Readonly<Record<Exclude<ArgumentKind, 'choice'>, SchemaObject>> = {
  text: TEXT,
  list: { type: 'array', minItems: 1, items: TEXT },
  count: { type: 'integer', minimum: 1 },
  flag: { type: 'boolean' },
};

const OBJECT_OR_NULL: SchemaObject = { type: 'object', nullable: true };

/** The document that `mdti run` reads; an unreadable state counts as empty. */
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
 * `src/manifest/generated/validators.js`: a check for each kind of argument, compiled, so that nothing is compiled at start-up. One
 * compiled schema per command, which this replaced, was a fifth of what every command loads.
 */
export function validatorsFile(): string {
  const ajv = new Ajv({ allErrors: true, messages: false, code: { source: true, esm: true, lines: true } });
  for (const [kind, schema] of Object.entries(KIND)) ajv.addSchema(schema, kind);
  ajv.addSchema(INVOCATION, 'invocation');
  const kinds = Object.keys(KIND);
  const exported = Object.fromEntries(kinds.map((kind) => [`${kind}Kind`, kind]));
  const code = standalone(ajv, { ...exported, validateInvocation: 'invocation' });
  const table = kinds.map((kind) => `  ${kind}: ${kind}Kind,\n`).join('');
  return `${notice('scripts/generate/validators-file.ts')}${code.trim()}\n\nexport const kindValidators = {\n${table}};\n`;
}

/** `src/manifest/generated/validators.d.ts`. */
export const VALIDATOR_TYPES = `${notice('scripts/generate/validators-file.ts')}export interface Finding {
  readonly keyword: string;
  /** Where in the value, as a JSON pointer. */
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Whether the value fits; the findings of the last call are in \`errors\`, null if there was none. */
export interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly Finding[] | null;
}

/** A check for each kind of argument; a choice is checked by its words. */
export const kindValidators: Readonly<Record<'text' | 'list' | 'count' | 'flag', Validate>>;
export const validateInvocation: Validate;
`;
