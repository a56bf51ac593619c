import { PluginError } from '../../src/base/errors';
import { csv, formatResult, tables } from '../../src/doors/cli/formats';
import type { OutputFormat } from '../../src/doors/cli/output-formats';
import type { ExecutedLine } from '../../src/doors/war-room/execute-line';
import { errorEntry, resultEntry } from '../../src/xsoar/entry';
import { splitArguments } from '../../src/xsoar/system-arguments';

const SCREEN = { styled: false, width: Number.POSITIVE_INFINITY };
const ROWS = [
  { '@odata.type': '#microsoft.graph.security.hostname', id: 'contoso.com', registrar: { name: 'A, "B"' } },
  { id: 'example.org', tags: ['one', 'two'] },
];

function performed(typed: Record<string, string> = {}): ExecutedLine {
  return {
    entries: [resultEntry(ROWS, '### Hosts\n\n| Host |\n| --- |\n| contoso.com |\n\n2 hosts.', null)],
    errors: [],
    args: {},
    system: splitArguments(typed).system,
    context: { A: 1 },
  };
}

test('table', () => {
  expect(tables(performed(), SCREEN)).toBe('Hosts\n\nHost\n───────────\ncontoso.com\n\n2 hosts.\n');
});

test('raw-response shows what Graph sent', () => {
  expect(JSON.parse(tables(performed({ 'raw-response': 'true' }), SCREEN))).toEqual(ROWS);
});

test('json is the Contents', async () => {
  expect(JSON.parse(await formatResult(performed(), 'json', SCREEN))).toEqual(ROWS);
});

test('ndjson is an object a line', async () => {
  const lines = (await formatResult(performed(), 'ndjson', SCREEN)).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(ROWS);
});

test('csv has a column for each leaf', async () => {
  expect(await formatResult(performed(), 'csv', SCREEN)).toBe(
    'odataType,id,registrar.name,tags\r\nhostname,contoso.com,"A, ""B""",\r\n,example.org,,one; two\r\n',
  );
});

test('context is what a playbook finds', async () => {
  expect(JSON.parse(await formatResult(performed(), 'context', SCREEN))).toEqual({ A: 1 });
});

test('no row is not a line', () => {
  expect(csv([])).toBe('');
});

test.each([
  ['=HYPERLINK("http://example.org")', `"'=HYPERLINK(""http://example.org"")"`],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['+1 425 555 0100', "'+1 425 555 0100"],
  ['-5', '-5'],
])('csv keeps %s from being a formula', (value, cell) => {
  expect(csv([{ value }])).toBe(`value\r\n${cell}\r\n`);
});

/** What `expand` finds of one host. */
function graph(): ExecutedLine {
  const Graph = {
    id: 'x',
    seeds: ['domain:contoso.com'],
    nodes: [{ id: 'domain:contoso.com', kind: 'domain', value: 'contoso.com', hop: 0 }],
    edges: [],
    stops: [],
    hops: 1,
    requests: 1,
    end: 'complete',
    partial: false,
  };
  return { ...performed(), entries: [resultEntry({ Graph }, 'Graph', null)] };
}

/** Three hosts: one found, one that Graph does not know, one that failed. */
function lookups(): ExecutedLine {
  const subject = (id: string) => ({ name: 'hostId', id });
  const none = { isParent: true, rows: [], notFound: false, error: undefined, more: false };
  return {
    ...performed(),
    lookups: [
      { ...none, subject: subject('contoso.com'), rows: [{ id: 'r1', score: 7 }] },
      { ...none, subject: subject('none.example'), notFound: true },
      {
        ...none,
        subject: subject('bad.example'),
        error: new PluginError('GRAPH_UNAVAILABLE', 'Microsoft Graph is temporarily unavailable.'),
      },
    ],
  };
}

const FOUND = { hostId: 'contoso.com', status: 'found', id: 'r1', score: 7 };
const NONE = { hostId: 'none.example', status: 'not found' };
const BAD = { hostId: 'bad.example', status: 'failed', error: 'Microsoft Graph is temporarily unavailable.' };

test('a row for each observable that was looked up', async () => {
  const lines = (await formatResult(lookups(), 'ndjson', SCREEN)).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([FOUND, NONE, BAD]);
  expect(await formatResult(lookups(), 'csv', SCREEN)).toBe(
    `hostId,status,error,id,score\r\ncontoso.com,found,,r1,7\r\nnone.example,not found,,,\r\nbad.example,failed,${BAD.error},,\r\n`,
  );
});

