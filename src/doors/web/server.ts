import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../base/clock';
import { PluginError, toPluginError } from '../../base/errors';
import { type Log, logFault } from '../../base/log';
import type { Asset } from './assets';
import type { EventStream } from './event-stream';
import { requestRefusal } from './guard';
import { problemOf, readJsonBody, sendProblem, sendText, setSecurityHeaders, textIn } from './http-reply';
import { leavePage } from './leave-page';
import { ROUTES, type RouteContext } from './routes';
import { openSessions, type Sessions } from './sessions';

interface WebServerOptions extends RouteContext {
  readonly assets: ReadonlyMap<string, Asset>;
  readonly events: EventStream;
  /** 0 for a free one. */
  readonly port: number;
  readonly log: Log;
}

export interface WebServer {
  readonly port: number;
  /** An address that signs one browser in, once. */
  newAddress(): string;
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 64;

/**
 * Serves the War Room on 127.0.0.1 only.
 * @throws PluginError INVOCATION_UNREADABLE if the port is taken.
 */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const { assets, events, log } = options;
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 10_000 });
  server.maxConnections = MAX_CONNECTIONS;
  const port = await listen(server, options.port);
  const sessions = openSessions(port, systemClock.monotonic);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    setSecurityHeaders(response);
    const refusal = requestRefusal(request, port);
    if (refusal !== undefined) {
      log('info', 'request refused', { method: request.method, reason: refusal });
      return sendProblem(response, 403, { message: refusal });
    }
    const { pathname, searchParams: query } = new URL(String(request.url), 'http://127.0.0.1');
    const asset = request.method === 'GET' ? assets.get(pathname) : undefined;
    if (asset !== undefined) return sendText(response, 200, asset.type, asset.body);
    const route = `${request.method} ${pathname}`;
    if (route === 'POST /api/session') return signIn(sessions, request, response);
    if (!sessions.isSignedIn(request.headers.cookie))
      return sendProblem(response, 401, { message: 'This browser is not signed in.' });
    if (route === 'GET /api/events') {
      if (!events.add(response))
        sendProblem(response, 503, {
          message: 'Too many pages are open (maximum 16). Close one and reload.',
        });
      return;
    }
    if (route === 'GET /leave') {
      const page = leavePage(query.get('to'));
      if (page === undefined) return sendProblem(response, 400, { message: 'This link cannot be opened.' });
      return sendText(response, 200, 'text/html; charset=utf-8', page);
    }
    const serve = Object.hasOwn(ROUTES, route) ? ROUTES[route] : undefined;
    if (serve === undefined) return sendProblem(response, 404, { message: 'Not found.' });
    await serve(options, { request, response, query });
  }

  server.on('request', (request, response) => {
    handle(request, response).catch((error: unknown) => {
      const failure = toPluginError(error);
      logFault(log, failure);
      sendProblem(response, failure.code === 'INTERNAL' ? 500 : 400, problemOf(failure, options.mask));
      request.destroy();
    });
  });

  return {
    port,
    newAddress: () => `http://127.0.0.1:${port}/#${sessions.issueToken()}`,
    async close() {
      events.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function signIn(sessions: Sessions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const cookie = sessions.trade(textIn(await readJsonBody(request), 'token'));
  if (cookie === undefined)
    return sendProblem(response, 401, {
      message:
        'This link was already used or belongs to another server. Press Enter in the terminal for a new link.',
    });
  response.setHeader('Set-Cookie', cookie);
  sendText(response, 200, 'application/json', '{}');
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        new PluginError(
          'INVOCATION_UNREADABLE',
          `--port ${port} ${taken ? 'is in use' : 'cannot be used'}.`,
          {
            hint: 'Leave --port out to use a free one.',
          },
        ),
      );
    });
    server.listen({ port, host: '127.0.0.1' }, () => resolve((server.address() as AddressInfo).port));
  });
}
