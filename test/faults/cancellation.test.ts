import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { certificateFile, type Ended, start } from './command-line';
import { type Act, type Hostile, json, page, silence, startHostile } from './hostile';
import { faultTable } from './record';
import { type Stage, seen, stage } from './stage';

const record = faultTable('cancellation');
let server: Hostile;
let certificate: string;
let on: Stage;

beforeAll(async () => {
  server = await startHostile();
  certificate = certificateFile(server.ca);
  on = stage(server);
});
afterAll(() => server.close());
beforeEach(() => {
  server.login = undefined;
});

const STATUS = { SIGTERM: 143, SIGINT: 130 } as const;
const HOST = { command: 'msg-defender-threat-intel-host', args: { host_id: 'contoso.com' } };

/** Starts `mdti`, sends it a signal at the first request, and returns the time from the signal to the exit. */
async function interrupted(
  signal: keyof typeof STATUS,
  args: readonly string[],
  hold: (act: Act) => void,
): Promise<Ended & { readonly milliseconds: number }> {
  let sent = 0;
  const requested = new Promise<void>((resolve) => {
    hold((response, request) => {
      act(response, request);
      resolve();
    });
  });
  const document = JSON.stringify({ ...HOST, params: server.params });
  const { child, ended } = start(args, args[0] === 'run' ? document : '', {
    NODE_EXTRA_CA_CERTS: certificate,
    HOME: dirname(certificate),
  });
  await requested;
  sent = performance.now();
  child.kill(signal);
  return { ...(await ended), milliseconds: performance.now() - sent };
}

let act: Act = silence;

const MOMENTS: Readonly<Record<string, (act: Act) => void>> = {
  'while Graph is silent': (held) => {
    act = silence;
    server.play(held);
  },
  'while a wait of 100 seconds is in progress': (held) => {
    act = json({ error: { code: 'TooManyRequests', message: 'Wait.' } }, 429, { 'retry-after': '100' });
    server.play(held);
  },
  'in the middle of a response': (held) => {
    act = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"id":');
    };
    server.play(held);
  },
  'while the sign-in is silent': (held) => {
    act = silence;
    server.login = held;
  },
};

describe.each(Object.keys(STATUS) as (keyof typeof STATUS)[])('%s', (signal) => {
  test.each(Object.entries(MOMENTS))('%s: mdti run exits with a complete document', async (moment, hold) => {
    const { status, stdout, stderr, milliseconds } = await interrupted(signal, ['run'], hold);
    expect(status).toBe(STATUS[signal]);
    const document = JSON.parse(stdout);
    expect(document.entries).toHaveLength(1);
    expect(document).toMatchObject({ entries: [{ Type: 4 }], errors: [{ code: 'CANCELLED' }], lastRun: {} });
    expect(document.entries[0].Contents).toContain(`Interrupted by ${signal}.`);
    expect(stderr).not.toMatch(/ at .*:\d+/);
    expect(milliseconds).toBeLessThan(2_000);
    record(`${signal} ${moment}`, `status ${status}; ${document.entries[0].Contents}`);
  });
});

/** A command as a user types it, whose token is kept in the state file. */
function typed(): string[] {
  const params = join(dirname(certificate), 'params.json');
  writeFileSync(params, JSON.stringify(server.params));
  return ['!msg-defender-threat-intel-host host_id=contoso.com', '--params', params];
}

test('SIGINT ends a command line with its sentence on stderr', async () => {
  const line = typed();
  const ended = await interrupted('SIGINT', line, (held) => {
    act = silence;
    server.play(held);
  });
  expect(ended).toMatchObject({ status: 130, stdout: '' });
  expect(ended.stderr).toContain('Interrupted by SIGINT.');
});

test.each(Object.keys(STATUS) as (keyof typeof STATUS)[])(
  '%s leaves the state file whole: the next command finds its token there',
  async (signal) => {
    const line = typed();
    await interrupted(signal, line, (held) => {
      act = silence;
      server.play(held);
    });
    server.play(json({ id: 'contoso.com' }));
    server.login = () => {
      throw new Error('a sign-in, although the token was kept');
    };
    const next = await start(line, '', {
      NODE_EXTRA_CA_CERTS: certificate,
      HOME: dirname(certificate),
    }).ended;
    expect(next).toMatchObject({ status: 0, stderr: '' });
    expect(next.stdout).toContain('contoso.com');
    expect(readdirSync(dirname(certificate), { recursive: true })).not.toContainEqual(
      expect.stringMatching(/damaged|\.tmp|\.\d+$/),
    );
  },
);

test('a program cancels a command by its own signal, and receives the rows read so far', async () => {
  const ending = new AbortController();
  server.play(
    page(['a', 'b'], `${server.origin}/v1.0/security/threatIntelligence/articles?$skiptoken=2`),
    () => ending.abort(),
  );
  const outcome = await on.run('article-list', { all_results: 'true' }, { signal: ending.signal });
  expect(outcome.errors).toMatchObject([{ code: 'CANCELLED' }]);
  expect(seen(outcome)).toContain('2 rows were read before that.');
});

test('a signal that was given before sends nothing', async () => {
  server.play(json({ id: 'contoso.com' }));
  const outcome = await on.run('host', HOST.args, { signal: AbortSignal.abort() });
  expect(outcome.errors).toMatchObject([{ code: 'CANCELLED' }]);
  expect(server.requests).toEqual([]);
});

test('of many observables nothing is shown as if it were all', async () => {
  const ending = new AbortController();
  server.play(json({ id: 'contoso.com' }), () => ending.abort());
  const names = Array.from({ length: 20 }, (_, index) => `host${index}.contoso.com`);
  const outcome = await on.run('host', { host_id: names }, { signal: ending.signal });
  expect(outcome.errors).toMatchObject([{ code: 'CANCELLED' }]);
});
