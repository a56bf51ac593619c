import { BOUNDS } from '../../src/base/bounds';
import { type Clock, systemClock } from '../../src/base/clock';
import { silentLog } from '../../src/base/log';
import { enrich, GROUPS_IN_MEMORY } from '../../src/enrich/enrich';
import { FORMATS } from '../../src/enrich/formats/format';
import { openGraph } from '../../src/enrich/open-graph';
import { streamOutput } from '../../src/enrich/output-file';
import { axiosTransport } from '../../src/http/axios-transport';
import type { Transport } from '../../src/http/transport';
import { type Sandbox, startSandbox } from '../../src/sandbox';
import { WORLD } from '../support/case';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ world: WORLD });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

/** Waits between attempts are over at once; the time for an exchange never is. */
const clock: Clock = {
  ...systemClock,
  after(milliseconds, call) {
    if (milliseconds < 100_000) setImmediate(call);
    return () => {};
  },
};

interface Row {
  readonly input: string;
  readonly outcome: string;
  readonly reason?: string;
}

/** Enriches names; waits are over at once. @param meddle may change or replace an exchange */
async function rowsOf(
  count: number,
  meddle: (transport: Transport) => Transport = (transport) => transport,
): Promise<Row[]> {
  const transport = meddle(axiosTransport({ insecure: false, ca: sandbox.ca }));
  const clients = openGraph(
    { ...sandbox.params, request_timeout: '3600' },
    { transport, log: silentLog, clock },
  );
  async function* source() {
    for (let at = 0; at < count; at++) yield `n${at}.example`;
  }
  let text = '';
  const output = await streamOutput(
    async (part) => {
      text += part;
    },
    'ndjson',
    '2025-01-01T00:00:00.000Z',
  );
  await enrich(source(), FORMATS.ndjson, output, {
    ...clients,
    signal: new AbortController().signal,
    onProgress: () => {},
  });
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}

/** Responds to the requests for one name with a status, alone and in batches. */
function poisoned(name: string, status: number): (transport: Transport) => Transport {
  const body = { error: { code: 'Busy', message: 'Try later.' } };
  return (transport) => async (request) => {
    if (request.url.includes(name)) return { status, headers: {}, body: JSON.stringify(body) };
    const response = await transport(request);
    if (!request.url.endsWith('/$batch')) return response;
    const { requests } = JSON.parse(request.body ?? '') as { requests: { id: string; url: string }[] };
    const ids = requests.filter(({ url }) => url.includes(name)).map(({ id }) => id);
    const { responses } = JSON.parse(response.body) as { responses: { id: string }[] };
    const changed = responses.map((item) => (ids.includes(item.id) ? { id: item.id, status, body } : item));
    return { ...response, body: JSON.stringify({ responses: changed }) };
  };
}

test('all groups in memory share the memory of one command', async () => {
  const share = BOUNDS.commandBytes / GROUPS_IN_MEMORY;
  const large = JSON.stringify({ id: 'x', rules: 'x'.repeat(share) });
  const work = rowsOf(1, (transport) => async (request) => {
    if (!request.url.includes('/v1.0/')) return transport(request);
    request.memory?.take(large.length);
    return { status: 200, headers: {}, body: large };
  });
  await expect(work).rejects.toThrow('exceeded 6 MiB');
});

test.each([503, 500, 502])('one row that keeps failing with %i fails alone', async (status) => {
  const rows = await rowsOf(500, poisoned('n200.example', status));
  expect(rows).toHaveLength(500);
  const failed = rows.filter(({ outcome }) => outcome === 'failed');
  expect(failed.map(({ input }) => input)).toEqual(['n200.example']);
  expect(failed[0]?.reason).toMatch(
    /^Graph responded with 5\d\d Busy to GET .*It was sent (3 times|twice)\.$/,
  );
});

test('backs off if the service fails for every row', async () => {
  let left = 40;
  const rows = await rowsOf(100, (transport) => async (request) => {
    if (!request.url.includes('/v1.0/') || left-- <= 0) return transport(request);
    return { status: 503, headers: {}, body: '' };
  });
  expect(rows.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
});

test('a token that is rejected in the middle of the work is replaced', async () => {
  let exchanges = 0;
  const rows = await rowsOf(1_000, (transport) => (request) => {
    exchanges += 1;
    if (exchanges === 20) sandbox.reset();
    return transport(request);
  });
  expect(rows.map(({ outcome }) => outcome)).toEqual(Array<string>(1_000).fill('unknown'));
});

test('two tokens that are revoked one after the other are both replaced', async () => {
  let exchanges = 0;
  let logins = 0;
  const revokedBefore = new Set<number>();
  const rows = await rowsOf(1_000, (transport) => async (request) => {
    exchanges += 1;
    // The second token is revoked before Graph accepted it once.
    const isRevoked = exchanges === 20 || (logins === 2 && request.url.includes('/v1.0/'));
    if (isRevoked && !revokedBefore.has(logins)) {
      revokedBefore.add(logins);
      sandbox.reset();
    }
    const response = await transport(request);
    if (request.url.includes('/oauth2/v2.0/token')) logins += 1;
    return response;
  });
  expect([logins, [...revokedBefore]]).toEqual([3, [1, 2]]);
  expect(rows.map(({ outcome }) => outcome)).toEqual(Array<string>(1_000).fill('unknown'));
});

test('a row that failed is retried when all others are written, and comes last', async () => {
  let left = 12;
  const busy = poisoned('n200.example', 503);
  const rows = await rowsOf(500, (transport) => {
    const meddled = busy(transport);
    return (request) => {
      const isAbout = request.url.includes('n200.example') || (request.body ?? '').includes('n200.example');
      if (isAbout) left -= 1;
      // Six attempts fail; the service has recovered by the end of the list.
      return left >= 6 ? meddled(request) : transport(request);
    };
  });
  expect(rows).toHaveLength(500);
  expect(rows.at(-1)).toMatchObject({ input: 'n200.example', outcome: 'unknown' });
  expect(rows.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  expect(new Set(rows.map(({ input }) => input)).size).toBe(500);
});
