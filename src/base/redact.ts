const MASK = '***';

/** What a credential looks like wherever it turns up: JSON web tokens, bearer headers, form fields that hold a secret. */
const SHAPES: readonly [RegExp, string][] = [
  [/\beyJ[\w-]{8,}(?:\.[\w-]*){1,4}/g, MASK],
  [/\b(bearer\s+)[\w.~+/=-]{8,}/gi, `$1${MASK}`],
  [
    /\b(client_secret|client_assertion|refresh_token|access_token|device_code|password)(["']?\s*[=:]\s*["']?)[^\s"'&,}]+/gi,
    `$1$2${MASK}`,
  ],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, MASK],
];

/** Masks what looks like a credential, and each of the secrets given by value. */
export function redact(text: string, secrets: readonly string[] = []): string {
  let masked = text;
  for (const secret of secrets) if (secret.length >= 4) masked = masked.replaceAll(secret, MASK);
  for (const [shape, mask] of SHAPES) masked = masked.replace(shape, mask);
  return masked;
}
