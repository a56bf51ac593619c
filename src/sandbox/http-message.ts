/** A request as it reached the sandbox, or one item of a batch. */
export interface Incoming {
  readonly method: string;
  /** The path, still percent-encoded, without the query. */
  readonly path: string;
  /** The text after the question mark, unchanged. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** The response: an object is sent as JSON, a string unchanged. */
export interface SandboxResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A JSON response of the login service; those of Graph have more headers and are built in `graph/`. */
export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): SandboxResponse {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body };
}

/** Splits a request target into path and query. */
export function split(target: string): Pick<Incoming, 'path' | 'query'> {
  const mark = target.indexOf('?');
  return mark < 0
    ? { path: target, query: '' }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}
