import { concreteTypes, type Member, type Model, type ModelType, typeOf } from './model';
import { idSentence, say, sentence } from './sentence';
import { capital, comment, notice, union } from './text';

const SCALAR: Readonly<Record<string, string>> = {
  'Edm.Boolean': 'boolean',
  'Edm.DateTimeOffset': 'string',
  'Edm.Double': 'number',
  'Edm.Int32': 'number',
  'Edm.String': 'string',
};

/** `src/model/generated/graph.ts`: Graph's objects as TypeScript sees them, whatever `$select` left of them. */
export function graphFile(model: Model): string {
  const types = Object.entries(model.types).filter(([name]) => name !== model.root);
  const declarations = types.map(([name, type]) => declaration(model, name, type));
  return `${notice('src/model/model.yml')}${declarations.join('\n')}`;
}

function declaration(model: Model, name: string, type: ModelType): string {
  if (type.kind === 'enum') return `export type ${typeName(name)} = ${union(type.members ?? [])};\n`;
  const base = type.base === undefined ? '' : ` extends ${typeName(type.base)}`;
  const annotation = type.base === undefined ? "  '@odata.type'?: string;\n" : '';
  const parts = [name, ...specialHosts(model, name)].map((part) => members(model, part));
  return `${heading(model, name, type)}export interface ${typeName(name)}${base} {\n${annotation}${parts.join('')}}\n`;
}

/** `entity`, the base of every record, is `GraphEntity`: an investigation has entities too. */
function typeName(name: string): string {
  return name === 'entity' ? 'GraphEntity' : capital(name);
}

function heading(model: Model, name: string, { id, it = '' }: ModelType): string {
  return id === undefined ? '' : comment(`\`id\`: ${idSentence(model, name, it)}`);
}

/** Only an annotation states whether a host is a name or an address, so the type of a host offers what either has. */
function specialHosts(model: Model, name: string): string[] {
  return name === 'host' ? concreteTypes(model, name) : [];
}

function members(model: Model, name: string): string {
  const { properties, navigation, it = 'it' } = typeOf(model, name);
  const inlined = Object.entries(navigation).filter(([, member]) => member.inlined);
  return [...Object.entries(properties), ...inlined]
    .map(([key, member]) => property(model, key, member, it))
    .join('');
}

function property(model: Model, key: string, member: Member, it: string): string {
  const named = SCALAR[member.type] ?? typeName(member.type);
  const said = description(model, member, it);
  return `${said && comment(capital(said), '  ')}  ${key}?: ${named}${member.collection ? '[]' : ''} | null;\n`;
}

function description(model: Model, { type, text, it: noun }: Member, it: string): string {
  if (text !== undefined) return sentence(model, type, text, it);
  return noun === undefined ? '' : `${say(noun, it)}.`;
}
