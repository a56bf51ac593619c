import { isIP } from 'node:net';
import type { GraphRequest } from '../graph/request';
import { entity, routeRequest } from '../graph/route';
import { normaliseCve } from '../observables/cve';
import { normaliseHost } from '../observables/host';

export type ObservableType = 'domain' | 'ipv4' | 'ipv6' | 'cve';

/** A host name, an address or a CVE ID. */
export interface Observable {
  readonly type: ObservableType;
  /** Normalised: `contoso.com` for `hxxps://Contoso[.]com/x`. */
  readonly value: string;
}

/**
 * Returns the observable in a text, normalised; it may be defanged or a URL.
 * @throws PluginError ARGUMENT_INVALID for what is neither a host name nor an address nor a CVE id.
 */
export function observableOf(text: string): Observable {
  if (/^\s*cve\W/i.test(text)) return { type: 'cve', value: normaliseCve(text) };
  const value = normaliseHost(text);
  const version = isIP(value);
  return { type: version === 0 ? 'domain' : version === 4 ? 'ipv4' : 'ipv6', value };
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
