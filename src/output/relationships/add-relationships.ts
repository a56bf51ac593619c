import { formatCount } from '../../base/sanitize';
import type { Config } from '../../config/config';
import type { Entry } from '../../xsoar/entry';
import { type Relationship, wireRelationship } from '../../xsoar/relationship';

/** The platform stores each as a separate object, so one entry has at most this many. */
const MOST = 100;

/** Adds relationships to an entry if the instance creates them; a note gives the number left out. */
export function withRelationships(entry: Entry, all: Iterable<Relationship>, config: Config): Entry {
  const { kept, left } = limitRelationships(all, config);
  if (kept.length === 0) return entry;
  const note = `Relationships: the first ${formatCount(kept.length)} of ${formatCount(kept.length + left)}.`;
  return {
    ...entry,
    ...(left === 0 ? {} : { HumanReadable: `${entry.HumanReadable ?? ''}\n\n${note}` }),
    Relationships: kept.map((one) => wireRelationship(one, config.reliability)),
  };
}

/** Returns the distinct relationships up to the maximum, and the number left out. */
export function limitRelationships(
  all: Iterable<Relationship>,
  { createRelationships }: Pick<Config, 'createRelationships'>,
) {
  if (!createRelationships) return { kept: [], left: 0 };
  const distinct = new Set<string>();
  const kept: Relationship[] = [];
  for (const one of all) {
    const before = distinct.size;
    if (distinct.add(identity(one)).size > before && before < MOST) kept.push(one);
  }
  return { kept, left: distinct.size - kept.length };
}

function identity({ a, name, b }: Relationship): string {
  return JSON.stringify([a.type, a.value, name, b.type, b.value]);
}
