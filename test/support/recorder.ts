import { type Clock, systemClock } from '../../src/base/clock';
import { type Log, silentLog } from '../../src/base/log';
import { type Engine, openEngine } from '../../src/engine/engine';
import type { HttpRequest, HttpResponse, Transport } from '../../src/http/transport';

/** A plugin whose transport responds from memory and records the requests. */
export interface Recorded {
  readonly plugin: Engine;
  /** The requests to Graph, `GET https://…`; the sign-in is left out. */
  readonly requested: string[];
}

export const PARAMS = {
  app_id: '00001111-aaaa-2222-bbbb-3333cccc4444',
  tenant_id: 'contoso.com',
  credentials: { password: 'a-secret' },
  client_credentials: true,
} as const;

const EMPTY: HttpResponse = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: '{"value":[]}',
};
export const TOKEN: HttpResponse = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: '{"token_type":"Bearer","expires_in":3599,"access_token":"recorded-token"}',
};

export function recordedPlugin(
  response: (request: HttpRequest) => HttpResponse = () => EMPTY,
  params: object = {},
  log: Log = silentLog,
  clock: Clock = systemClock,
): Recorded {
  const requested: string[] = [];
  const transport: Transport = async (request) => {
    if (request.method === 'POST') return TOKEN;
    requested.push(`${request.method} ${request.url}`);
    return response(request);
  };
  return {
    plugin: openEngine({ params: { ...PARAMS, ...params }, transport, log, clock }),
    requested,
  };
}
