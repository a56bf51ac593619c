import type { InjectedFault } from '../faults';

/** An error response of Graph; thrown where the cause is found, turned into a body in one place. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function badRequest(message: string): GraphError {
  return new GraphError(400, 'BadRequest', message);
}

export function unknownSegment(segment: string): GraphError {
  return badRequest(`Resource not found for the segment '${segment}'.`);
}

export function notFound(id: string): GraphError {
  return new GraphError(404, 'NotFound', `Resource '${id}' could not be found.`);
}

export function methodNotAllowed(allow: string): GraphError {
  return new GraphError(
    405,
    'Request_BadRequest',
    'Specified HTTP method is not allowed for the request target.',
    {
      allow,
    },
  );
}

export function invalidToken(message: string, origin: string): GraphError {
  return new GraphError(401, 'InvalidAuthenticationToken', message, {
    'www-authenticate': `Bearer realm="", authorization_uri="${origin}/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"`,
  });
}

/** A token that conditional access wants to be requested again, with these claims (JSON). */
export function claimsRequired(claims: string, origin: string): GraphError {
  const challenge = invalidToken('Continuous access evaluation resulted in challenge.', origin);
  const encoded = Buffer.from(claims).toString('base64');
  return new GraphError(401, challenge.code, challenge.message, {
    'www-authenticate': `${challenge.headers['www-authenticate']}, error="insufficient_claims", claims="${encoded}"`,
  });
}

/** Returns the error for a tenant without an entitlement, regardless of the role in the token. */
export function notEntitled(): GraphError {
  return new GraphError(500, 'generalException', 'Error retrieving reputation');
}

export function forbidden(role: string, held: readonly string[]): GraphError {
  return new GraphError(
    403,
    'Forbidden',
    `Missing application roles. API required roles: ${role}, application roles: ${held.join(', ')}.`,
  );
}

/** The error body for a status that a fault sets. */
export function refusal({ status, retryAfter }: InjectedFault): GraphError {
  const [code, message] = REFUSALS[status] ?? ['UnknownError', ''];
  return new GraphError(
    status,
    code,
    message,
    retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
  );
}

const REFUSALS: Readonly<Record<number, readonly [code: string, message: string]>> = {
  403: ['Forbidden', 'Access to the requested resource is forbidden.'],
  404: ['ResourceNotFound', 'Resource could not be discovered.'],
  429: ['TooManyRequests', 'Too many requests. Please retry after the time given in the Retry-After header.'],
  501: ['NotImplemented', 'The operation is not supported.'],
  500: ['InternalServerError', 'An internal server error occurred. The operation failed.'],
  502: ['BadGateway', 'The server received an invalid response from an upstream server.'],
  503: ['ServiceUnavailable', 'The service is temporarily unavailable. Please retry after some time.'],
  504: ['GatewayTimeout', 'The gateway did not receive a response in time.'],
};
