/** Why a string is not a host, and what to do with it. */
export interface Mismatch {
  readonly reason: string;
  readonly hint: string;
}

const BY_HASH = 'Graph looks up hosts and CVE IDs only. Articles may name it: search for it there.';

/** Texts that lists of observables contain and that could be mistaken for a host name. The first row that fits is taken. */
const MISMATCHES: readonly (readonly [RegExp, string, string])[] = [
  [/^(?:n\/?a|none|null|nil|unknown|undefined|-+|\?+)$/i, 'is a placeholder', 'Leave it out.'],
  [/^[0-9a-f]{32}$/i, 'is an MD5 hash', BY_HASH],
  [/^[0-9a-f]{40}$/i, 'is a SHA-1 hash', BY_HASH],
  [/^[0-9a-f]{64}$/i, 'is a SHA-256 hash', BY_HASH],
  [/^asn? ?\d{1,10}$/i, 'is an AS number', 'Graph looks up hosts and CVE IDs only.'],
  [
    /^cve[-\u2010-\u2015\u2212]\d{4}[-\u2010-\u2015\u2212]\d+$/i,
    'is a CVE ID, not a host',
    'Use !cve for CVE IDs.',
  ],
  [/^[^\s/@:]+@[^\s/@]+$/, 'is an e-mail address', 'Look up its domain.'],
];

/** Returns why a string is not a host, where it is a well-known other thing. */
export function mismatchOf(text: string): Mismatch | undefined {
  const [, reason, hint] = MISMATCHES.find(([pattern]) => pattern.test(text)) ?? [];
  return reason === undefined || hint === undefined ? undefined : { reason, hint };
}
