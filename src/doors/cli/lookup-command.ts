import { normalizeAddress, normalizeHost } from '../../observables/host';
import { normalizeCve } from '../../observables/identifiers';

/** Returns the call that looks up an observable typed where a command belongs, such as `domain contoso.com`; undefined for other words. */
export function lookupCall(word: string): string | undefined {
  const command = OBSERVABLES.find(([matches]) => matches(word))?.[1];
  return command === undefined ? undefined : `${command}${word}`;
}

/** A single label is more likely a mistyped command than a host. A hash is searched for: the command has no other argument for it. */
const OBSERVABLES: readonly (readonly [(word: string) => boolean, string])[] = [
  [accepts(normalizeCve), 'cve '],
  [accepts(normalizeAddress), 'ip '],
  [(word) => /[.\]]/.test(word) && accepts(normalizeHost)(word), 'domain '],
  [(word) => /^(?:[\da-f]{32}|[\da-f]{40}|[\da-f]{64})$/i.test(word), 'articles search='],
];

function accepts(normalize: (text: string) => string): (word: string) => boolean {
  return (word) => {
    try {
      normalize(word);
      return true;
    } catch {
      return false;
    }
  };
}
