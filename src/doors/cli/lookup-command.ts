import { normalizeAddress, normalizeHost } from '../../observables/host';
import { normalizeCve } from '../../observables/identifiers';

/**
 * Returns the call that looks up an observable typed where a command belongs, such as `domain contoso.com`; undefined for other words.
 * It names the normalized observable: a pasted URL may contain what a shell runs, and zsh rejects `contoso[.]com`.
 */
export function lookupCall(word: string): string | undefined {
  for (const [command, observable] of OBSERVABLES) {
    const found = observable(word);
    if (found !== undefined) return `${command}${found}`;
  }
  return undefined;
}

/** A single label is more likely a mistyped command than a host. A hash is searched for: the command has no other argument for it. */
const OBSERVABLES: readonly (readonly [string, (word: string) => string | undefined])[] = [
  ['cve ', acceptedBy(normalizeCve)],
  ['ip ', acceptedBy(normalizeAddress)],
  ['domain ', (word) => (/[.\]]/.test(word) ? acceptedBy(normalizeHost)(word) : undefined)],
  ['articles search=', (word) => /^(?:[\da-f]{32}|[\da-f]{40}|[\da-f]{64})$/i.exec(word)?.[0]],
];

/** Returns the normalized word; undefined for a word that is rejected. */
function acceptedBy(normalize: (text: string) => string): (word: string) => string | undefined {
  return (word) => {
    try {
      return normalize(word);
    } catch {
      return undefined;
    }
  };
}
