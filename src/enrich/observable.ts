import { isIP } from 'node:net';
import { BOUNDS } from '../base/bounds';
import { PluginError } from '../base/errors';
import { formatCount, quoted } from '../base/sanitize';
import type { GraphRequest } from '../graph/request';
import { entity, routeRequest } from '../graph/route';
import { normaliseHost } from '../observables/host';
import { normaliseCve } from '../observables/identifiers';

export type ObservableType = 'domain' | 'ipv4' | 'ipv6' | 'cve';

/** A host name, an address or a CVE ID. */
export interface Observable {
  readonly type: ObservableType;
  /** Normalised: `contoso.com` for `hxxps://Contoso[.]com/x`. */
  readonly value: string;
}

/** Texts that are in lists of observables and are none, with the reason. The first row that fits is taken. */
const REFUSED: readonly (readonly [RegExp, string])[] = [
  [/^(n\/?a|none|null|nil|unknown|undefined|-+|\?)$/i, 'is a placeholder'],
  [/^[0-9a-f]{32}$/i, 'is an MD5 hash; Graph looks up hosts and CVE IDs only'],
  [/^[0-9a-f]{40}$/i, 'is a SHA-1 hash; Graph looks up hosts and CVE IDs only'],
  [/^[0-9a-f]{64}$/i, 'is a SHA-256 hash; Graph looks up hosts and CVE IDs only'],
  [/^asn? ?\d{1,10}$/i, 'is an AS number; Graph looks up hosts and CVE IDs only'],
  [/^[^\s/@:]+@[^\s/@]+$/, 'is an e-mail address; look up its domain'],
  [/^[0-9a-f.:[\]]+\/\d{1,3}(?!\d)/i, 'is a network, not one address'],
];

/**
 * Returns the observable in a text, normalised; it may be defanged or a URL.
 * @throws PluginError ARGUMENT_INVALID for what is neither a host name nor an address nor a CVE id.
 */
export function observableOf(text: string): Observable {
  if (text.length > BOUNDS.observable)
    throw refused(`${text.slice(0, 60)}…`, `is longer than ${formatCount(BOUNDS.observable)} characters`);
  const trimmed = text.trim();
  const reason = REFUSED.find(([pattern]) => pattern.test(trimmed))?.[1];
  if (reason !== undefined) throw refused(trimmed, reason);
  if (/^cve\W/i.test(trimmed)) return { type: 'cve', value: normaliseCve(text) };
  const value = normaliseHost(text);
  const version = isIP(value);
  if (version === 0 && !value.includes('.'))
    throw refused(trimmed, 'is a single label, not a public host name');
  return { type: version === 0 ? 'domain' : version === 4 ? 'ipv4' : 'ipv6', value };
}

function refused(text: string, reason: string): PluginError {
  return new PluginError('ARGUMENT_INVALID', `${quoted(text)} ${reason}.`);
}

/** The routes of the lookups: of a host its reputation, of a CVE its record. */
export const HOST_LOOKUP = entity('GET /security/threatIntelligence/hosts/{host_id}/reputation');
export const CVE_LOOKUP = entity('GET /security/threatIntelligence/vulnerabilities/{vulnerability_id}');

/** Returns the request for one observable. */
export function requestFor({ type, value }: Observable): GraphRequest {
  const request =
    type === 'cve'
      ? routeRequest(CVE_LOOKUP, { vulnerability_id: value })
      : routeRequest(HOST_LOOKUP, { host_id: value });
  return { ...request, subject: { argument: 'observable', id: value, observable: true } };
}