test('no status where everything was found', async () => {
  const [first] = lookups().lookups ?? [];
  const complete = { ...performed(), lookups: first === undefined ? [] : [first] };
  expect(await formatResult(complete, 'csv', SCREEN)).toBe('hostId,id,score\r\ncontoso.com,r1,7\r\n');
});

test('json is what Graph sent, with the id of the parent beside', async () => {
  expect(JSON.parse(await formatResult(lookups(), 'json', SCREEN))).toEqual([
    { hostId: 'contoso.com', id: 'r1', score: 7 },
  ]);
});

test.each([
  ['[].id', undefined, 'contoso.com\nexample.org\n'],
  ['[0].registrar', undefined, '{\n  "name": "A, \\"B\\""\n}\n'],
  ['[].{id: id}', 'csv', 'id\r\ncontoso.com\r\nexample.org\r\n'],
  ['[].id', 'ndjson', '"contoso.com"\n"example.org"\n'],
  ['[1]', 'yaml', 'id: example.org\ntags:\n  - one\n  - two\n'],
  ['A', 'context', '1\n'],
  ['[5]', undefined, ''],
] as const)('--query %j with -o %s', async (query, format, expected) => {
  expect(await formatResult(performed(), format as OutputFormat, SCREEN, query)).toBe(expected);
});

test.each([
  ['json-graph', 'keys(@)', '[\n  "graph"\n]\n'],
  ['stix', 'type', '"bundle"\n'],
  ['json', 'Graph.seeds', '[\n  "domain:contoso.com"\n]\n'],
] as const)('--query reads -o %s of a graph too', async (format, query, expected) => {
  expect(await formatResult(graph(), format, SCREEN, query)).toBe(expected);
});

test('a graph without a query is written unchanged', async () => {
  expect(await formatResult(graph(), 'dot', SCREEN)).toMatch(/^digraph /);
});

test.each([
  ['[5]', ['-q matched nothing: the result is a list of objects with @odata.type, id, registrar.']],
  ['[?id == `x`]', [expect.stringMatching(/^-q matched nothing: /)]],
  ['[].id', []],
  ['length(@)', []],
  ["''", []],
] as const)('--query %j is noted where it matches nothing', async (query, notes) => {
  const said: string[] = [];
  await formatResult(performed(), 'json', SCREEN, query, (text) => said.push(text));
  expect(said).toEqual(notes);
});

test('--query is rejected for a graph that is not JSON', async () => {
  await expect(formatResult(graph(), 'dot', SCREEN, 'nodes')).rejects.toThrow(
    '-q cannot be combined with -o dot.',
  );
});

test('an expression that is not JMESPath is rejected by name', async () => {
  await expect(formatResult(performed(), 'json', SCREEN, '[?')).rejects.toThrow(
    '--query: "[?" is not a valid',
  );
});

test('a graph format of a command without a graph is rejected, and of one that failed is empty', async () => {
  await expect(formatResult(performed(), 'dot', SCREEN)).rejects.toMatchObject({
    code: 'ARGUMENT_INVALID',
    message: '-o dot is for graphs, and this command returns none.',
    hint: 'Run `mdti expand HOST -o dot`.',
  });
  const failed = {
    ...performed(),
    entries: [errorEntry(new PluginError('GRAPH_UNAVAILABLE', 'Try later.'))],
  };
  expect(await formatResult(failed, 'dot', SCREEN)).toBe('');
});

test('json of one observable is its object, of several a list, and of none null', async () => {
  const [one] = lookups().lookups ?? [];
  const entry = resultEntry({ id: 'r1' }, '', null);
  const jsonOf = async (executed: object) =>
    JSON.parse(await formatResult({ ...performed(), ...executed } as ExecutedLine, 'json', SCREEN));
  expect(await jsonOf({ entries: [entry], lookups: [{ ...one, isParent: false }] })).toEqual({
    id: 'r1',
    score: 7,
  });
  expect(await jsonOf({ entries: [entry], lookups: [{ ...one, rows: [] }] })).toBeNull();
  expect(await jsonOf({ entries: [entry, entry] })).toEqual([{ id: 'r1' }, { id: 'r1' }]);
  expect(await jsonOf({ entries: [entry] })).toEqual({ id: 'r1' });
});

test.each([
  [1, NONE],
  [2, BAD],
])('a row has the status of its observable where another one, number %d, has none: %j', async (at, row) => {
  const all = lookups().lookups ?? [];
  const rows = await formatResult({ ...lookups(), lookups: [all[0], all[at]] as never }, 'ndjson', SCREEN);
  expect(
    rows
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([FOUND, row]);
});
