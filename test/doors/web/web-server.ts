import { mkdtempSync } from 'node:fs';
import { request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../../src/base/log';
import { endpointsIn } from '../../../src/config/endpoints';
import type { LocalServices } from '../../../src/doors/cli/local-services';
import { openWeb, type WebOptions } from '../../../src/doors/web/open-web';
import type { WebServer } from '../../../src/doors/web/server';
import type { WebEvent } from '../../../src/doors/web/shared/protocol';
import type { WebServices } from '../../../src/doors/web/web-room';
import { startSandbox as openSandbox, type Sandbox } from '../../../src/sandbox';
import { memoryStore } from '../../../src/state/store';
import { WORLD } from '../../support/case';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into what they expect
  readonly json: any;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A running server, and a browser that talks to it without a browser. */
export interface Web {
  readonly server: WebServer;
  readonly stateFile: string;
  readonly cookie: string;
  /** Sends exactly these headers. */
  raw(path: string, requested?: Asked): Promise<Reply>;
  get(path: string): Promise<Reply>;
  post(path: string, body?: unknown): Promise<Reply>;
  /** Runs a line and waits until it is recorded. */
  run(body: string | { command: string; args: Record<string, string> }): Promise<void>;
  /** Events until one of them fits. */
  until(fits: (event: WebEvent) => boolean): Promise<WebEvent>;
}

export function servicesOf(sandbox: Sandbox, params: Readonly<Record<string, unknown>> = {}): LocalServices {
  return {
    params: { ...sandbox.params, ...params },
    store: memoryStore(),
    log: silentLog,
    ca: sandbox.ca,
    allowEndpoints: endpointsIn(sandbox.params),
  };
}

export async function startWeb(
  services: WebServices,
  sandbox: Sandbox,
  stateFile = join(mkdtempSync(join(tmpdir(), 'mdti-web-')), 'state'),
  name = 'case',
  startSandbox: WebOptions['startSandbox'] = async () => ({
    services: servicesOf(sandbox),
    close: async () => {},
  }),
): Promise<Web> {
  const server = await openWeb({
    name,
    port: 0,
    services,
    sandbox: false,
    environment: { MDTI_STATE_FILE: stateFile },
    startSandbox,
  });
  const origin = `http://127.0.0.1:${server.port}`;
  const raw = (path: string, requested?: Asked) => exchange(server.port, path, requested);
  const token = new URL(server.newAddress()).hash.slice(1);
  const json = { origin, 'content-type': 'application/json' };
  const signed = await raw('/api/session', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ token }),
  });
  const cookie = String(signed.headers['set-cookie']).split(';')[0] ?? '';
  const waiting = new Set<(event: WebEvent) => void>();
  listen(server.port, cookie, (event) => {
    for (const take of waiting) take(event);
  });
  const web: Web = {
    server,
    stateFile,
    cookie,
    raw,
    get: (path) => raw(path, { headers: { cookie } }),
    post: (path, body = {}) =>
      raw(path, { method: 'POST', headers: { ...json, cookie }, body: JSON.stringify(body) }),
    until: (fits) =>
      new Promise((resolve) => {
        const take = (event: WebEvent) => {
          if (!fits(event)) return;
          waiting.delete(take);
          resolve(event);
        };
        waiting.add(take);
      }),
    async run(body) {
      const ended = web.until(({ type }) => type === 'job-ended');
      const { status, text } = await web.post('/api/run', typeof body === 'string' ? { line: body } : body);
      if (status !== 202) throw new Error(text);
      await ended;
    },
  };
  return web;
}

function exchange(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: Asked = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = send({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        const json = /json/.test(response.headers['content-type'] ?? '') ? JSON.parse(text) : undefined;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
      });
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

function listen(port: number, cookie: string, take: (event: WebEvent) => void): void {
  let waiting = '';
  const request = send({ host: '127.0.0.1', port, path: '/api/events', headers: { cookie }, agent: false });
  request.on('response', (response) =>
    response.setEncoding('utf8').on('data', (part: string) => {
      const messages = (waiting + part).split('\n\n');
      waiting = messages.pop() ?? '';
      for (const message of messages)
        if (message.startsWith('data: ')) take(JSON.parse(message.slice('data: '.length)));
    }),
  );
  request.on('error', () => {});
  request.end();
}

/** Starts a sandbox for all tests of a file, and a server for each of them. */
export function webOfEachTest(): { readonly sandbox: Sandbox; readonly web: Web } {
  const on = {} as { sandbox: Sandbox; web: Web };
  beforeAll(async () => {
    on.sandbox = await openSandbox({ world: WORLD });
  });
  beforeEach(async () => {
    on.sandbox.reset();
    on.web = await startWeb(servicesOf(on.sandbox), on.sandbox);
  });
  afterEach(() => on.web.server.close());
  afterAll(() => on.sandbox.close());
  return on;
}
