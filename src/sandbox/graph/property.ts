import { type Member, memberOf, qualified } from '../../model/model';
import { isThing } from '../world';
import { badRequest } from './errors';

/** Follows `a/b/c` through the model. @throws GraphError 400 for a name that the model does not contain. */
export function follow(type: string, names: readonly string[], clause: string): Member {
  let member: Member = { type };
  for (const name of names) {
    const next = memberOf(member.type, name);
    if (!next)
      throw badRequest(
        `${clause}: Could not find a property named '${name}' on type '${qualified(member.type)}'.`,
      );
    member = next;
  }
  return member;
}

/** The values at the end of a path; several if it runs through a collection, empty if it meets null. */
export function valuesAt(value: unknown, names: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, names));
  const [name, ...rest] = names;
  if (name === undefined) return [value];
  return isThing(value) ? valuesAt(value[name], rest) : [];
}

/** The single value at the end of a path; null if there is none. */
export function valueAt(value: unknown, names: readonly string[]): unknown {
  let here: unknown = value;
  for (const name of names) here = isThing(here) ? here[name] : null;
  return here ?? null;
}
