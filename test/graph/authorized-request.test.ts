import { PluginError } from '../../src/base/errors';
import type { LogFields } from '../../src/base/log';
import { USER_AGENT } from '../../src/base/version';
import { requestLine, type SendPorts, sendRequest } from '../../src/graph/authorized-request';
import type { Token, TokenSource } from '../../src/http/token-source';
import { type HttpRequest, type HttpResponse, TransportError } from '../../src/http/transport';
import { heldClock } from '../faults/held-clock';
import { raised } from '../support/raised';
import { httpResponse } from '../support/response';

const LINE = 'GET /v1.0/security/threatIntelligence/hosts/contoso.com';
const ORIGIN = 'https://graph.microsoft.com';
const URL_OF_HOST = new URL(`${ORIGIN}/v1.0/security/threatIntelligence/hosts/contoso.com?$select=id`);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const REFUSED = httpResponse(
  { error: { code: 'InvalidToken', message: 'Not new-token, not old-token.' } },
  401,
);

const FORBIDDEN = httpResponse(
  { error: { code: 'InvalidToken', message: 'Not new-token, not old-token.' } },
  403,
);

interface Stage {
  readonly exchange: SendPorts;
  readonly sent: HttpRequest[];
  readonly logged: LogFields[];
  readonly renewed: string[];
}

/** An exchange that plays responds to one by one; half a second passes in each. */
function stage(played: readonly (HttpResponse | Error)[], token: Token): Stage {
  const clock = heldClock(() => setImmediate(clock.skip));
  const sent: HttpRequest[] = [];
  const logged: LogFields[] = [];
  const renewed: string[] = [];
  const tokens: TokenSource = {
    get: async () => token,
    async renew(refused) {
      renewed.push(refused);
      return { value: 'new-token', cached: false };
    },
    forget: async () => undefined,
  };
  const exchange: SendPorts = {
    retry: {
      clock,
      backoffState: {},
      deadline: clock.now() + 240_000,
      log: (level, event, fields = {}) => void logged.push({ level, event, ...fields }),
    },
    tokens,
    timeout: 30_000,
    acceptedTokens: new Set(),
    async transport(request) {
      clock.advance(500);
      const one = played[sent.push(request) - 1];
      if (one === undefined || one instanceof Error) throw one;
      return one;
    },
  };
  return { exchange, sent, logged, renewed };
}

const CACHED: Token = { value: 'old-token', cached: true };
const FRESH: Token = { value: 'old-token', cached: false };
const { signal } = new AbortController();

function requestHost({ exchange }: Stage): Promise<string> {
  return sendRequest(exchange, { url: URL_OF_HOST }, ({ body }) => body, signal);
}

test('a request carries the token, the user agent and its own id', async () => {
  const on = stage([httpResponse('busy', 503), httpResponse('well')], FRESH);
  expect(await requestHost(on)).toBe('well');
  const [first, second] = on.sent.map(({ headers }) => headers['client-request-id']);
  expect([first, second]).toEqual([expect.stringMatching(UUID), expect.stringMatching(UUID)]);
  expect(first).not.toBe(second);
  expect(on.sent[0]).toEqual({
    method: 'GET',
    url: URL_OF_HOST.href,
    headers: {
      accept: 'application/json',
      authorization: 'Bearer old-token',
      'client-request-id': first,
      'user-agent': USER_AGENT,
    },
    timeout: 30_000,
    signal,
  });
});

test('logs each exchange without its content', async () => {
  const fault = new TransportError('reset', ORIGIN, 'the connection was reset');
  const on = stage([fault, httpResponse('well', 299, { 'request-id': 'r1' })], FRESH);
  await requestHost(on);
  const [first, second] = on.sent.map(({ headers }) => headers['client-request-id']);
  const outcome = { method: 'GET', path: URL_OF_HOST.pathname, milliseconds: 500 };
  expect(on.logged.filter(({ event }) => event !== 'retrying')).toEqual([
    {
      level: 'warn',
      event: 'graph did not respond',
      ...outcome,
      attempt: 1,
      clientRequestId: first,
      fault: 'reset',
    },
    {
      level: 'info',
      event: 'graph responded',
      ...outcome,
      attempt: 2,
      clientRequestId: second,
      status: 299,
      requestId: 'r1',
    },
  ]);
});

