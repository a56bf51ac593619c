import { PluginError } from '../base/errors';
import type { TransportError } from './transport';

/** Hints by the kind of failure. */
const HINTS: Readonly<Record<TransportError['fault'], string>> = {
  refused: 'Check that the address is right and that a firewall or proxy lets it through.',
  unresolved: 'Check the name, DNS, and whether a proxy is needed (parameter proxy).',
  reset:
    'Run the command again. If it keeps failing, check the proxies and firewalls on the way to the service.',
  timeout: 'Run the command again, or raise the parameter request_timeout.',
  untrusted:
    'Add the issuing authority with NODE_EXTRA_CA_CERTS, or check which server responds in its place.',
  'too-large': 'Request less: a lower limit, or fewer properties with $select.',
  cancelled: 'Run the command again.',
  'open-files': 'Raise the limit of open files (`ulimit -n`), or run fewer commands at once.',
  unreachable: 'Check the network and whether a proxy is needed (parameter proxy).',
  proxy:
    'Check HTTPS_PROXY and NO_PROXY in the environment; put user and password before the name: http://user:password@proxy.contoso.com:8080.',
};

/** Returns the error for a request without a response: NETWORK_FAILED, TIMED_OUT or CANCELLED, by its fault. */
export function networkError(attempt: string, error: TransportError): PluginError {
  const code =
    error.fault === 'cancelled' ? 'CANCELLED' : error.fault === 'timeout' ? 'TIMED_OUT' : 'NETWORK_FAILED';
  const message =
    error.fault === 'too-large'
      ? `The response from ${error.origin} to ${attempt} was discarded: ${error.reason}.`
      : `No response from ${error.origin} to ${attempt}: ${error.reason}.`;
  return new PluginError(code, message, {
    hint: HINTS[error.fault],
    cause: error,
  });
}
