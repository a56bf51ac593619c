import { systemClock } from '../../../src/base/clock';
import { PluginError } from '../../../src/base/errors';
import { type InvestigationStore, openInvestigations } from '../../../src/doors/war-room/store';
import type { WebEvent } from '../../../src/doors/web/shared/protocol';
import { openWebRoom, type WebRoom } from '../../../src/doors/web/web-room';
import { type Instruments, NO_INSTRUMENTS } from '../../../src/metrics/instruments';
import { servicesOf, webOfEachTest } from './web-server';

const on = webOfEachTest();
const RELOAD = 'Reload the page.';

/** A request, and what the page gets for it. */
type Exchange = readonly [request: string, body: unknown, status: number, reply: unknown];

async function expectReplies(exchanges: readonly Exchange[]): Promise<void> {
  for (const [request, body, status, json] of exchanges) {
    const [method, path = ''] = request.split(' ');
    const reply = method === 'GET' ? await on.web.get(path) : await on.web.post(path, body);
    expect([request, reply.status, reply.json]).toEqual([request, status, json]);
  }
}

test('a request that cannot be read or started gets a message', async () => {
  const missing = (name: string) => `The field "${name}" is missing or not a string.`;
  const args = 'The field "args" is not an object of strings.';
  const line = {
    message: 'The line is empty or longer than 10,000 characters.',
    hint: 'Put long lists into a file and use `mdti enrich`.',
  };
  await expectReplies([
    ['GET /api/nothing', {}, 404, { message: 'Not found.' }],
    ['POST /api/graph', {}, 404, { message: 'Not found.' }],
    ['GET /api/details', {}, 400, { message: 'The node is not on the graph.', hint: RELOAD }],
    ['GET /api/table?line=no&entry=0', {}, 400, { message: 'The entry was not found.', hint: RELOAD }],
    ['GET /api/totals', {}, 200, {}],
    ['POST /api/cancel', { id: 'no' }, 200, { cancelled: false }],
    ['POST /api/cancel', {}, 400, { message: missing('id'), hint: RELOAD }],
    ['POST /api/open', { group: 7 }, 400, { message: missing('group'), hint: RELOAD }],
    ['POST /api/run', { line: ' ' }, 400, line],
    ['POST /api/run', { line: 'x'.repeat(10_001) }, 400, line],
    ['POST /api/run', {}, 400, { message: missing('command'), hint: RELOAD }],
    ['POST /api/run', { command: 'host' }, 400, { message: args, hint: RELOAD }],
    ['POST /api/run', { command: 'host', args: { host_id: 7 } }, 400, { message: args, hint: RELOAD }],
    [
      'POST /api/run',
      { command: 'host', args: { host_id: 'a', odata: 7 } },
      400,
      { message: args, hint: RELOAD },
    ],
    [
      'POST /api/run',
      { line: '/export case.json' },
      400,
      {
        message: '/export works in the terminal only.',
        hint: 'Use the menus of this page, or `mdti war-room`.',
      },
    ],
    [
      'GET /api/graph-file',
      {},
      400,
      { message: 'format: "" is not a graph format.', hint: 'Use graphml, stix, mermaid.' },
    ],
    ['GET /api/state', {}, 200, expect.objectContaining({ lines: [], earlier: 0, jobs: [] })],
  ]);
});

test('each part of an investigation can be read', async () => {
  await on.web.run('ip 192.0.2.1');
  const { json: state } = await on.web.get('/api/state');
  const [{ id }] = state.lines;
  const context = await on.web.post('/api/context', { keys: 'x', offset: 'x' });
  expect((await on.web.post('/api/context', {})).json).toEqual(context.json);
  const { json: later } = await on.web.post('/api/context', { keys: [7], offset: 1 });
  expect(later).toEqual({ total: context.json.total, children: context.json.children.slice(1) });
  expect((await on.web.get(`/api/table?line=${id}&entry=0`)).json.rows).toHaveLength(1);
  expect((await on.web.get(`/api/table?line=${id}&entry=1`)).status).toBe(400);
  await on.web.run('host-whois contoso.com');
  const [, whois] = (await on.web.get('/api/state')).json.lines;
  const { columns } = (await on.web.get(`/api/table?line=${whois.id}&entry=0`)).json;
  expect(columns).toContain('whoisServer');
  expect((await on.web.get('/api/graph-file?format=stix')).headers['content-type']).toBe('application/json');
});

