import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TIMES_TO_LIVE } from '../../../src/config/times-to-live';
import { openInvestigations } from '../../../src/doors/war-room/store';
import { memoryCache } from '../../support/memory-cache';
import { servicesOf, startWeb, webOfEachTest } from './web-server';

const on = webOfEachTest();

/** A file of an investigation whose strings attack the page that shows them. */
function hostileInvestigation(text: string) {
  const entry = {
    Type: 1,
    ContentsFormat: 'json',
    Contents: [{ id: text }],
    HumanReadable: `### ${text}\n\n| ${text} |\n| --- |\n| ${text} |`,
    ReadableContentsFormat: 'markdown',
    EntryContext: null,
  };
  return {
    context: {
      MSGDefenderThreatIntel: { Host: [{ id: text }], Article: [{ id: 'a', title: text }], [text]: text },
    },
    happened: [{ id: text, at: '2026-01-01T00:00:00.000Z', line: text, entries: [entry] }],
  };
}

test('runs a line, receives its entries and context, and adds found nodes to the graph', async () => {
  await on.web.run('ip 192.0.2.1');
  const { json: state } = await on.web.get('/api/state');
  expect(state).toMatchObject({ name: 'case', target: 'sandbox', login: true, jobs: [] });
  expect(state.lines).toMatchObject([
    { line: 'ip 192.0.2.1', door: 'browser', entries: [{ kind: 'result' }] },
  ]);
  const { json: graph } = await on.web.get('/api/graph');
  expect(graph.nodes).toContainEqual(
    expect.objectContaining({ id: 'address:192.0.2.1', verdict: 'malicious', score: 100 }),
  );
  const { json: context } = await on.web.post('/api/context', { keys: ['DBotScore'], offset: 0 });
  expect(context.children).toContainEqual({
    key: 'Score',
    path: 'DBotScore.Score',
    type: 'value',
    preview: '3',
  });
});

test('a line that is run again reuses the cached responses', async () => {
  const responseCache = { cache: memoryCache(), times: TIMES_TO_LIVE, trustsState: true };
  const cached = await startWeb({ ...servicesOf(on.sandbox), responseCache }, on.sandbox);
  await cached.run('ip 192.0.2.1');
  const before = on.sandbox.requests.length;
  await cached.run('ip 192.0.2.1');
  expect(on.sandbox.requests).toHaveLength(before);
  await cached.server.close();
});

test('a pivot expands a node, and the drawer shows its properties', async () => {
  await on.web.run({ command: 'expand', args: { seeds: 'contoso.com', follow: 'resolutions' } });
  await on.web.run('host-whois-history contoso.com limit=20');
  await on.web.run('host-ports contoso.com');
  const { json } = await on.web.get('/api/details?node=domain%3Acontoso.com');
  expect(json.resolutions.length).toBeGreaterThan(3);
  expect(json.whoisChanges.length).toBeGreaterThan(0);
  expect(json.ports).toContainEqual(
    expect.objectContaining({ port: 22, banners: [expect.stringMatching('SSH')] }),
  );
  expect(json.pivots).toContainEqual({
    label: 'Subdomains',
    command: 'expand',
    args: { seeds: 'contoso.com', follow: 'subdomains' },
    known: 0,
  });
  expect((await on.web.get('/api/details?node=domain%3Aabsent.example')).status).toBe(400);
});

test('a value from Graph is used verbatim: a reference in it is not read from context', async () => {
  await on.web.run({ command: 'host', args: { host_id: '${MSGDefenderThreatIntel.Host.id}' } });
  const { json } = await on.web.get('/api/state');
  expect(json.lines[0].line).toBe('!host host_id="${MSGDefenderThreatIntel.Host.id}"');
  expect(json.lines[0].entries[0]).toMatchObject({ kind: 'error' });
  expect(on.sandbox.requests.filter(({ path }) => path.includes('hosts/'))).toEqual([]);
});

test('receives lines of the terminal, and both keep all lines', async () => {
  await on.web.run('host contoso.com');
  const seen = on.web.until((event) => event.type === 'lines' && event.from === 'terminal');
  const terminal = openInvestigations(on.web.stateFile, { kind: 'sandbox' }).open('case');
  const entry = { Type: 1, ContentsFormat: 'text', Contents: 'x', EntryContext: null } as const;
  const line = {
    id: 't',
    at: '2026-01-01T00:00:00.000Z',
    line: 'host b.example',
    entries: [entry],
    door: 'terminal',
  } as const;
  await terminal.change((now) => ({ ...now, happened: [...now.happened, line] }));
  expect(await seen).toMatchObject({ lines: [{ line: 'host b.example' }] });
  await on.web.run('host example.org');
  expect((await terminal.read()).happened.map((one) => one.line)).toEqual([
    'host contoso.com',
    'host b.example',
    'host example.org',
  ]);
});

test('a second server on the same investigation shares it', async () => {
  const other = await startWeb(servicesOf(on.sandbox), on.sandbox, on.web.stateFile);
  const seen = other.until(({ type }) => type === 'lines');
  await Promise.all([on.web.run('host contoso.com'), seen]);
  await other.run('host example.org');
  expect((await other.get('/api/state')).json.lines).toHaveLength(2);
  await other.server.close();
});

