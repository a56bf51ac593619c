import { isIP } from 'node:net';
import { PluginError } from '../base/errors';
import { quoted } from '../base/sanitize';
import { normaliseHost } from './host';

/**
 * An IPv4 or IPv6 address, from any form in which a host may come.
 * @throws PluginError ARGUMENT_INVALID for a host name, and for what is no host.
 */
export function normaliseAddress(text: string): string {
  const host = normaliseHost(text);
  if (isIP(host) !== 0) return host;
  throw mistaken(text, 'an IP address', 'Use !domain for host names.');
}

/**
 * A host name, from any form in which a host may come.
 * @throws PluginError ARGUMENT_INVALID for an address, and for what is no host.
 */
export function normaliseDomain(text: string): string {
  const host = normaliseHost(text);
  if (isIP(host) === 0) return host;
  throw mistaken(text, 'a host name', 'Use !ip for addresses.');
}

function mistaken(text: string, wanted: string, hint: string): PluginError {
  return new PluginError('ARGUMENT_INVALID', `${quoted(text.trim())} is not ${wanted}.`, { hint });
}
