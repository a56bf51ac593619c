/** Every object of ours lies below this name in context. */
export const CONTEXT_ROOT = 'MSGDefenderThreatIntel';

/** The context that all integrations share, where we write to it. */
export const SHARED_ROOTS: readonly string[] = ['DBotScore', 'IP', 'Domain', 'CVE'];

/** The context key of one kind of object: an element with the same id is updated, any other is appended. */
export function contextKey(name: string): string {
  return `${CONTEXT_ROOT}.${name}${matching('id')}`;
}

/** The context key of an indicator that all integrations share: `IP(val.Address && val.Address == obj.Address)`. */
export function standardKey(name: string, field: string): string {
  return `${name}${matching(field)}`;
}

function matching(field: string): string {
  return `(val.${field} && val.${field} == obj.${field})`;
}

/** Objects that many parents share: under one key, the id of one parent would stand for all of them. */
const SHARED: readonly string[] = ['Host', 'Article'];

/** Whether the objects below a context path carry the id of the parent that they were read through. */
export function carriesParent(context: string): boolean {
  return !SHARED.includes(context);
}
