import { isIP } from 'node:net';
import type { Artifact, SslCertificate } from '../../generated/graph';
import type { End } from '../../platform/relationship';

/** A host: a name or an address, as its text tells. */
export function host(id: string | null | undefined): End | undefined {
  if (typeof id !== 'string' || id === '') return undefined;
  const version = isIP(id);
  return { value: id, type: version === 4 ? 'IP' : version === 6 ? 'IPv6' : 'Domain' };
}

/** An observable that Graph points at, where it is one that the platform has a sort for. */
export function observable(
  artifact: (Artifact & { odataType?: string }) | null | undefined,
): End | undefined {
  const isHost = artifact?.odataType === 'hostname' || artifact?.odataType === 'ipAddress';
  return isHost ? host(artifact.id) : undefined;
}

/** A certificate, under the hash by which people look for it. */
export function certificate(of: SslCertificate | null | undefined): End | undefined {
  const value = of?.sha1 ?? of?.fingerprint;
  return value ? { value, type: 'X509 Certificate' } : undefined;
}

/** An article or an intelligence profile: whatever is written about something, under Graph's id of it. */
export function report(id: string | null | undefined): End | undefined {
  return id ? { value: id, type: 'Report' } : undefined;
}

export function cve(id: string | null | undefined): End | undefined {
  return id ? { value: id, type: 'CVE' } : undefined;
}
