import { formatCount } from '../../base/sanitize';
import type { Config } from '../../config/config';
import type { Entry } from '../../xsoar/entry';
import { type Relationship, wireRelationship } from '../../xsoar/relationship';

/** The platform stores each as a separate object, so one entry has at most this many. */
const MOST = 100;

/** An entry with relationships on it, where there are some and they are wanted; what is left out is said. */
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

/** The relationships that an entry may bring, each once. */
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
