/** Every object of ours lies below this name in context. */
export const CONTEXT_ROOT = 'MSGDefenderThreatIntel';

/** The context key of one kind of object: an element with the same id is updated, any other is appended. */
export function contextKey(name: string): string {
  return `${CONTEXT_ROOT}.${name}(val.id && val.id == obj.id)`;
}
