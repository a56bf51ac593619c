import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { closeServer, listen } from '../../src/sandbox/server';
import { makeCertificate } from '../../src/sandbox/tls';
import { mutant } from '../../test/faults/mutants';
import type { Random } from '../../test/faults/random';

const WORLD = join(__dirname, '../../test_data/world');

/** The services that the programs of a campaign talk to. */
export interface Services {
  readonly sandbox: Sandbox;
  /** Parameters for a Graph whose responses are mutated: values, strings, headers and status. */
  readonly hostile: Readonly<Record<string, unknown>>;
  /** What no program may print. */
  readonly secrets: readonly string[];
  readonly certificates: string;
  readonly origins: string;
  close(): Promise<void>;
}

export async function startServices(random: Random): Promise<Services> {
  const sandbox = await startSandbox({ world: WORLD });
  const credentials = makeCertificate();
  const server = createServer(credentials, (request, response) => void respond(random, request, response));
  const origin = `https://localhost:${await listen(server, 0)}`;
  const secret = 'Campaign~Secret+0123456789';
  return {
    sandbox,
    hostile: {
      ...sandbox.params,
      credentials: { identifier: '', password: secret },
      azure_ad_endpoint: origin,
      graph_endpoint: origin,
    },
    secrets: [secret, (sandbox.params.credentials as { password: string }).password],
    certificates: `${sandbox.ca}\n${credentials.cert}`,
    origins: `${sandbox.origin},${origin}`,
    async close() {
      await closeServer(server);
      await sandbox.close();
    },
  };
}

async function respond(random: Random, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const part of request) body += part;
  const { method = 'GET', url = '/' } = request;
  if (url.includes('/oauth2/')) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        token_type: 'Bearer',
        expires_in: 3_600,
        access_token: 'eyJhbGciOiJub25lIn0.e30.c2lnbmF0dXJl',
      }),
    );
    return;
  }
  try {
    const made = mutant(random, {
      method: method as 'GET',
      url: `https://graph.microsoft.com${url}`,
      headers: {},
      timeout: 0,
      body,
    });
    response.writeHead(made.status < 200 ? 200 : made.status, made.headers as Record<string, string>);
    response.end(made.body);
  } catch {
    // A header or status that no server can send: the connection is cut instead.
    response.destroy();
  }
}
