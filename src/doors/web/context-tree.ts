import { isRecord } from '../../base/json';
import { sanitizeMultiline } from '../../base/sanitize';
import type { Context } from '../../xsoar/context/merge';
import type { WebContextChild, WebContextPage } from './shared/protocol';

/** Children that one request returns, and characters of a value's preview. */
const PAGE = 100;
const MAX_PREVIEW = 300;

/** Matches a key that is a list index. */
const INDEX = /^\d+$/;

/**
 * Children of the value at these keys, with the path of each as `${…}` takes it.
 * @param keys field names and list indexes from the root of the context.
 */
export function contextChildren(context: Context, keys: readonly string[], offset: number): WebContextPage {
  let value: unknown = context;
  for (const key of keys) value = memberOf(value, key);
  const path = pathOf(keys);
  const members = Array.isArray(value)
    ? value.map((member, index) => [String(index), member] as const)
    : isRecord(value)
      ? // A name with invisible characters cannot be copied as a path; only an edited file contains one.
        Object.entries(value).filter(([key]) => key.length <= 200 && sanitizeMultiline(key) === key)
      : [];
  const list = Array.isArray(value);
  return {
    total: members.length,
    children: members.slice(offset, offset + PAGE).map(([key, member]) => child(key, member, path, list)),
  };
}

function child(key: string, value: unknown, parent: string, inList: boolean): WebContextChild {
  const path = joined(parent, key, inList);
  if (Array.isArray(value)) return { key, path, type: 'list', preview: String(value.length) };
  if (isRecord(value)) return { key, path, type: 'object', preview: String(Object.keys(value).length) };
  const text = sanitizeMultiline(
    typeof value === 'string' ? value.slice(0, 4 * MAX_PREVIEW) : JSON.stringify(value),
  );
  const preview = text.length > MAX_PREVIEW ? `${text.slice(0, MAX_PREVIEW)}…` : text;
  return { key, path, type: 'value', preview };
}

function pathOf(keys: readonly string[]): string {
  return keys.reduce((path, key) => joined(path, key, INDEX.test(key)), '');
}

function joined(parent: string, key: string, inList: boolean): string {
  const step = inList ? `[${key}]` : key;
  return parent === '' ? step : `${parent}.${step}`;
}

function memberOf(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return INDEX.test(key) ? value[Number(key)] : undefined;
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
