import { isRecord } from '../base/json';
import type { GraphRequest } from '../graph/request';

/** Names that affect scripts which merge objects; Graph uses none of them. */
const DANGEROUS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * A Graph object as context keeps it: every property under Graph's own name, `@odata.*` annotations left out (a dot cannot
 * be addressed), and `odataType` with the short name wherever Graph named the type.
 */
export function toContext(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toContext);
  if (!isRecord(value)) return value;
  const kept: Record<string, unknown> = {};
  const type = value['@odata.type'];
  if (typeof type === 'string') kept.odataType = shortType(type);
  for (const [name, inner] of Object.entries(value))
    if (!name.includes('@odata.') && !DANGEROUS.has(name)) kept[name] = toContext(inner);
  return kept;
}

/** Returns the context object with the ID of its parent. */
export function inContext(value: unknown, parent: GraphRequest['parent']): unknown {
  const object = toContext(value);
  return parent === undefined ? object : { ...(object as object), [parent.name]: parent.id };
}

/** Truncates strings to `max` characters; 0 = no limit. */
export function cutTexts(value: unknown, max: number): unknown {
  if (max === 0) return value;
  if (typeof value === 'string') return value.length > max ? `${whole(value.slice(0, max))}…` : value;
  if (Array.isArray(value)) return value.map((item) => cutTexts(item, max));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === 'id' ? inner : cutTexts(inner, max)]),
  );
}

/** Removes half of a surrogate pair that a cut left at the end. */
function whole(text: string): string {
  return text.replace(/[\ud800-\udbff]$/, '');
}

/** `hostname` for `#microsoft.graph.security.hostname`. */
function shortType(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1).replace(/^#/, '');
}
