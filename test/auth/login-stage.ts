// Loaded on demand by a sign-in; here before the first test, which would have to wait for it.
import '../../src/auth/msal/acquire';

import { openEngine } from '../../src/engine/engine';
import {
  type HttpRequest,
  type HttpResponse,
  type Transport,
  TransportError,
  type TransportFault,
} from '../../src/http/transport';
import { memoryStore, type State } from '../../src/state/store';
import { type HeldClock, heldClock } from '../faults/held-clock';
import { seen } from '../faults/stage';
import { PARAMS } from '../support/recorder';

/** What the login service does: a response, or why there is none. */
export type Act = HttpResponse | TransportFault;

/** What came of one command. */
export interface CommandOutcome {
  readonly text: string;
  readonly code: string | undefined;
  readonly status: number | undefined;
  readonly retryAfter: number | undefined;
  /** How long it took, by the clock. */
  readonly seconds: number;
  /** How often the login service was requested. */
  readonly logins: number;
  /** What it was sent. */
  readonly sent: readonly HttpRequest[];
  readonly state: State;
}

export interface Running {
  readonly args?: object;
  /** Beside those of an application with a secret; `null` takes one of them away. */
  readonly params?: object;
  readonly state?: State;
}

/** A plugin whose login service plays a script, and repeats its last act; Graph has no articles and no hosts. */
export interface LoginStage {
  readonly clock: HeldClock;
  play(...acts: readonly Act[]): void;
  /** The command's name without its prefix. */
  run(command: string, running?: Running): Promise<CommandOutcome>;
}

const JSON_TYPE = { 'content-type': 'application/json' };

export function jsonResponse(
  body: unknown,
  status = 200,
  headers: HttpResponse['headers'] = {},
): HttpResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: { ...JSON_TYPE, ...headers }, body: text };
}

export const TOKEN = jsonResponse({
  token_type: 'Bearer',
  expires_in: 3599,
  access_token: 'a-token',
  refresh_token: 'the-next-refresh-token',
});

export function failing(status: number, headers: HttpResponse['headers'] = {}): HttpResponse {
  const error_description = 'AADSTS90033: A transient error has occurred. Please try again.';
  return jsonResponse({ error: 'temporarily_unavailable', error_description }, status, headers);
}

export function loginStage(): LoginStage {
  const clock = heldClock(() => setImmediate(moveOn));
  let script: readonly Act[] = [];
  let sent: HttpRequest[] = [];

  /** The command's own deadline is waited for all the time; anything else is a pause between two attempts. */
  function moveOn(): void {
    if (clock.waiting() > 1) clock.skip();
  }

  const transport: Transport = async (request) => {
    const { origin, pathname } = new URL(request.url);
    if (pathname.endsWith('/articles')) return jsonResponse({ value: [] });
    if (pathname.startsWith('/v1.0/'))
      return jsonResponse({ error: { code: 'NotFound', message: 'None.' } }, 404);
    sent.push(request);
    const act = script[Math.min(sent.length, script.length) - 1] ?? 'refused';
    if (typeof act === 'string') throw new TransportError(act, origin, `it was ${act}`);
    return act;
  };

  return {
    clock,
    play(...acts) {
      script = acts;
      sent = [];
    },
    async run(command, { args, params, state } = {}) {
      const started = clock.now();
      const store = memoryStore(state);
      const plugin = openEngine({
        params: { ...PARAMS, ...params },
        store,
        clock,
        transport,
      });
      const name = command === 'test-module' ? command : `msg-defender-threat-intel-${command}`;
      const outcome = await plugin.execute(name, { ...args });
      const [error] = outcome.errors;
      return {
        text: seen(outcome),
        code: error?.code,
        status: error?.status,
        retryAfter: error?.retryAfter,
        seconds: (clock.now() - started) / 1000,
        logins: sent.length,
        sent,
        state: store.current(),
      };
    },
  };
}