test('an export masks configured values in texts, and keeps the rest of an entry', async () => {
  const app = String(on.sandbox.params.app_id);
  const entry = { Type: 4, ContentsFormat: 'text', Contents: `No consent for ${app}.`, EntryContext: null };
  const line = { id: 'a', at: '2026-01-01T00:00:00.000Z', line: 'host a.example', entries: [entry] };
  await on.web.post('/api/import', { context: {}, happened: [line] });
  const [exported] = (await on.web.get('/api/export')).json.happened;
  expect(exported.entries).toEqual([{ ...entry, Contents: 'No consent for <app_id>.' }]);
});

test('a report draws only the nodes that have a position on the page', async () => {
  await on.web.run('expand contoso.com follow=resolutions');
  const drawn = async (positions: unknown) => {
    const { text, headers } = await on.web.post('/api/report', { format: 'html', positions });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    return /<title>(\d+) nodes/.exec(text)?.[1];
  };
  const { length } = (await on.web.get('/api/graph')).json.nodes;
  expect(await drawn(undefined)).toBe(String(length));
  expect(await drawn([])).toBe(String(length));
  expect(await drawn({ 'domain:contoso.com': [1, 2] })).toBe('1');
  expect(await drawn({ 'domain:contoso.com': [1, 'x'], 'address:192.0.2.1': ['x', 1], a: 7 })).toBe('0');
  const { headers } = await on.web.post('/api/report', { format: 'markdown' });
  expect(headers['content-type']).toBe('text/markdown; charset=utf-8');
});

test('a node without expansions counts nothing and sends no request', async () => {
  await on.web.run('host-whois contoso.com');
  const { nodes } = (await on.web.get('/api/graph')).json;
  const { id } = nodes.find(({ kind }: { kind: string }) => kind === 'registrant');
  const { length } = on.sandbox.requests;
  await expectReplies([[`GET /api/totals?node=${encodeURIComponent(id)}`, {}, 200, {}]]);
  expect(on.sandbox.requests).toHaveLength(length);
});

test('clearing removes every line, on all pages', async () => {
  await on.web.run('ip 192.0.2.1');
  const replaced = on.web.until(({ type }) => type === 'lines');
  await expectReplies([['POST /api/clear', {}, 200, {}]]);
  expect(await replaced).toEqual({ type: 'lines', lines: [], replace: true });
  expect((await on.web.get('/api/graph')).json).toEqual({ nodes: [], edges: [], omitted: 0 });
});

