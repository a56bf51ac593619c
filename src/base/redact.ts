import { maskSecrets } from './secrets';

const MASK = '***';

/** Patterns of credentials: bearer headers, fields that contain a secret (not the placeholder `"…"` of our hints), private keys. */
const SHAPES: readonly [RegExp, string][] = [
  [/\b(bearer\s{1,9})[\w.~+/=-]{8,}/gi, `$1${MASK}`],
  [
    /\b(client_secret|client_assertion|refresh_token|access_token|device_code|password)(\\?["']?\s{0,9}[=:]\s{0,9}\\?["']?)(?!…["'])[^\s"'\\&,}]+/gi,
    `$1$2${MASK}`,
  ],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, MASK],
];

/** Masks the secrets of this process by value, and everything that looks like a credential. */
export function redact(text: string): string {
  let masked = maskSecrets(text, MASK);
  if (masked.includes('eyJ')) masked = masked.replace(/[\w.-]{11,}/g, withoutTokens);
  for (const [shape, mask] of SHAPES) masked = masked.replace(shape, mask);
  return masked;
}

/** Characters of the first segment of a JSON web token, and segments after it. */
const HEADER = 11;
const SEGMENTS = 4;

/**
 * Masks JSON web tokens in a run of the characters that they consist of. A regular expression would start again at every `-eyJ`
 * of a long run.
 */
function withoutTokens(run: string): string {
  const segments = run.split('.');
  const kept: string[] = [];
  for (let at = 0; at < segments.length; at++) {
    const segment = segments[at] ?? '';
    const start = tokenStart(segment);
    if (start < 0 || segment.length - start < HEADER || at + 1 === segments.length) kept.push(segment);
    else {
      kept.push(`${segment.slice(0, start)}${MASK}`);
      at += SEGMENTS;
    }
  }
  return kept.join('.');
}

/** Returns the position at which a token may start, at the start of a segment or after a hyphen; -1 if there is none. */
function tokenStart(segment: string): number {
  if (segment.startsWith('eyJ')) return 0;
  const behind = segment.indexOf('-eyJ');
  return behind < 0 ? -1 : behind + 1;
}
