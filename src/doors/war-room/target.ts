import { createHash } from 'node:crypto';
import type { JsonObject } from '../../base/json';
import { isLoopback } from '../../config/endpoints';

/** The tenant or sandbox that an investigation reads from. Two targets never share an investigation. */
export interface Target {
  readonly kind: 'tenant' | 'sandbox';
  /** Identifies the tenant without its name; missing for a sandbox. */
  readonly fingerprint?: string;
}

/** The target that these parameters reach; a Graph on this machine is a sandbox. */
export function targetOf(params: JsonObject, startedSandbox: boolean): Target {
  if (startedSandbox || isLoopback(params.graph_endpoint)) return { kind: 'sandbox' };
  const parts = [params.tenant_id, params.azure_ad_endpoint, params.graph_endpoint];
  const text = parts.map((part) => (typeof part === 'string' ? part.trim().toLowerCase() : '')).join('\n');
  return { kind: 'tenant', fingerprint: createHash('sha256').update(text).digest('hex').slice(0, 16) };
}
