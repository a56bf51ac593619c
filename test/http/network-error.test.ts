import { networkError } from '../../src/http/network-error';
import { TransportError, type TransportFault } from '../../src/http/transport';

const ORIGIN = 'https://graph.microsoft.com';
const LINE = 'GET /v1.0/security/threatIntelligence/hosts/contoso.com';

const HINTS: Readonly<Record<TransportFault, readonly [code: string, hint: string]>> = {
  refused: [
    'NETWORK_FAILED',
    'Check that the address is right and that a firewall or proxy lets it through.',
  ],
  unresolved: ['NETWORK_FAILED', 'Check the name, DNS, and whether a proxy is needed (parameter proxy).'],
  reset: [
    'NETWORK_FAILED',
    'Run the command again. If it keeps failing, check the proxies and firewalls on the way to the service.',
  ],
  timeout: ['TIMED_OUT', 'Run the command again, or raise the parameter request_timeout.'],
  untrusted: [
    'NETWORK_FAILED',
    'Add the issuing authority with NODE_EXTRA_CA_CERTS, or check which server responds in its place.',
  ],
  'too-large': ['NETWORK_FAILED', 'Request less: a lower limit, or fewer properties with $select.'],
  cancelled: ['CANCELLED', 'Run the command again.'],
  'open-files': [
    'NETWORK_FAILED',
    'Raise the limit of open files (`ulimit -n`), or run fewer commands at once.',
  ],
  unreachable: ['NETWORK_FAILED', 'Check the network and whether a proxy is needed (parameter proxy).'],
  proxy: [
    'NETWORK_FAILED',
    'Check HTTPS_PROXY and NO_PROXY in the environment; put user and password before the name: http://user:password@proxy.contoso.com:8080.',
  ],
};

test.each(Object.entries(HINTS))('no response (%s) is reported with a hint', (fault, [code, hint]) => {
  const cause = new TransportError(fault as TransportFault, ORIGIN, 'this is why');
  const error = networkError(LINE, cause);
  const outcome =
    fault === 'too-large'
      ? `The response from ${ORIGIN} to ${LINE} was discarded: this is why.`
      : `No response from ${ORIGIN} to ${LINE}: this is why.`;
  expect({ code: error.code, message: error.message, hint: error.hint, cause: error.cause }).toEqual({
    code,
    message: outcome,
    hint,
    cause,
  });
});
