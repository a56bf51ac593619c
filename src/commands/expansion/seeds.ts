import { isIP } from 'node:net';
import { isPluginError, PluginError } from '../../base/errors';
import { quoted } from '../../base/sanitize';
import type { Entity, NodeKind } from '../../investigation/graph';
import { mismatchOf, normalizeHost } from '../../observables/host';
import { normalizeCve, recordId } from '../../observables/identifiers';
import { allFailed } from '../../output/all-failed';

const HINT =
  'Give host names, IP addresses, CVE IDs or SHA-1 hashes of certificates; records as article:ID, profile:ID or certificate:ID.';

/** Prefixes that name the kind of a seed. */
const PREFIXES: Readonly<Record<string, NodeKind>> = {
  article: 'article',
  profile: 'profile',
  certificate: 'certificate',
  vulnerability: 'vulnerability',
  cve: 'vulnerability',
  domain: 'domain',
  address: 'address',
  host: 'domain',
};

const SHA1 = /^[0-9a-f]{40}$|^[0-9a-f]{2}(?::[0-9a-f]{2}){19}$/i;

/** A string among the seeds that is not an observable. */
export interface RejectedSeed {
  readonly text: string;
  readonly error: PluginError;
}

/**
 * Returns the seeds of an expansion without duplicates, and the strings that are not seeds.
 * @throws PluginError ARGUMENT_INVALID naming the argument if none of the seeds is an observable.
 */
export function seedsOf(texts: readonly string[]): {
  readonly seeds: readonly Entity[];
  readonly rejected: readonly RejectedSeed[];
} {
  const seeds = new Map<string, Entity>();
  const rejected = new Map<string, RejectedSeed>();
  for (const text of texts) {
    try {
      const seed = seedOf(text);
      seeds.set(`${seed.kind}:${seed.value}`, seed);
    } catch (error) {
      if (!isPluginError(error)) throw error;
      rejected.set(text.trim(), { text: text.trim(), error });
    }
  }
  const [first, ...others] = [...rejected.values()].map(({ text, error }) => ({ id: text, error }));
  if (first === undefined || seeds.size > 0)
    return { seeds: [...seeds.values()], rejected: [...rejected.values()] };
  const { code, message, hint } = allFailed([first, ...others], rejected.size, 'seeds');
  throw new PluginError(code, rejected.size === 1 ? `seeds: ${message}` : message, { hint });
}

/** The text that names a node as a seed. */
export function seedText({ kind, value, recordId }: Pick<Entity, 'kind' | 'value' | 'recordId'>): string {
  if (kind === 'certificate') return `certificate:${recordId ?? value}`;
  return kind === 'article' || kind === 'profile' ? `${kind}:${value}` : value;
}

function seedOf(text: string): Entity {
  const typed = text.trim();
  const [, prefix = '', rest = ''] = /^([a-z]{3,13}):(?!\/)(.+)$/is.exec(typed) ?? [];
  const kind = Object.hasOwn(PREFIXES, prefix.toLowerCase()) ? PREFIXES[prefix.toLowerCase()] : undefined;
  try {
    if (kind === 'article' || kind === 'profile') return { kind, value: recordId(rest, 'seeds') };
    if (kind === 'certificate' || SHA1.test(typed))
      return certificate(kind === undefined ? typed : rest.trim());
    if (kind === 'vulnerability' || /^cve\W/i.test(typed))
      return { kind: 'vulnerability', value: normalizeCve(kind === undefined ? typed : rest) };
    return host(kind === undefined ? typed : rest);
  } catch (error) {
    if (!isPluginError(error)) throw error;
    const mismatch = /^cve/i.test(typed) ? undefined : mismatchOf(typed);
    throw new PluginError(
      'ARGUMENT_INVALID',
      `${quoted(typed)} ${mismatch?.reason ?? 'is not an observable'}.`,
      {
        hint: HINT,
      },
    );
  }
}

function certificate(text: string): Entity {
  return SHA1.test(text)
    ? { kind: 'certificate', value: text.toLowerCase().replaceAll(':', '') }
    : { kind: 'certificate', value: recordId(text, 'seeds'), recordId: recordId(text, 'seeds') };
}

function host(text: string): Entity {
  const value = normalizeHost(text);
  if (isIP(value) !== 0) return { kind: 'address', value };
  // Graph knows no single labels, and a word is easily typed in the place of a name.
  if (!value.includes('.')) throw new PluginError('ARGUMENT_INVALID', 'A host name has a dot.');
  return { kind: 'domain', value };
}
