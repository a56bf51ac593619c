import { isIP } from 'node:net';
import type { SslCertificate } from '../../model/generated/graph';
import type { End } from '../../xsoar/relationship';

/** A host: a name or an address, as its text tells. */
export function hostEnd(id: string | null | undefined): End | undefined {
  if (typeof id !== 'string' || id === '') return undefined;
  const version = isIP(id);
  return { value: id, type: version === 4 ? 'IP' : version === 6 ? 'IPv6' : 'Domain' };
}

/** A certificate, under the hash by which people look for it. */
export function certificateEnd(of: SslCertificate | null | undefined): End | undefined {
  return end(of?.sha1 ?? of?.fingerprint, 'X509 Certificate');
}

/** An article or an intelligence profile: whatever is written about something, under Graph's id of it. */
export function reportEnd(id: string | null | undefined): End | undefined {
  return end(id, 'Report');
}

export function cveEnd(id: string | null | undefined): End | undefined {
  return end(id, 'CVE');
}

/** Graph may send another shape than it documents. */
function end(value: unknown, type: End['type']): End | undefined {
  return typeof value === 'string' && value !== '' ? { value, type } : undefined;
}
