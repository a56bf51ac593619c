import { concreteTypes, lineage, type Member, type Model, type ModelType, typeOf } from './model';
import { idSentence, say, sentence } from './sentence';
import { comment, notice, union } from './text';

const SCALAR: Readonly<Record<string, string>> = {
  'Edm.Boolean': 'boolean',
  'Edm.DateTimeOffset': 'string',
  'Edm.Double': 'number',
  'Edm.Int32': 'number',
  'Edm.String': 'string',
};

/** `src/generated/graph.ts`: Graph's objects as TypeScript sees them, whatever `$select` left of them. */
export function graphFile(model: Model): string {
  const declared = Object.entries(model.types).filter(([name]) => name !== model.root);
  return (
    notice('src/graph/model.yml') + declared.map(([name, type]) => declaration(model, name, type)).join('\n')
  );
}

function declaration(model: Model, name: string, type: ModelType): string {
  if (type.kind === 'enum') return `export type ${pascal(name)} = ${union(type.members ?? [])};\n`;
  const base = type.base === undefined ? '' : ` extends ${pascal(type.base)}`;
  const annotation = type.kind === 'complex' || type.base === undefined ? "  '@odata.type'?: string;\n" : '';
  const members = [name, ...specials(model, name)].map((part) => membersOf(model, part));
  return `${heading(model, name)}export interface ${pascal(name)}${base} {\n${annotation}${members.join('')}}\n`;
}

function heading(model: Model, name: string): string {
  const known =
    lineage(model, name).some((type) => typeOf(model, type).id !== undefined) &&
    typeOf(model, name).it !== undefined;
  return known ? comment(`id: ${idSentence(model, name, typeOf(model, name).it ?? '')}`) : '';
}

/** A host is told to be a name or an address only by an annotation, so its type offers what either has. */
function specials(model: Model, name: string): string[] {
  return name === 'host' ? concreteTypes(model, name) : [];
}

function membersOf(model: Model, name: string): string {
  const { properties, navigation, it = 'it' } = typeOf(model, name);
  const inlined = Object.entries(navigation).filter(([, member]) => member.inlined);
  return [...Object.entries(properties), ...inlined]
    .map(([key, member]) => property(model, key, member, it))
    .join('');
}

function property(model: Model, key: string, member: Member, it: string): string {
  const { text, type, collection } = member;
  const said = text === undefined ? say(member.it ?? '', it) : sentence(model, type, text, it);
  const named = SCALAR[type] ?? pascal(type);
  return `${said ? comment(capital(said), '  ') : ''}  ${key}?: ${collection ? `${named}[]` : named} | null;\n`;
}

function pascal(name: string): string {
  return capital(name);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