test('a token out of the state that Graph rejects is replaced once', async () => {
  const on = stage([REFUSED, httpResponse('well')], CACHED);
  expect(await requestHost(on)).toBe('well');
  expect(on.renewed).toEqual(['old-token']);
  expect(on.sent.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer old-token',
    'Bearer new-token',
  ]);
  expect(on.logged.map(({ attempt }) => attempt)).toEqual([1, 1]);
});

test('a new token that worked before and is rejected later is replaced', async () => {
  const on = stage([httpResponse('well'), REFUSED, httpResponse('well again')], FRESH);
  expect([await requestHost(on), await requestHost(on)]).toEqual(['well', 'well again']);
  expect(on.renewed).toEqual(['old-token']);
});

test.each<[string, HttpResponse[], Token, number]>([
  ['a new token', [REFUSED], FRESH, 1],
  ['the one in its place', [REFUSED, REFUSED], CACHED, 2],
  ['a kept token and its replacement, with 403', [FORBIDDEN, FORBIDDEN], CACHED, 2],
  ['a fresh token, with 403', [FORBIDDEN], FRESH, 1],
])('if Graph rejects %s, the error does not contain the token', async (_, played, token, times) => {
  const on = stage(played, token);
  const { status, message } = await raised(() => requestHost(on));
  expect(on.sent).toHaveLength(times);
  const words = times === 2 ? 'Not ***, not old-token.' : 'Not new-token, not ***.';
  expect(message).toBe(`Graph responded with ${status} InvalidToken to ${LINE}: ${words}`);
});

test.each([199, 300, 404])('does not read the body of status %i', async (status) => {
  const read = jest.fn();
  const { exchange } = stage([httpResponse('{}', status)], FRESH);
  expect(await raised(() => sendRequest(exchange, { url: URL_OF_HOST }, read, signal))).toMatchObject({
    status,
  });
  expect(read).not.toHaveBeenCalled();
});

test('reports a non-network exception as INTERNAL', async () => {
  const on = stage([new TypeError('x is undefined')], FRESH);
  expect((await raised(() => requestHost(on))).code).toBe('INTERNAL');
  expect(on.logged).toEqual([]);
});

test('a request line is shown without origin and query', () => {
  expect(requestLine(URL_OF_HOST)).toBe(LINE);
});

/** Two requests of one command whose sign-in fails. @returns the number of attempts to get a token, and the two messages */
async function withoutToken(retry: Partial<SendPorts['retry']> = {}): Promise<[number, string[]]> {
  const { exchange } = stage([], { value: 'x', cached: false });
  let attempts = 0;
  const tokens: TokenSource = {
    ...exchange.tokens,
    get: () => Promise.reject(new PluginError('AUTH_FAILED', `Rejected, attempt ${++attempts}.`)),
  };
  const command: SendPorts = { ...exchange, tokens, retry: { ...exchange.retry, ...retry } };
  const send = () => sendRequest(command, { url: URL_OF_HOST }, () => 'read', new AbortController().signal);
  const messages = [(await raised(send)).message, (await raised(send)).message];
  return [attempts, messages];
}

test('a rejected sign-in is not retried for other requests of the command, which would lock the account', async () => {
  expect(await withoutToken()).toEqual([1, ['Rejected, attempt 1.', 'Rejected, attempt 1.']]);
});

test('long work signs in again, because its requests are hours apart', async () => {
  expect(await withoutToken({ longWork: { maxAttempts: 3, completed: 0 } })).toEqual([
    2,
    ['Rejected, attempt 1.', 'Rejected, attempt 2.'],
  ]);
});
