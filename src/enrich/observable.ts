import { isIP } from 'node:net';
import type { GraphRequest } from '../graph/request';
import { API } from '../graph/route';
import { normaliseCve } from '../observables/cve';
import { normaliseHost } from '../observables/host';

export type ObservableType = 'domain' | 'ipv4' | 'ipv6' | 'cve';

/** Something that Graph can be asked about. */
export interface Observable {
  readonly type: ObservableType;
  /** Normalised: `contoso.com` for `hxxps://Contoso[.]com/x`. */
  readonly value: string;
}

/**
 * The observable in a text, whatever its sort and however it was defanged.
 * @throws PluginError ARGUMENT_INVALID for what is neither a host name nor an address nor a CVE id.
 */
export function observableOf(text: string): Observable {
  if (/^\s*cve\W/i.test(text)) return { type: 'cve', value: normaliseCve(text) };
  const value = normaliseHost(text);
  const version = isIP(value);
  return { type: version === 0 ? 'domain' : version === 4 ? 'ipv4' : 'ipv6', value };
}

/** What is asked about one: of a host its reputation, of a CVE what is known. */
export function requestFor({ type, value }: Observable): GraphRequest {
  const id = encodeURIComponent(value);
  return {
    method: 'GET',
    path: type === 'cve' ? `${API}/vulnerabilities/${id}` : `${API}/hosts/${id}/reputation`,
    query: [],
    answers: 'entity',
    rows: { most: 1, by: 'limit' },
    subject: { argument: 'observable', id: value, observable: true },
  };
}
