import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { closeServer, listen } from '../../src/sandbox/server';
import { makeCertificate } from '../../src/sandbox/tls';

/** What the server does with one request. */
export type Act = (response: ServerResponse, request: IncomingMessage) => void;

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** A Graph over TLS that misbehaves on demand; its login service gives every caller a token. */
export interface Hostile {
  readonly origin: string;
  readonly ca: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** What reached Graph since the last `play`. */
  readonly requests: readonly Received[];
  /** What the login service does; gives a token unless set. */
  login: Act | undefined;
  /** Responds to the requests that follow one by one; the last act is repeated. */
  play(...acts: Act[]): void;
  close(): Promise<void>;
}

export const TOKEN = `eyJ0eXAiOiJKV1QifQ.${Buffer.from('{"aud":"https://graph.microsoft.com"}').toString('base64url')}.c2lnbmF0dXJl`;
export const SECRET = 'Hostile~Secret+1=';
const TENANT = 'aaaabbbb-0000-cccc-1111-dddd2222eeee';

export async function startHostile(): Promise<Hostile> {
  const credentials = makeCertificate();
  const server = createServer(credentials);
  const requests: Received[] = [];
  let acts: Act[] = [];
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    request.resume();
    const path = request.url ?? '/';
    if (path.includes('/oauth2/')) {
      (hostile.login ?? issue)(response, request);
      return;
    }
    requests.push({ path, headers: request.headers });
    const act = acts.length > 1 ? acts.shift() : acts[0];
    act?.(response, request);
  });
  const origin = `https://localhost:${await listen(server, 0)}`;
  const hostile: Hostile = {
    origin,
    ca: credentials.cert,
    login: undefined,
    params: {
      app_id: '00001111-aaaa-2222-bbbb-3333cccc4444',
      tenant_id: TENANT,
      credentials: { identifier: '', password: SECRET },
      client_credentials: true,
      azure_ad_endpoint: origin,
      graph_endpoint: origin,
    },
    requests,
    play(...next) {
      requests.length = 0;
      acts = next;
    },
    close: () => closeServer(server),
  };
  return hostile;
}

const issue = json({ token_type: 'Bearer', expires_in: 86_400, access_token: TOKEN });

/** A whole response of JSON. */
export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Act {
  return text(JSON.stringify(body), 'application/json', status, headers);
}

/** A whole response of any type. */
export function text(
  body: string | Buffer,
  type: string,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Act {
  return (response) => {
    response.writeHead(status, { ...(type === '' ? {} : { 'content-type': type }), ...headers });
    response.end(body);
  };
}

/** A response that is announced as longer than it is. */
export const truncated: Act = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 4096 });
  response.write('{"value":[{"id":"', () => response.destroy());
};

export const reset: Act = (response) => {
  response.destroy();
};

/** Accepts the request and never responds. */
export const silence: Act = () => {};

/** A page of a list. */
export function page(
  ids: readonly string[],
  next?: string,
  more: Readonly<Record<string, unknown>> = {},
): Act {
  return json({
    ...more,
    value: ids.map((id) => ({ id, title: `Article ${id}` })),
    ...(next === undefined ? {} : { '@odata.nextLink': next }),
  });
}