describe('a room', () => {
  const events: WebEvent[] = [];
  let room: WebRoom;
  const openRoom = (changed: Partial<InvestigationStore> = {}, instruments?: Instruments) => {
    const target = { kind: 'tenant', id: 'test' } as never;
    const store = openInvestigations(`${on.web.stateFile}-room`, target, systemClock).open('case');
    return openWebRoom({
      services: servicesOf(on.sandbox),
      instruments,
      store: { ...store, ...changed },
      target,
      login: true,
      mask: (text) => text.replaceAll('contoso', '***'),
      onEvent: (event) => events.push(event),
    });
  };
  beforeEach(async () => {
    events.length = 0;
    room = await openRoom();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await room.close();
  });

  const ended = async () => {
    while (!events.some(({ type }) => type === 'job-ended')) await new Promise(setImmediate);
  };

  test('reports a command when it starts, its responses, its line and its end', async () => {
    const id = room.run(' ip 192.0.2.1 ');
    expect(await room.state()).toMatchObject({ jobs: [{ id, line: 'ip 192.0.2.1', responses: 0 }] });
    await ended();
    expect(events[0]).toEqual({ type: 'job', job: expect.objectContaining({ id, responses: 0 }) });
    expect(events).toContainEqual({ type: 'job', job: expect.objectContaining({ id, responses: 1 }) });
    expect(events.slice(-2)).toEqual([
      { type: 'lines', lines: [expect.objectContaining({ line: 'ip 192.0.2.1', door: 'browser' })] },
      { type: 'job-ended', id },
    ]);
    expect(await room.state()).toMatchObject({ jobs: [], lines: [{ line: 'ip 192.0.2.1' }] });
  });

  test('reports a change of the view once', async () => {
    const views = () => events.filter(({ type }) => type === 'view').length;
    await room.setView({ hidden: ['a'] });
    expect(events).toEqual([{ type: 'view', view: expect.objectContaining({ hidden: ['a'] }) }]);
    await room.setView({ hidden: ['a'] });
    expect(views()).toBe(1);
    await room.setView({ hidden: [] });
    expect(views()).toBe(2);
  });

  test.each([
    [{ hint: 'Free some space.' }, 'The file of *** is full. Free some space.'],
    [{}, 'The file of *** is full.'],
  ])('reports why it cannot store a line, without configured values', async (more, problem) => {
    const full = new PluginError('STATE_UNAVAILABLE', 'The file of contoso is full.', more);
    const failing = await openRoom({ change: () => Promise.reject(full) });
    failing.run('ip 192.0.2.1');
    await ended();
    await failing.close();
    expect(events.at(-1)).toMatchObject({ type: 'job-ended', problem });
  });

  test('rejects what cannot be run with an error of the request', async () => {
    const unreadable = { code: 'INVOCATION_UNREADABLE' };
    expect(() => room.run('x'.repeat(10_001))).toThrow(expect.objectContaining(unreadable));
    expect(() => room.run('/export case.json')).toThrow(expect.objectContaining({ code: 'COMMAND_UNKNOWN' }));
    await expect(room.openGroup('group:x')).rejects.toMatchObject(unreadable);
    room.run('x'.repeat(10_000));
    await ended();
    const [line] = (await room.state()).lines;
    expect(line?.entries[0]?.markdown).toContain('Type the first letters and press Tab.');
  });

  test('sends the newest 300 of many lines', async () => {
    const change = (name: string, count: number) => {
      const happened = Array.from({ length: count }, (_, at) => ({
        ...{ id: `${name}${at}`, at: '2026-01-01T00:00:00.000Z', line: `${name}${at}` },
        entries: [],
        door: 'browser' as const,
      }));
      return room.change((now) => ({ ...now, happened }));
    };
    await change('a', 301);
    await change('b', 302);
    const sent = events.map((event) =>
      event.type === 'lines' ? [event.replace, event.lines.map(({ line }) => line)] : event,
    );
    const names = (name: string, from: number) =>
      Array.from({ length: 300 }, (_, at) => `${name}${at + from}`);
    expect(sent).toEqual([
      [undefined, names('a', 1)],
      [true, names('b', 2)],
    ]);
  });

  test('reports the first response at once, and has the number of all in its state', async () => {
    jest.spyOn(systemClock, 'monotonic').mockReturnValue(1_000);
    const counts = () => events.flatMap((event) => (event.type === 'job' ? event.job.responses : []));
    room.run('expand contoso.com');
    while (counts().length < 2) await new Promise(setImmediate);
    on.sandbox.faults = { ...on.sandbox.faults, latency: 600_000 };
    const [job] = (await room.state()).jobs;
    expect(job?.responses).toBeGreaterThan(0);
    on.sandbox.reset();
    room.cancel(job?.id ?? '');
    await ended();
    events.length = 0;
    const before = on.sandbox.requests.length;
    room.run('expand contoso.com');
    await ended();
    expect(on.sandbox.requests.length - before).toBeGreaterThan(1);
    expect(counts()).toEqual([0, 1]);
  });

  test('takes its requests from the budget that all commands share', async () => {
    const taken: string[] = [];
    const instruments: Instruments = {
      ...NO_INSTRUMENTS,
      budget: (_, tenant) => ({
        take: (requests, priority) => {
          taken.push(`${requests} ${priority} for ${tenant}`);
          return requests;
        },
        refused() {},
      }),
    };
    const counted = await openRoom({}, instruments);
    counted.run('host contoso.com');
    await ended();
    await counted.close();
    expect(taken).toEqual([`1 interactive for ${on.sandbox.params.tenant_id}`]);
  });

  test('runs six commands at once, and names a command as it would be typed', async () => {
    on.sandbox.faults = { ...on.sandbox.faults, latency: 600_000 };
    for (let count = 0; count < 6; count++) room.runCommand('host', { host_id: 'contoso.com' });
    expect((await room.state()).jobs.map(({ line }) => line)).toEqual(
      Array(6).fill('!host host_id=contoso.com'),
    );
    expect(() => room.runCommand('host', { host_id: 'a' })).toThrow(
      expect.objectContaining({
        code: 'INVOCATION_UNREADABLE',
        message: '6 commands are running already.',
        hint: 'Wait for one of them, or cancel it.',
      }),
    );
    const [first] = (await room.state()).jobs;
    expect([room.cancel(first?.id ?? ''), room.cancel('no')]).toEqual([true, false]);
    await ended();
    const { lines } = await room.state();
    expect(lines).toMatchObject([
      { entries: [{ kind: 'error', markdown: 'The command was cancelled.\nRun it again.' }] },
    ]);
    await room.close();
    const stopped = (await room.state()).lines.slice(1);
    expect(stopped.map(({ entries }) => entries[0]?.markdown)).toEqual(
      // On a busy machine, an attempt may have failed before.
      Array(5).fill(expect.stringMatching(/^The server was stopped\..*\nRun the command again\.$/)),
    );
  });
});
