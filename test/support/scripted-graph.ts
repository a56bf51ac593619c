import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeCertificate } from '../../src/sandbox/tls';
import type { ScriptedAnswer } from './case';

/** A Graph and a login service that play what they are given, over TLS. */
export interface ScriptedGraph {
  readonly origin: string;
  readonly ca: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The request lines to Graph since the last script, as they came. */
  readonly lines: string[];
  play(answers: readonly ScriptedAnswer[]): void;
  close(): Promise<void>;
}

const TOKEN = JSON.stringify({ token_type: 'Bearer', expires_in: 3599, access_token: 'scripted-token' });

export async function startScriptedGraph(): Promise<ScriptedGraph> {
  const certificate = await makeCertificate();
  let script: ScriptedAnswer[] = [];
  const lines: string[] = [];
  const server = createServer(certificate, (request, response) => {
    request.resume();
    if (request.method === 'POST' && request.url?.includes('/oauth2/v2.0/token')) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(TOKEN);
      return;
    }
    const line = `${request.method} ${request.url}`;
    lines.push(line);
    const at = script.findIndex((answer) => answer.request === line);
    const [answer] = at < 0 ? [] : script.splice(at, 1);
    const body =
      answer === undefined
        ? { error: { code: 'NotScripted', message: `no answer left for ${line}` } }
        : answer.body;
    const text = (typeof body === 'string' ? body : JSON.stringify(body ?? null)).replaceAll(
      '{origin}',
      origin,
    );
    response
      .writeHead(answer?.status ?? (answer === undefined ? 400 : 200), {
        'content-type': 'application/json',
        ...answer?.headers,
      })
      .end(answer?.status === 204 ? undefined : text);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    ca: certificate.cert,
    params: {
      app_id: '00001111-aaaa-2222-bbbb-3333cccc4444',
      tenant_id: 'contoso.com',
      credentials: { password: 'scripted-secret' },
      client_credentials: true,
      azure_ad_endpoint: origin,
      graph_endpoint: origin,
    },
    lines,
    play(answers) {
      script = [...answers];
      lines.length = 0;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