test('saves positions, hidden and opened nodes; omits invalid views', async () => {
  await on.web.post('/api/view', {
    positions: { a: [1, 2], b: ['x'] },
    hidden: ['c', 4],
    opened: { d: 20 },
    evil: 1,
  });
  expect((await on.web.get('/api/state')).json.view).toEqual({
    positions: { a: [1, 2] },
    pinned: [],
    hidden: ['c'],
    opened: { d: 20 },
  });
});

test('an investigation is exported and imported into another one', async () => {
  await on.web.run('host contoso.com');
  const { json, headers } = await on.web.get('/api/export');
  expect(headers['content-disposition']).toBe('attachment; filename="case.json"');
  expect(json).toMatchObject({ format: 'mdti-investigation', version: 2 });
  const other = await startWeb(servicesOf(on.sandbox), on.sandbox);
  expect((await other.post('/api/import', json)).json).toEqual({ lines: 1 });
  expect((await other.post('/api/import', json)).json).toEqual({ lines: 0 });
  expect((await other.get('/api/graph')).json.nodes).toHaveLength(1);
  expect((await other.post('/api/import', { context: 1 })).json.message).toBe(
    'The file is not an exported investigation.',
  );
  await other.server.close();
});

test('the graph is exported as GraphML, STIX and Mermaid', async () => {
  await on.web.run('expand contoso.com follow=resolutions');
  expect((await on.web.get('/api/graph-file?format=graphml')).text).toMatch(/<node id="domain:contoso.com">/);
  expect((await on.web.get('/api/graph-file?format=stix')).json).toMatchObject({ type: 'bundle' });
  expect((await on.web.get('/api/graph-file?format=mermaid')).text).toMatch('contoso.com');
  expect((await on.web.get('/api/graph-file?format=__proto__')).json.message).toMatch(
    '"__proto__" is not a graph format',
  );
});

test('a report is one file without scripts, with verdicts, reasons, picture and UTC', async () => {
  await on.web.run('ip 192.0.2.1');
  const { text } = await on.web.post('/api/report', {
    format: 'html',
    positions: { 'address:192.0.2.1': [10, 20] },
  });
  expect(text).toMatch('<svg xmlns');
  expect(text).toMatch('✕ malicious');
  expect(text).toMatch('Intel article');
  expect(text).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/);
  expect(text).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)[^\s)]*"/);
  expect((await on.web.post('/api/report', { format: 'markdown' })).text).toMatch(
    '| 192.0.2.1 | IP address | ✕ malicious |',
  );
});

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</style></svg><svg onload=alert(1)>',
  '[click](javascript:alert(1))',
  '`a` **b** | c \\| [x](https://a.example/"onmouseover="x)',
  '\u202eevil\u2066\u200b\u{e0041}',
  '{{constructor}}${x}',
  'x'.repeat(1_000_000),
])('a hostile text is text everywhere: %.40s', async (text) => {
  await on.web.post('/api/import', hostileInvestigation(text));
  const [state, graph, table, context] = [
    await on.web.get('/api/state'),
    await on.web.get('/api/graph'),
    await on.web.get('/api/table?line=line-1&entry=0'),
    await on.web.post('/api/context', { keys: ['MSGDefenderThreatIntel'], offset: 0 }),
  ];
  for (const reply of [state, graph, table, context]) {
    expect(reply.headers['content-type']).toMatch('application/json');
    expect(reply.text.length).toBeLessThan(3_000_000);
    expect(reply.text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]|\u{e0041}/u);
  }
  const report = await on.web.post('/api/report', { format: 'html' });
  const body = report.text.slice(report.text.indexOf('<body>'));
  expect(body).not.toMatch(/<(?:script|img|iframe)|<[^>]*\son\w+=|href=|[\u202a-\u202e]/);
});

test('without a sign-in the page shows it and continues with a sandbox', async () => {
  const bare = await startWeb({ ...servicesOf(on.sandbox), params: {} }, on.sandbox);
  expect((await bare.get('/api/state')).json).toMatchObject({ target: 'tenant', login: false });
  const switched = bare.until(({ type }) => type === 'target');
  await bare.post('/api/sandbox');
  await switched;
  await bare.run('host contoso.com');
  expect((await bare.get('/api/state')).json).toMatchObject({ target: 'sandbox', login: true, lines: [{}] });
  await bare.server.close();
});

test('two clicks start one sandbox, and a start that failed is tried again', async () => {
  let closed = 0;
  const startSandbox = jest
    .fn(async () => ({ services: servicesOf(on.sandbox), close: async () => void closed++ }))
    .mockRejectedValueOnce(new Error('no port'));
  const bare = await startWeb(
    { ...servicesOf(on.sandbox), params: {} },
    on.sandbox,
    undefined,
    'clicks',
    startSandbox,
  );
  expect((await bare.post('/api/sandbox')).status).toBe(500);
  const replies = await Promise.all([bare.post('/api/sandbox'), bare.post('/api/sandbox')]);
  expect(replies.map(({ status }) => status)).toEqual([200, 200]);
  expect(startSandbox).toHaveBeenCalledTimes(2);
  await bare.post('/api/sandbox');
  expect(startSandbox).toHaveBeenCalledTimes(2);
  await bare.server.close();
  expect(closed).toBe(1);
});

test('the stored investigation is readable by this user only', async () => {
  await on.web.run('host contoso.com');
  const file = join(on.web.stateFile, '../investigations/sandbox/case.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).not.toMatch(String(on.sandbox.params.app_id));
});
