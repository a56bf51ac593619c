import type { JsonObject } from '../../base/json';
import { catalogue } from '../../commands/generated/catalogue';
import { API } from '../../graph/route';
import type { CommandName } from '../../manifest/generated/types';
import model from '../../model/generated/graph-model.json';

interface Member {
  readonly type: string;
  readonly collection?: boolean;
}

interface ModelType {
  readonly kind: string;
  readonly base?: string;
  readonly abstract?: boolean;
  readonly properties?: Readonly<Record<string, Member>>;
  readonly navigation?: Readonly<Record<string, Member>>;
}

const TYPES: Readonly<Record<string, ModelType>> = model.types;

const SCALARS: Readonly<Record<string, string>> = {
  'Edm.Boolean': 'boolean',
  'Edm.Double': 'number',
  'Edm.Int32': 'integer',
};

/** What a tool answers with, as JSON schema; Graph may add properties, and leave any of them out. */
export function outputSchema(name: CommandName) {
  return {
    type: 'object' as const,
    properties: {
      rows: { type: 'array', items: rowSchema(name) },
      total: { type: 'integer', description: 'Rows found; those that are not here follow under the cursor.' },
      notes: { type: 'string', description: 'What was not found, failed, or is not shown.' },
      cursor: { type: 'string', description: 'Call again with the same arguments and this for more rows.' },
    },
    required: ['rows', 'total'],
  };
}

/** A command about one kind of object gives those; one that rates indicators gives an indicator's whole context a row. */
function rowSchema(name: CommandName): JsonObject {
  const command = catalogue[name];
  if (!('routes' in command)) return { type: 'object' };
  const [first] = command.routes;
  return first === undefined ? { type: 'object' } : objectSchema(typeBehind(first.line));
}

function objectSchema(name: string): JsonObject {
  const members = parts(name).flatMap((part) => Object.entries(TYPES[part]?.properties ?? {}));
  const properties = members.map(([key, member]) => [key, memberSchema(member)] as const);
  return { type: 'object', properties: { odataType: { type: 'string' }, ...Object.fromEntries(properties) } };
}

function memberSchema({ type, collection }: Member): JsonObject {
  const schema = valueSchema(type);
  return collection ? { type: ['array', 'null'], items: schema } : schema;
}

function valueSchema(type: string): JsonObject {
  if (type.startsWith('Edm.') || TYPES[type]?.kind === 'enum')
    return { type: [SCALARS[type] ?? 'string', 'null'] };
  return { ...objectSchema(type), type: ['object', 'null'] };
}

/** A type, what it inherits from, and where it is abstract what its descendants add. */
function parts(name: string): string[] {
  const { base, abstract } = TYPES[name] ?? {};
  const below = abstract ? Object.keys(TYPES).filter((other) => TYPES[other]?.base === name) : [];
  return [...(base === undefined ? [] : parts(base).filter((part) => !below.includes(part))), name, ...below];
}

/** The names of a route are followed through the model; ids change nothing. */
function typeBehind(line: string): string {
  const names = line
    .slice(`GET ${API}/`.length)
    .split('/')
    .filter((part) => !part.startsWith('{'));
  return names.reduce((type, part) => {
    const own = parts(type).map((one) => TYPES[one]?.navigation?.[part]?.type);
    return own.find((found) => found !== undefined) ?? type;
  }, model.root);
}
