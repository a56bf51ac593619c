import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { parseJson } from '../../src/base/json';
import { makeCertificate } from '../../src/sandbox/tls';
import type { ScriptedResponse } from './case';

/** A Graph and a login service that play what they are given, over TLS. */
export interface ScriptedGraph {
  readonly origin: string;
  readonly ca: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The request lines to Graph since the last script, in order. */
  readonly lines: string[];
  play(responses: readonly ScriptedResponse[]): void;
  close(): Promise<void>;
}

const TOKEN = JSON.stringify({ token_type: 'Bearer', expires_in: 3599, access_token: 'scripted-token' });

const BATCH = 'POST /v1.0/$batch';

interface Played {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

function missing(line: string): ScriptedResponse {
  return {
    request: line,
    status: 400,
    body: { error: { code: 'NotScripted', message: `no response left for ${line}` } },
  };
}

/** A batch is played item by item, unless the script responds to it as a whole. */
function batchResponse(sent: string, lines: string[], responseTo: (line: string) => Played): Played {
  lines.push(BATCH);
  const { requests } = JSON.parse(sent) as { requests: { id: string; method: string; url: string }[] };
  const responses = requests.map(({ id, method, url }) => {
    const { status, headers, text } = responseTo(`${method} /v1.0${url}`);
    return { id, status, headers, body: parseJson(text) ?? text };
  });
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    text: JSON.stringify({ responses }),
  };
}

export async function startScriptedGraph(): Promise<ScriptedGraph> {
  const certificate = makeCertificate();
  let script: ScriptedResponse[] = [];
  const lines: string[] = [];
  const responseTo = (line: string): Played => {
    lines.push(line);
    const at = script.findIndex((response) => response.request === line);
    const [response = missing(line)] = at < 0 ? [] : script.splice(at, 1);
    const { status = 200, headers, body = null } = response;
    const sent = (typeof body === 'string' ? body : JSON.stringify(body)).replaceAll('{origin}', origin);
    const type = { 'content-type': 'application/json' };
    return { status, headers: { ...type, ...headers }, text: status === 204 ? '' : sent };
  };
  const server = createServer(certificate, async (request, response) => {
    const sent = await text(request);
    if (request.method === 'POST' && request.url?.includes('/oauth2/v2.0/token')) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(TOKEN);
      return;
    }
    const line = `${request.method} ${request.url}`;
    const batched = line === BATCH && !script.some((response) => response.request === BATCH);
    const played = batched ? batchResponse(sent, lines, responseTo) : responseTo(line);
    response.writeHead(played.status, played.headers).end(played.text);
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
    play(responses) {
      script = [...responses];
      lines.length = 0;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
