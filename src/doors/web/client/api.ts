import type { WebProblem } from '../shared/protocol';

/** A request that the server refused, in the server's words. */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, { message, hint }: WebProblem) {
    super(hint === undefined ? message : `${message} ${hint}`);
    this.status = status;
  }
}

export function get<T>(path: string, query: Readonly<Record<string, string>> = {}): Promise<T> {
  const search = new URLSearchParams(query).toString();
  return send(`/api/${path}${search === '' ? '' : `?${search}`}`, {}).then((response) => response.json());
}

export function post<T>(path: string, body: unknown = {}): Promise<T> {
  return postFor(path, body).then((response) => response.json());
}

/** Like `post`, for a response that is a file. */
export function postFor(path: string, body: unknown): Promise<Response> {
  return send(`/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function send(address: string, init: RequestInit): Promise<Response> {
  const response = await fetch(address, init).catch(() => {
    throw new ApiError(0, { message: 'mdti does not respond.', hint: 'Is `mdti web` still running?' });
  });
  if (response.ok) return response;
  const problem = await response
    .json()
    .catch(() => ({ message: `The server responded with ${response.status}.` }));
  throw new ApiError(response.status, problem);
}
