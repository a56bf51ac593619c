import { isIP } from 'node:net';
import { isPluginError, PluginError } from '../../base/errors';
import { quoted } from '../../base/sanitize';
import type { Entity, NodeKind } from '../../investigation/graph';
import { normaliseHost } from '../../observables/host';
import { normaliseCve, recordId } from '../../observables/identifiers';

const HINT =
  'Give host names, IP addresses, CVE IDs or SHA-1 hashes of certificates; records as article:ID, profile:ID or certificate:ID.';

/** Prefixes that say what a seed is. */
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

/**
 * The things that an expansion starts from, each once.
 * @throws PluginError ARGUMENT_INVALID naming the argument and the seed that is no observable.
 */
export function seedsOf(texts: readonly string[]): Entity[] {
  const seeds = texts.map(seedOf);
  return [...new Map(seeds.map((seed) => [`${seed.kind}:${seed.value}`, seed])).values()];
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
      return { kind: 'vulnerability', value: normaliseCve(kind === undefined ? typed : rest) };
    return host(kind === undefined ? typed : rest);
  } catch (error) {
    if (!isPluginError(error)) throw error;
    throw noSeed(typed);
  }
}

function certificate(text: string): Entity {
  return SHA1.test(text)
    ? { kind: 'certificate', value: text.toLowerCase().replaceAll(':', '') }
    : { kind: 'certificate', value: recordId(text, 'seeds'), recordId: recordId(text, 'seeds') };
}

function host(text: string): Entity {
  const value = normaliseHost(text);
  if (isIP(value) !== 0) return { kind: 'address', value };
  // Graph knows no single labels, and a word is easily typed in the place of a name.
  if (!value.includes('.')) throw new PluginError('ARGUMENT_INVALID', 'A host name has a dot.');
  return { kind: 'domain', value };
}

function noSeed(text: string): PluginError {
  return new PluginError('ARGUMENT_INVALID', `seeds: ${quoted(text)} is not an observable.`, { hint: HINT });
}
