import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { derives, navigationOf, propertiesOf, ROOT, typeNamed } from '../model/model';

/** An object of the world: one that has an id where the model calls its type an entity. */
export interface Thing {
  readonly [name: string]: unknown;
}

/** The data of the sandbox: every entity by type and id, including entities nested in others. */
export interface World {
  /** The entities of a type and of those below it; those of one type in the order of the files. */
  all(type: string): readonly Thing[];
  find(type: string, id: string): Thing | undefined;
  /** The full entity for a reference; the reference itself if the world has no such entity. */
  resolve(type: string, reference: Thing): Thing;
}

export function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The short type name of an object: from its `@odata.type`, else the declared type. */
export function resourceTypeOf(thing: Thing, declared: string): string {
  const annotation = thing['@odata.type'];
  const named = typeof annotation === 'string' ? annotation.slice(annotation.lastIndexOf('.') + 1) : declared;
  return typeNamed(named) ? named : declared;
}

function isReference(thing: Thing): boolean {
  return Object.keys(thing).every((key) => key === 'id' || key.startsWith('@odata.'));
}

/** The members of a type that are objects, with their types. */
const objectMembers = new Map<string, readonly (readonly [name: string, type: string])[]>();

function objectMembersOf(type: string): readonly (readonly [name: string, type: string])[] {
  const known = objectMembers.get(type);
  if (known !== undefined) return known;
  const members = Object.entries({ ...propertiesOf(type), ...navigationOf(type) })
    .filter(([, member]) => typeNamed(member.type) !== undefined)
    .map(([name, member]) => [name, member.type] as const);
  objectMembers.set(type, members);
  return members;
}

/** Calls back for each entity below an object, the object itself first. */
function visit(thing: Thing, declared: string, found: (type: string, entity: Thing) => void): void {
  const type = resourceTypeOf(thing, declared);
  if (typeNamed(type)?.kind === 'entity' && !isReference(thing)) found(type, thing);
  for (const [name, memberType] of objectMembersOf(type)) {
    const value = thing[name];
    for (const below of Array.isArray(value) ? value : [value])
      if (isThing(below)) visit(below, memberType, found);
  }
}

/**
 * Reads a world: a folder with `<entity set>.json` files, or one `.json.gz` file of all sets, as in the package. An entity that is
 * in several places is what all of them say together: a certificate inline below a host lacks its related hosts.
 * @throws Error if there is no entity set, or one is not an array
 */
export function readWorld(place: string): World {
  const byType = new Map<string, Map<string, Thing>>();
  const sets = place.endsWith('.gz') ? readPacked(place) : readFolder(place);
  const served = Object.entries(navigationOf(ROOT)).filter(([set]) => sets[set] !== undefined);
  if (served.length === 0) throw new Error(`${place} contains no entity set`);
  for (const [set, member] of served) {
    const rows = sets[set];
    if (!Array.isArray(rows)) throw new Error(`${set}.json contains no list of entities`);
    for (const row of rows.filter(isThing)) {
      visit(row, member.type, (type, entity) => {
        const known = byType.get(type) ?? new Map<string, Thing>();
        byType.set(type, known);
        const id = String(entity.id);
        const before = known.get(id);
        known.set(id, before === undefined ? entity : { ...before, ...entity });
      });
    }
  }

  function tables(type: string): Map<string, Thing>[] {
    return [...byType].filter(([name]) => derives(name, type)).map(([, table]) => table);
  }
  function find(type: string, id: string): Thing | undefined {
    for (const table of tables(type)) {
      const entity = table.get(id);
      if (entity) return entity;
    }
    return undefined;
  }
  return {
    all: (type) => tables(type).flatMap((table) => [...table.values()]),
    find,
    resolve: (type, reference) =>
      isReference(reference) ? (find(type, String(reference.id)) ?? reference) : reference,
  };
}

function readFolder(folder: string): Record<string, unknown> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return Object.fromEntries(
    files.map((file) => [
      file.slice(0, -'.json'.length),
      JSON.parse(readFileSync(join(folder, file), 'utf8')),
    ]),
  );
}

function readPacked(file: string): Record<string, unknown> {
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
}
