import type { Incoming } from './http-message';
import { type Jwt, readJwt } from './login/jwt';

/** A request to the sandbox, without its secrets. */
export interface RecordedRequest {
  readonly method: string;
  /** The path with its query, unchanged. */
  readonly path: string;
  /** By lower-case name; `authorization` contains only its scheme. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The fields of a sign-in post, secrets hidden. */
  readonly form?: Readonly<Record<string, string>>;
  /** Header and claims of the client assertion, without its signature. */
  readonly assertion?: Pick<Jwt, 'header' | 'claims'>;
  /** The payload of a batch. */
  readonly json?: unknown;
}

const SECRETS = ['client_secret', 'client_assertion', 'refresh_token', 'device_code'];

export function record(incoming: Incoming): RecordedRequest {
  const { method, path, query, headers } = incoming;
  const scheme = headers.authorization?.split(' ')[0];
  return {
    method,
    path: query ? `${path}?${query}` : path,
    headers: scheme === undefined ? headers : { ...headers, authorization: scheme },
    ...bodyOf(incoming),
  };
}

function bodyOf({ headers, body }: Incoming): Pick<RecordedRequest, 'form' | 'assertion' | 'json'> {
  const type = headers['content-type'] ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) {
    const fields = new URLSearchParams(body);
    const form = [...fields].map(([name, value]) => [name, SECRETS.includes(name) ? '(hidden)' : value]);
    return { form: Object.fromEntries(form), ...assertionOf(fields.get('client_assertion')) };
  }
  if (!type.startsWith('application/json')) return {};
  try {
    return { json: JSON.parse(body) };
  } catch {
    return {};
  }
}

function assertionOf(text: string | null): Pick<RecordedRequest, 'assertion'> {
  const jwt = text === null ? undefined : readJwt(text);
  return jwt === undefined ? {} : { assertion: { header: jwt.header, claims: jwt.claims } };
}
