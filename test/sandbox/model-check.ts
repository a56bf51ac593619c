import generated from '../../src/model/generated/graph-model.json';
import { derivesFrom, type Member, membersOf, type TypeModel } from '../../src/model/walk';

const model: TypeModel = generated;

export type Thing = Readonly<Record<string, unknown>>;

const { types } = model;

export function properties(name: string): Readonly<Record<string, Member>> {
  return membersOf(model, name, 'properties');
}

export function navigation(name: string): Readonly<Record<string, Member>> {
  return membersOf(model, name, 'navigation');
}

/** The entity sets of the API with the type of their rows. */
export const SETS = Object.entries(navigation(model.root)).map(([set, { type }]) => ({ set, type }));

const SCALARS: Readonly<Record<string, (value: unknown) => boolean>> = {
  'Edm.String': (value) => typeof value === 'string',
  'Edm.Boolean': (value) => typeof value === 'boolean',
  'Edm.Int32': (value) => Number.isInteger(value),
  'Edm.Double': (value) => Number.isFinite(value),
  'Edm.DateTimeOffset': (value) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value)),
};

/** What is wrong with a value by the model, each finding with the path to it. */
export function check(value: unknown, member: Member, path: string): string[] {
  if (member.collection) {
    if (value === null && member.nullable !== false) return [];
    if (!Array.isArray(value)) return [`${path}: is not a list`];
    return value.flatMap((item, index) =>
      check(item, { type: member.type, nullable: false }, `${path}[${index}]`),
    );
  }
  if (value === null) return member.nullable === false ? [`${path}: must not be null`] : [];
  const scalar = SCALARS[member.type];
  if (scalar) return scalar(value) ? [] : [`${path}: is not ${member.type}`];
  const type = types[member.type];
  if (type?.kind === 'enum')
    return type.members?.includes(String(value)) ? [] : [`${path}: ${String(value)} is not ${member.type}`];
  return checkThing(value as Thing, member.type, path);
}

function checkThing(thing: Thing, declared: string, path: string): string[] {
  const type = actual(thing, declared);
  if (!derivesFrom(model, type, declared)) return [`${path}: ${type} is not ${declared}`];
  const findings: string[] = [];
  const [own, links] = [properties(type), navigation(type)];
  for (const [name, value] of Object.entries(thing)) {
    if (name.startsWith('@odata.')) continue;
    const link = links[name];
    const member = link ? { ...link, nullable: true } : own[name];
    findings.push(
      ...(member ? check(value, member, `${path}.${name}`) : [`${path}.${name}: is not of ${type}`]),
    );
  }
  if (isReference(thing, type)) return findings;
  return [
    ...findings,
    ...Object.keys(own)
      .filter((name) => !(name in thing))
      .map((name) => `${path}.${name}: is missing`),
  ];
}

export function actual(thing: Thing, declared: string): string {
  return String(thing['@odata.type'] ?? declared).replace(/^.*\./, '');
}

function isReference(thing: Thing, type: string): boolean {
  const isEntity = types[type]?.kind === 'entity';
  return isEntity && Object.keys(thing).every((name) => name === 'id' || name.startsWith('@odata.'));
}

/** The paths to the leaves of a type: `registrant.address.city`; of an object that is named inline, its id. */
export function leaves(type: string): string[] {
  const own = Object.entries(properties(type)).flatMap(([name, member]) => {
    const below = types[member.type]?.kind === 'complex' ? leaves(member.type) : [];
    return below.length > 0 ? below.map((leaf) => `${name}.${leaf}`) : [name];
  });
  const named = Object.entries(navigation(type))
    .filter(([, member]) => !member.collection && derivesFrom(model, member.type, 'artifact'))
    .map(([name]) => `${name}.id`);
  return [...own, ...named];
}

/** The entities of a world by type, with the paths at which one of them at least holds a value. */
export function survey(value: unknown, declared: string, found: Map<string, Set<string>>): void {
  if (Array.isArray(value)) {
    for (const item of value) survey(item, declared, found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const type = actual(value as Thing, declared);
  if (isReference(value as Thing, type)) return;
  const paths = found.get(type) ?? new Set();
  found.set(type, paths);
  note(value, '', paths);
  const members = { ...properties(type), ...navigation(type) };
  for (const [name, below] of Object.entries(value)) {
    const member = members[name];
    if (member) survey(below, member.type, found);
  }
}

function note(value: unknown, path: string, paths: Set<string>): void {
  if (value === null || (Array.isArray(value) && value.length === 0)) return;
  paths.add(path);
  if (typeof value !== 'object') return;
  const entries = Array.isArray(value) ? value.map((item) => ['', item] as const) : Object.entries(value);
  for (const [name, below] of entries) note(below, [path, name].filter(Boolean).join('.'), paths);
}
