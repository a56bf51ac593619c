import type { ArgumentSpec } from './generated/commands';

export type RawArguments = Readonly<Record<string, unknown>>;

/**
 * Converts arguments from what the platform sends (mostly texts) to the types that the manifest declares. A value that cannot be
 * converted stays unchanged, and the check refuses it. Null, empty and blank mean "not set".
 */
export function coerce(
  raw: RawArguments,
  specs: Readonly<Record<string, ArgumentSpec>>,
): Record<string, unknown> {
  const given = Object.entries(raw)
    .map(
      ([name, value]) => [name, shaped(value, Object.hasOwn(specs, name) ? specs[name] : undefined)] as const,
    )
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

function shaped(value: unknown, spec: ArgumentSpec | undefined): unknown {
  if (value === null || value === undefined || (typeof value === 'string' && value.trim() === ''))
    return undefined;
  switch (spec?.kind) {
    case 'list':
      return list(value);
    case 'count':
      return typeof value === 'string' && /^\s*[+-]?\d{1,15}\s*$/.test(value) ? Number(value) : value;
    case 'flag':
      return typeof value === 'string' ? flag(value) : value;
    case 'choice':
      return typeof value === 'string' || typeof value === 'number'
        ? choice(String(value), spec.choices ?? [])
        : value;
    default:
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  }
}

/** Returns the allowed word for a text in any case of letters. */
function choice(text: string, allowed: readonly string[]): string {
  const word = text.trim().toLowerCase();
  return allowed.find((one) => one.toLowerCase() === word) ?? text;
}

function flag(text: string): unknown {
  const word = text.trim().toLowerCase();
  return word === 'true' || word === 'false' ? word === 'true' : text;
}

/** A real list, a JSON array or a comma-separated text. */
function list(value: unknown): unknown {
  const items = Array.isArray(value) ? value : typeof value === 'string' ? fromText(value) : [value];
  const kept = items
    .map((item) => (typeof item === 'number' ? String(item) : item))
    .filter(
      (item) => item !== null && item !== undefined && !(typeof item === 'string' && item.trim() === ''),
    )
    .map((item) => (typeof item === 'string' ? item.trim() : item));
  return kept.length === 0 ? undefined : kept;
}

function fromText(text: string): unknown[] {
  if (text.trim().startsWith('[')) {
    try {
      const parsed: unknown = JSON.parse(text);
      if (Array.isArray(parsed)) return parsed;
    } catch {
      // A bracket also begins a defanged or an IPv6 host: then the text is comma-separated, not JSON.
    }
  }
  return text.split(',');
}
