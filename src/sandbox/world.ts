import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { derives, navigationOf, propertiesOf, ROOT, typeNamed } from '../model/model';

/** An object of the world: one that has an id where the model calls its type an entity. */
export interface Thing {
  readonly [name: string]: unknown;
}

/** What the sandbox serves: every entity, however deep in a file it stands, by type and id. */
export interface World {
  /** The entities of a type and of those below it; those of one type in the order of the files. */
  all(type: string): readonly Thing[];
  find(type: string, id: string): Thing | undefined;
  /** The whole entity behind a reference; the reference itself where the world holds no more than that. */
  resolve(type: string, reference: Thing): Thing;
}

export function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The short type name of an object: what its `@odata.type` says, else the declared type. */
export function resourceTypeOf(thing: Thing, declared: string): string {
  const annotation = thing['@odata.type'];
  const named = typeof annotation === 'string' ? annotation.slice(annotation.lastIndexOf('.') + 1) : declared;
  return typeNamed(named) ? named : declared;
}

function isReference(thing: Thing): boolean {
  return Object.keys(thing).every((key) => key === 'id' || key.startsWith('@odata.'));
}

/** Calls back for each entity below an object, the object itself first. */
function visit(thing: Thing, declared: string, found: (type: string, entity: Thing) => void): void {
  const type = resourceTypeOf(thing, declared);
  if (typeNamed(type)?.kind === 'entity' && !isReference(thing)) found(type, thing);
  for (const [name, member] of Object.entries({ ...propertiesOf(type), ...navigationOf(type) })) {
    const value = thing[name];
    for (const below of Array.isArray(value) ? value : [value])
      if (isThing(below)) visit(below, member.type, found);
  }
}

/**
 * Reads `<entity set>.json` for every entity set that has a file in the directory. An entity that is in several places is
 * what all of them say together: a certificate inline below a host lacks its related hosts.
 * @throws Error when the directory holds none, or a file is not a JSON array.
 */
export function readWorld(directory: string): World {
  const byType = new Map<string, Map<string, Thing>>();
  const files = new Set(readdirSync(directory));
  let read = 0;
  for (const [set, member] of Object.entries(navigationOf(ROOT))) {
    if (!files.has(`${set}.json`)) continue;
    const rows: unknown = JSON.parse(readFileSync(join(directory, `${set}.json`), 'utf8'));
    if (!Array.isArray(rows)) throw new Error(`${set}.json holds no list of entities`);
    read += 1;
    for (const row of rows.filter(isThing)) {
      visit(row, member.type, (type, entity) => {
        const known = byType.get(type) ?? new Map<string, Thing>();
        byType.set(type, known);
        const id = String(entity.id);
        known.set(id, { ...known.get(id), ...entity });
      });
    }
  }
  if (read === 0) throw new Error(`${directory} holds no entity set`);

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
