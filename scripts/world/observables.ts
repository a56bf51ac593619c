import type { Chance } from './random';
import { base64, hex } from './random';
import { hostReference, reference } from './text';

/** What an indicator points at. Hosts mostly; now and then a file hash, a URL, an e-mail address, or a certificate. */
export function artifact(chance: Chance, index: number, certificates: readonly string[]) {
  const kind = index % 11;
  if (kind === 3) return hostReference(`192.0.2.${(index % 250) + 2}`);
  if (kind === 5) return hostReference(`198.51.100.${(index % 250) + 2}`);
  if (kind === 6 && index % 3 === 1) return unclassified('email', `billing-${index}@invoice.example`);
  if (kind === 6) return unclassified('sha256', hex(`file ${index}`, 64));
  if (kind === 7) return unclassified('url', `http://203.0.113.${(index % 250) + 1}/dl?id=${index}&n=a|b`);
  if (kind === 8) return hostReference(`2001:db8::${index.toString(16)}`);
  if (kind === 9) return reference('sslCertificate', chance.pick(certificates));
  const label = chance.pick(['login', 'cdn', 'mail', 'secure', 'update', 'files', 'portal', 'sso']);
  return hostReference(
    `${label}-${index}.${chance.pick(['contoso.example', 'invoice.example', 'parcel.example', 'status.example'])}`,
  );
}

/** Graph gives these an opaque id: only `value` and `kind` mean something to people. */
function unclassified(kind: string, value: string) {
  return {
    ...reference('unclassifiedArtifact', base64('artifact', hex(`${kind} ${value}`, 24))),
    kind,
    value,
  };
}
