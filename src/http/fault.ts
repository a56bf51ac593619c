import { TransportError, type TransportFault } from './transport';

/** Node's error codes, or what a family of them begins with, in the few kinds that make a difference to a person or to a retry. */
const FAULTS: Readonly<Record<string, readonly [TransportFault, string]>> = {
  ECONNREFUSED: ['refused', 'the connection was refused'],
  ENOTFOUND: ['unresolved', 'the name could not be resolved'],
  EAI_AGAIN: ['unresolved', 'the name could not be resolved for now'],
  ECONNRESET: ['reset', 'the connection was cut'],
  EPIPE: ['reset', 'the connection was cut'],
  ECONNABORTED: ['reset', 'the connection was cut'],
  ERR_STREAM_PREMATURE_CLOSE: ['reset', 'the answer broke off'],
  Z_BUF_ERROR: ['reset', 'the compressed answer broke off'],
  Z: ['reset', 'the compressed answer cannot be unpacked'],
  HPE: ['reset', 'the answer was not HTTP'],
  HPE_HEADER_OVERFLOW: ['too-large', 'its headers were larger than 16 KiB'],
  ANSWER_TOO_LARGE: ['too-large', 'it was larger than 64 MiB'],
  ETIMEDOUT: ['timeout', 'no answer came in time'],
  EHOSTUNREACH: ['unreachable', 'there is no way to that address'],
  ENETUNREACH: ['unreachable', 'there is no way to that network'],
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
  timeout: 'no answer came in time',
  cancelled: 'the command was cancelled',
};

/** What Node or axios threw, reduced to what may be told: an AxiosError carries the whole request, token included. */
export function faultOf(error: unknown, origin: string, known?: TransportFault): TransportError {
  if (known !== undefined) return new TransportError(known, origin, KNOWN[known] ?? known);
  for (const code of codesOf(error)) {
    const row = FAULTS[code] ?? FAULTS[code.split('_')[0] ?? ''];
    if (row !== undefined) return new TransportError(row[0], origin, row[1]);
  }
  return new TransportError('reset', origin, 'the exchange broke off');
}

/** The codes of an error, of its causes, and of what an AggregateError holds (Node tries several addresses). */
function codesOf(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 4) return [];
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  const inner = [cause, ...(Array.isArray(errors) ? errors : [])].flatMap((next) => codesOf(next, depth + 1));
  return typeof code === 'string' ? [...inner, code] : inner;
}
