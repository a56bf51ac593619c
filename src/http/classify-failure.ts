import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { TransportError, type TransportFault } from './transport';
import { ProxyFailure } from './tunnel';

/** Node's error codes, or what a family of them starts with, in the few kinds that make a difference to a user or to a retry. */
const FAULTS: Readonly<Record<string, readonly [TransportFault, string]>> = {
  ECONNREFUSED: ['refused', 'the connection was refused'],
  ENOTFOUND: ['unresolved', 'the name could not be resolved'],
  EAI_AGAIN: ['unresolved', 'the name could not be resolved (temporary DNS failure)'],
  ECONNRESET: ['reset', 'the connection was reset'],
  EPIPE: ['reset', 'the connection was reset'],
  ECONNABORTED: ['reset', 'the connection was reset'],
  ERR_STREAM_PREMATURE_CLOSE: ['reset', 'the response was truncated'],
  Z_BUF_ERROR: ['reset', 'the compressed response was truncated'],
  Z: ['reset', 'the compressed response cannot be decompressed'],
  HPE: ['reset', 'the response was not HTTP'],
  HPE_HEADER_OVERFLOW: ['too-large', 'its headers were larger than 16 KiB'],
  RESPONSE_TOO_LARGE: ['too-large', 'it was larger than 64 MiB'],
  ETIMEDOUT: ['timeout', 'no response arrived in time'],
  EMFILE: ['open-files', 'this process has reached its limit of open files'],
  ENFILE: ['open-files', 'this machine has reached its limit of open files'],
  EHOSTUNREACH: ['unreachable', 'there is no route to that address'],
  ENETUNREACH: ['unreachable', 'there is no route to that network'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['untrusted', 'its certificate is self-signed'],
  SELF_SIGNED_CERT_IN_CHAIN: [
    'untrusted',
    'its certificate comes from an authority that is not trusted here',
  ],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
    'untrusted',
    'its certificate comes from an authority that is not trusted here',
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    'untrusted',
    'its certificate comes from an authority that is not trusted here',
  ],
  CERT_HAS_EXPIRED: ['untrusted', 'its certificate has expired'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['untrusted', 'its certificate is for another name'],
};

const KNOWN: Partial<Record<TransportFault, string>> = {
  timeout: 'no response arrived in time',
  cancelled: 'the command was cancelled',
};

/**
 * Converts an error to a TransportError without request data: an AxiosError contains the token.
 * @param proxy the name of the proxy between, which may be what did not respond
 */
export function classifyFailure(
  error: unknown,
  origin: string,
  known?: TransportFault,
  proxy?: string,
): TransportError {
  if (known !== undefined) {
    const between = known === 'timeout' && proxy !== undefined ? ` through the proxy ${proxy}` : '';
    return new TransportError(known, origin, `${KNOWN[known] ?? known}${between}`);
  }
  const failure = chainOf(error).find((link) => link instanceof ProxyFailure);
  if (failure === undefined) {
    const [fault, reason] = kindOf(error);
    return new TransportError(fault, origin, reason);
  }
  return failure.status === undefined
    ? unreached(failure, origin)
    : unopened(failure, failure.status, origin);
}

/** A proxy that could not be reached is retried as the service itself would be. */
function unreached({ proxy, cause }: ProxyFailure, origin: string): TransportError {
  const [fault, reason] = kindOf(cause);
  if (fault === 'too-large')
    return new TransportError('proxy', origin, `the proxy ${proxy} cannot be used, ${reason}`);
  return new TransportError(fault, origin, `the proxy ${proxy} cannot be reached, ${reason}`);
}

function unopened({ proxy }: ProxyFailure, status: number, origin: string): TransportError {
  if (status === 407) {
    const reason = `the proxy ${proxy} requires a valid user and password (407)`;
    return new TransportError('proxy', origin, reason);
  }
  const passing = status >= 502 && status <= 504;
  return new TransportError(
    passing ? 'unreachable' : 'proxy',
    origin,
    `the proxy ${proxy} refused the connection (${status})`,
  );
}

function kindOf(error: unknown): readonly [TransportFault, string] {
  const kind = faultOf(error);
  return (kind[0] === 'unresolved' ? openFilesFault() : undefined) ?? kind;
}

/** Name resolution reports the limit of open files as a name that does not resolve. @returns undefined below the limit */
function openFilesFault(): readonly [TransportFault, string] | undefined {
  try {
    closeSync(openSync(devNull, 'r'));
    return undefined;
  } catch (error) {
    const kind = faultOf(error);
    return kind[0] === 'open-files' ? kind : undefined;
  }
}

function faultOf(error: unknown): readonly [TransportFault, string] {
  for (const { code } of chainOf(error)) {
    if (typeof code !== 'string') continue;
    const name = [code, code.split('_', 1)[0] ?? ''].find((one) => Object.hasOwn(FAULTS, one));
    if (name !== undefined) return FAULTS[name] as readonly [TransportFault, string];
  }
  return ['reset', 'the connection was closed'];
}

/** Returns an error after its causes and the members of an AggregateError (Node tries several addresses). */
function chainOf(error: unknown, depth = 0): { code?: unknown }[] {
  if (typeof error !== 'object' || error === null || depth > 4) return [];
  const { cause, errors } = error as { cause?: unknown; errors?: unknown };
  const inner = [cause, ...(Array.isArray(errors) ? errors : [])];
  return [...inner.flatMap((next) => chainOf(next, depth + 1)), error];
}
