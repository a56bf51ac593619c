import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from '../../src/sandbox';

/** A managed identity endpoint on loopback, as App Service and the instance metadata service of a machine respond. */
export interface IdentityEndpoint {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly requested: { path: string; query: Record<string, string>; headers: IncomingHttpHeaders }[];
  /** In place of a token. */
  refuse: { readonly status: number; readonly body: unknown } | undefined;
  /** Whether it accepts the request and never responds. */
  silent: boolean;
  close(): Promise<void>;
}

export async function startIdentityEndpoint(sandbox: Sandbox): Promise<IdentityEndpoint> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', endpoint.origin);
    const query = Object.fromEntries(url.searchParams);
    endpoint.requested.push({ path: url.pathname, query, headers: request.headers });
    if (endpoint.silent) return;
    const { status, body } = endpoint.refuse ?? { status: 200, body: tokenFor(sandbox, query.resource) };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const endpoint: IdentityEndpoint = {
    origin: await new Promise((ready) =>
      server.listen(0, '127.0.0.1', () =>
        ready(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
      ),
    ),
    requested: [],
    refuse: undefined,
    silent: false,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  return endpoint;
}

function tokenFor(sandbox: Sandbox, resource = ''): object {
  const { token, expiresIn } = sandbox.login.issue(resource);
  return {
    access_token: token,
    expires_on: String(Math.floor(Date.now() / 1000) + expiresIn),
    resource,
    token_type: 'Bearer',
  };
}
