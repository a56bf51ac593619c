import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox';
import { APPLICATION } from '../../src/sandbox/options';

export const WORLD = join(__dirname, '../../test_data/world');
export const API = '/v1.0/security/threatIntelligence';

/** What came back, its body as text and, where it is JSON, as an object to look into. */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests read responses of every shape
  readonly json: any;
}

export interface RequestOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export function start(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  return startSandbox({ world: WORLD, ...options });
}

/** One request over TLS with the sandbox's own certificate as the only authority. */
export function send(
  sandbox: Pick<Sandbox, 'origin' | 'ca'>,
  path: string,
  what: RequestOptions = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body = '' } = what;
    const options = { method, headers, ca: sandbox.ca, agent: false as const };
    request(new URL(path, sandbox.origin), options, (response) => {
      const chunks: Buffer[] = [];
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parsed(text) });
      });
    })
      .on('error', reject)
      .end(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A post to the login service. */
export function post(
  sandbox: Sandbox,
  endpoint: string,
  form: Readonly<Record<string, string>>,
  tenant: string = APPLICATION.tenant,
): Promise<Reply> {
  return send(sandbox, `/${tenant}/oauth2/v2.0/${endpoint}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
}

export const SECRET_FORM = {
  grant_type: 'client_credentials',
  client_id: APPLICATION.id,
  client_secret: APPLICATION.secret,
  scope: 'https://graph.microsoft.com/.default',
} as const;

/** An access token of the application. */
export async function signIn(sandbox: Sandbox): Promise<string> {
  return (await post(sandbox, 'token', SECRET_FORM)).json.access_token;
}

/** A reader of the API that has signed in: `get("/hosts/contoso.com")`; a link is followed unchanged. */
export async function reader(sandbox: Sandbox): Promise<(path: string) => Promise<Reply>> {
  const authorization = `Bearer ${await signIn(sandbox)}`;
  return (path) =>
    send(sandbox, path.startsWith('https:') ? path : `${API}${path}`, { headers: { authorization } });
}
