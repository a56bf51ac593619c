import { jsonLog, type LogLevel } from '../../src/base/log';
import { type Act, type Hostile, json, reset, SECRET, startHostile, TOKEN, text } from './hostile';
import { faultTable } from './record';
import { type Stage, seen, stage } from './stage';

const record = faultTable('logs');
let server: Hostile;
let on: Stage;

beforeAll(async () => {
  server = await startHostile();
});
// No sign-in is left from another test.
beforeEach(() => {
  on = stage(server);
});
afterAll(() => server.close());

interface Line {
  readonly level: string;
  readonly event: string;
  readonly [field: string]: unknown;
}

async function logged(level: LogLevel): Promise<{ readonly lines: readonly Line[]; readonly raw: string }> {
  const written: string[] = [];
  const log = jsonLog(level, (line) => written.push(line), on.clock.now);
  await on.run('host', { host_id: 'contoso.com' }, { log });
  return { lines: written.map((line) => JSON.parse(line)), raw: written.join('') };
}

const BODY = 'words of the body only';
const HEADER = 'words of the header only';
const found = json({ id: 'contoso.com', text: BODY }, 200, {
  'request-id': 'aaaabbbb-0000-cccc-1111-dddd2222eeee',
  'x-note': HEADER,
  'set-cookie': 'cookie=crumbs',
});
const failing = json({ error: { code: 'Busy', message: BODY } }, 503, {
  'retry-after': '2',
  'x-note': HEADER,
});

test('an exchange is a line: path, status, time, attempt, and both request ids', async () => {
  server.play(reset, reset, failing, found);
  const { lines } = await logged('info');
  expect(lines).toMatchObject([
    { level: 'info', event: 'token issued' },
    { level: 'warn', event: 'graph did not respond', attempt: 1, fault: 'reset' },
    { level: 'warn', event: 'retrying', attempt: 2, failure: 'reset' },
    { level: 'info', event: 'graph responded', attempt: 2, status: 503 },
    { level: 'warn', event: 'retrying', attempt: 3, failure: '503', milliseconds: expect.closeTo(2_050, -2) },
    {
      level: 'info',
      event: 'graph responded',
      attempt: 3,
      status: 200,
      method: 'GET',
      path: '/v1.0/security/threatIntelligence/hosts/contoso.com',
      requestId: 'aaaabbbb-0000-cccc-1111-dddd2222eeee',
      milliseconds: expect.any(Number),
    },
  ]);
  const requested = server.requests.map(({ headers }) => headers['client-request-id']);
  const outcome = lines.filter(({ clientRequestId }) => clientRequestId !== undefined);
  // The first reset happened on a reused connection and was repeated at once, under the same id.
  expect(outcome.map(({ clientRequestId }) => clientRequestId)).toEqual([...new Set(requested)]);
  expect(new Set(requested).size).toBe(3);
});

test.each([
  ['error', 0],
  ['warn', 2],
] as const)('MDTI_LOG=%s writes %d lines of it', async (level, count) => {
  server.play(failing, failing, found);
  expect((await logged(level)).lines).toHaveLength(count);
});

const TALKATIVE: Readonly<Record<string, readonly Act[]>> = {
  'a response': [found],
  'what passes': [reset, failing, found],
  'an error that repeats the request': [
    (response, request) => {
      const { authorization } = request.headers;
      json({ error: { code: 'Bad', message: `${BODY} ${authorization} ${SECRET}` } }, 400)(response, request);
    },
  ],
  HTML: [text(`<html>${BODY}</html>`, 'text/html')],
  'broken JSON': [text(`{"${BODY}`, 'application/json'), found],
  'a request id that is none': [json({ id: 'x' }, 200, { 'request-id': HEADER })],
};

test.each(Object.entries(TALKATIVE))(
  '%s at the level debug logs no body, header or secret',
  async (what, acts) => {
    server.play(...acts);
    const { raw, lines } = await logged('debug');
    expect(lines.length).toBeGreaterThan(0);
    for (const secret of [BODY, HEADER, TOKEN, TOKEN.split('.')[2] ?? TOKEN, SECRET, 'crumbs', 'Bearer'])
      expect(raw).not.toContain(secret);
    record(`${what}, at the level debug`, 'no body, header value or secret in a line');
  },
);

test('an error entry does not contain the token', async () => {
  server.play(...(TALKATIVE['an error that repeats the request'] ?? []));
  expect(seen(await on.run('host', { host_id: 'contoso.com' }))).not.toContain(TOKEN);
});
