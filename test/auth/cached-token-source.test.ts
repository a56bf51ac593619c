import { cachedTokenSource } from '../../src/auth/cached-token-source';
import type { TokenFlow } from '../../src/auth/flow';
import { type ErrorDetails, PluginError } from '../../src/base/errors';
import type { LogFields } from '../../src/base/log';
import { TransportError } from '../../src/http/transport';
import { memoryStore, type State } from '../../src/state/store';
import { heldClock } from '../faults/held-clock';

const HOUR = 3600_000;

/** A token source over a flow that gives `token-1`, `token-2` … for an hour each, or fails while `failure` is set. */
function source(state: State = {}) {
  const clock = heldClock();
  const store = memoryStore(state);
  const logged: [string, string, LogFields | undefined][] = [];
  const on = { requested: 0, failure: undefined as unknown };
  const flow: TokenFlow = async (before) => {
    on.requested++;
    if (on.failure !== undefined) throw on.failure;
    return {
      token: { value: `token-${on.requested}`, expiresAt: clock.now() + HOUR },
      state: { ...before, flow: on.requested },
    };
  };
  const log = (level: string, event: string, fields?: LogFields) => logged.push([level, event, fields]);
  return { on, clock, store, logged, tokens: cachedTokenSource('me', flow, { store, clock, log }) };
}

const command = () => new AbortController().signal;

test('the first command signs in, the next ones find its token', async () => {
  const { on, tokens, store, clock, logged } = source({ theirs: 1 });
  expect(await tokens.get(command())).toEqual({ value: 'token-1', cached: false });
  expect(await tokens.get(command())).toEqual({ value: 'token-1', cached: true });
  expect(on.requested).toBe(1);
  const token = { value: 'token-1', expiresAt: clock.now() + HOUR };
  expect(store.current()).toEqual({ theirs: 1, flow: 1, tokens: { me: token } });
  expect(logged).toEqual([['info', 'token issued', { identity: 'me', seconds: 3600 }]]);
});

test('the requests of one command wait for one sign-in, and its token counts as new for all of them', async () => {
  const { on, tokens } = source();
  const signal = command();
  const all = await Promise.all([tokens.get(signal), tokens.get(signal), tokens.get(signal)]);
  expect(all).toEqual(Array(3).fill({ value: 'token-1', cached: false }));
  expect(await tokens.get(signal)).toEqual({ value: 'token-1', cached: false });
  expect(on.requested).toBe(1);
});

test('of two commands at once one signs in, and the other finds its token', async () => {
  const { on, tokens } = source();
  const [one, other] = await Promise.all([tokens.get(command()), tokens.get(command())]);
  expect([one.value, other.value, on.requested]).toEqual(['token-1', 'token-1', 1]);
});

test('a token that ends while its command still runs is replaced', async () => {
  const { on, tokens, clock } = source();
  const signal = command();
  await tokens.get(signal);
  clock.advance(HOUR - 1);
  expect((await tokens.get(signal)).value).toBe('token-1');
  clock.advance(1);
  expect(await tokens.get(signal)).toEqual({ value: 'token-2', cached: false });
  expect(on.requested).toBe(2);
});

describe('a token that Graph refused', () => {
  test('is replaced once for all requests of the command', async () => {
    const { on, tokens } = source();
    await tokens.get(command());
    const signal = command();
    const renewed = await Promise.all([tokens.renew('token-1', signal), tokens.renew('token-1', signal)]);
    expect(renewed).toEqual(Array(2).fill({ value: 'token-2', cached: false }));
    expect(on.requested).toBe(2);
  });

  test('is not replaced again where another command has done so', async () => {
    const { on, tokens } = source();
    await tokens.get(command());
    await tokens.renew('token-1', command());
    expect(await tokens.renew('token-1', command())).toEqual({ value: 'token-2', cached: false });
    expect(on.requested).toBe(2);
  });
});

describe('a sign-in that fails', () => {
  const failed = (details: ErrorDetails) => new PluginError('AUTH_FAILED', 'No.', details);
  const reset = new TransportError('reset', 'https://login.microsoftonline.com', 'the connection was reset');
  const untrusted = new TransportError('untrusted', 'https://login.microsoftonline.com', 'it is not trusted');

  test.each<[string, unknown, boolean]>([
    ['400', failed({ status: 400 }), false],
    ['401', failed({ status: 401 }), false],
    ['408', failed({ status: 408 }), true],
    ['429', failed({ status: 429 }), true],
    ['500', failed({ status: 500 }), true],
    ['501', failed({ status: 501 }), false],
    ['503', failed({ status: 503 }), true],
    ['no status', failed({}), false],
    ['a connection that is cut', failed({ cause: reset }), true],
    ['an untrusted certificate', failed({ cause: untrusted }), false],
    ['a fault of ours', new Error('x'), false],
  ])('on %s: the same command retries only what the retry rules allow', async (_, failure, again) => {
    const { on, tokens } = source();
    const signal = command();
    on.failure = failure;
    await expect(Promise.all([tokens.get(signal), tokens.get(signal)])).rejects.toBe(failure);
    on.failure = undefined;
    if (again) expect(await tokens.get(signal)).toEqual({ value: 'token-2', cached: false });
    else await expect(tokens.get(signal)).rejects.toBe(failure);
    expect((await tokens.get(command())).value).toBe('token-2');
  });

  test('leaves the state unchanged', async () => {
    const { on, tokens, store } = source({ theirs: 1 });
    on.failure = failed({ status: 400 });
    await expect(tokens.get(command())).rejects.toBe(on.failure);
    expect(store.current()).toEqual({ theirs: 1 });
  });
});

test('a command that is ended while it waits for another does not log in', async () => {
  const { on, tokens } = source();
  const ended = new AbortController();
  const first = tokens.get(command());
  const second = tokens.get(ended.signal);
  ended.abort(new PluginError('CANCELLED', 'The command was cancelled.'));
  await first;
  await expect(second).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(on.requested).toBe(1);
});

test('a reset deletes the token', async () => {
  const { tokens, store } = source({ theirs: 1 });
  await tokens.get(command());
  await tokens.forget(command());
  expect(store.current()).toEqual({ theirs: 1, flow: 1, resets: 1 });
  expect((await tokens.get(command())).value).toBe('token-2');
});
