import { PluginError } from '../../src/base/errors';
import { readConfig } from '../../src/config/config';
import type { GraphRequest, GraphResult, RowLimit } from '../../src/graph/request';
import { allFailed } from '../../src/output/all-failed';
import { commandEntry, type Presentation } from '../../src/output/command-entry';
import { table } from '../../src/output/table';
import type { Entry } from '../../src/xsoar/entry';

const PORTS: Presentation = {
  context: 'HostPort',
  value: 'object',
  nouns: ['port', 'ports'],
  table: table<{ id: string }>('Ports', { Id: ({ id }) => id }),
};
const KEY = 'MSGDefenderThreatIntel.HostPort(val.id && val.id == obj.id)';
const FIFTY: RowLimit = { most: 50, by: 'limit' };

function requested(id?: string, rows: RowLimit = FIFTY): GraphRequest {
  const subject = id === undefined ? {} : { subject: { argument: 'host_id', id, observable: true } };
  const parent = id === undefined ? {} : { parent: { name: 'hostId', id } };
  return { method: 'GET', path: '/x', query: [], returns: 'collection', rows, ...subject, ...parent };
}

const one = (value: unknown, id?: string): GraphResult => ({ kind: 'entity', request: requested(id), value });
const missing = (id: string): GraphResult => ({ kind: 'missing', request: requested(id) });
const failed = (id: string | undefined, message: string, status?: number) =>
  ({
    kind: 'failed',
    request: requested(id),
    error: new PluginError('GRAPH_FORBIDDEN', message, {
      hint: 'Do so.',
      status,
      requestId: 'r1',
      retryAfter: 7,
    }),
  }) satisfies GraphResult;

function list(rows: number, more = false, total?: number, limit?: RowLimit): GraphResult {
  const values = Array.from({ length: rows }, (_, index) => ({ id: `p${index}` }));
  return { kind: 'collection', request: requested('contoso.com', limit), rows: values, more, total };
}

interface Shaped {
  readonly returns?: 'entity' | 'collection';
  readonly presentation?: Partial<Presentation>;
  readonly params?: object;
}

function shown(
  responses: readonly GraphResult[],
  { returns = 'collection', presentation, params }: Shaped = {},
): Entry {
  return commandEntry({ ...PORTS, ...presentation }, returns, responses, {
    config: readConfig({ ...params }),
    now: Date.UTC(2026, 0, 1),
  });
}

/** The sentences below the table. */
function below(responses: readonly GraphResult[]): string[] {
  return (shown(responses).HumanReadable ?? '').split('\n\n').slice(2);
}

const RAISE = 'Raise limit or set all_results=true to get the rest.';
const BY_PARAMETER: RowLimit = { most: 1200, by: 'max_results' };

test.each<[string, GraphResult, string]>([
  ['one row', list(1), '1 port.'],
  ['all rows', list(3), '3 ports.'],
  ['all rows, counted', list(3, false, 3), '3 ports.'],
  ['fewer rows than were counted', list(3, false, 1234), '3 ports; Graph counted 1,234 in total.'],
  ['fewer rows counted than given', list(3, false, 2), '3 ports.'],
  ['more rows', list(50, true), `Showing 50 ports; more are available. ${RAISE}`],
  ['more rows, counted', list(50, true, 1200), `Showing 50 of 1,200 ports. ${RAISE}`],
  [
    'more rows than the parameter lets through',
    list(2, true, undefined, BY_PARAMETER),
    'Showing 2 ports; more are available. Stopped at max_results (1,200); raise it to get the rest.',
  ],
])('%s: the sentence below the table says so', (_, response, sentence) => {
  expect(below([response])).toEqual([sentence]);
});

test('shows several lists as one, without their counts', () => {
  expect(below([list(2, false, 100), list(1, false, 100)])).toEqual(['3 ports.']);
  expect(below([list(1, false, 100), missing('b')])[0]).toBe('1 port; Graph counted 100 in total.');
  expect(below([list(2), list(2, true, 100)])).toEqual([`Showing 4 of 100 ports. ${RAISE}`]);
});

test('names each missing or failed observable among several', () => {
  expect(
    below([list(1), missing('a|b'), missing('c.example'), failed('d.example', 'Graph said | no.')]),
  ).toEqual(['1 port.', 'Not found: a\\|b, c.example.', 'Failed: d.example — Graph said \\| no.']);
});

describe('a command without a result', () => {
  test.each<[string, GraphResult[], Shaped, unknown, string]>([
    ['a list', [list(0)], {}, [], 'No ports were found.'],
    ['one thing', [missing('a')], { returns: 'entity' }, null, 'No ports were found.'],
    [
      'several',
      [missing('a'), missing('b')],
      { returns: 'entity' },
      [],
      'No ports were found.\n\nNot found: a, b.',
    ],
  ])('%s leaves context alone', (_, responses, shaped, contents, text) => {
    expect(shown(responses, shaped)).toMatchObject({
      Type: 1,
      Contents: contents,
      HumanReadable: text,
      EntryContext: null,
    });
  });

  test.each(['a', undefined])('reports the failure of the only requested object (%s)', (id) => {
    const failure = failed(id, 'Graph said no.');
    expect(() => shown([failure])).toThrow(failure.error);
  });

  test.each([
    [20, 'p19: No 19.'],
    [21, 'p19: No 19.\n1 more failure.'],
    [1_500, 'p19: No 19.\n1,480 more failures.'],
  ])('lists the first of %i reasons', (count, end) => {
    const failures = Array.from({ length: count }, (_, at) => failed(`p${at}`, `No ${at}.`));
    const act = () => shown([...failures, missing('b')]);
    expect(act).toThrow(
      new RegExp(`^None of the ${count === 1_500 ? '1,501' : count + 1} ports were found\\.\np0: No 0\\.`),
    );
    expect(act).toThrow(new RegExp(`${end}$`));
  });

  test('of long reasons and names lists those that fit, cut, and counts the others', () => {
    const failures = Array.from({ length: 1_500 }, (_, at) =>
      failed(`p${at}${'y'.repeat(200)}`, `${at}${'x'.repeat(2_000)}`),
    );
    let message = '';
    try {
      shown([...failures, missing('b')]);
    } catch (error) {
      message = (error as Error).message;
    }
    const lines = message.split('\n');
    const rest = 1_500 - (lines.length - 2);
    expect(lines.at(-1)).toBe(`1,${rest - 1_000} more failures.`);
    expect(lines[1]).toBe(`p0${'y'.repeat(98)}…: 0${'x'.repeat(599)}…`);
    expect(lines.length).toBeGreaterThan(10);
    expect(message.length).toBeLessThan(8_000);
  });

  test.each([
    [2, 'p0, p1: No.'],
    [3, 'p0, p1, p2: No.'],
    [4, 'p0, p1, p2 and 1 more: No.'],
    [1_500, 'p0, p1, p2 and 1,497 more: No.'],
  ])('a reason of %i failures is listed once, with three of them', (count, said) => {
    const failures = Array.from({ length: count }, (_, at) => failed(`p${at}`, 'No.'));
    expect(() => shown([...failures, failed('last', 'Never.')])).toThrow(`\n${said}\nlast: Never.`);
  });

  test.each([
    ['ARGUMENT_INVALID', 'ARGUMENT_INVALID', 'None of the 2 ports are valid, so nothing was sent.'],
    ['GRAPH_NOT_FOUND', 'GRAPH_NOT_FOUND', 'None of the 2 ports were found.'],
    ['GRAPH_FORBIDDEN', 'ARGUMENT_INVALID', 'None of the 2 ports could be looked up.'],
  ] as const)('%s and %s are summarized by what happened', (one, other, said) => {
    const failures = [
      { id: 'a', error: new PluginError(one, 'No.') },
      { id: 'b', error: new PluginError(other, 'No.') },
    ] as const;
    expect(allFailed(failures, 2, 'ports').message).toMatch(`${said}\na, b: No.`);
  });

  test('names each failure with its reason, under the code of the first', () => {
    const act = () => shown([failed('a', 'No.'), missing('b'), failed('c', 'Never.')]);
    expect(act).toThrow('None of the 3 ports were found.\na: No.\nc: Never.');
    expect(act).toThrow(
      expect.objectContaining({ code: 'GRAPH_FORBIDDEN', hint: 'Do so.', requestId: 'r1' }),
    );
  });

  test('a command can replace the hint for a status', () => {
    const presentation = { hints: { 404: 'Look at the list.' } };
    expect(() => shown([failed('a', 'No.', 404)], { presentation })).toThrow(
      expect.objectContaining({
        code: 'GRAPH_FORBIDDEN',
        message: 'No.',
        hint: 'Look at the list.',
        status: 404,
        requestId: 'r1',
        retryAfter: 7,
      }),
    );
    for (const status of [403, undefined])
      expect(() => shown([failed('a', 'No.', status)], { presentation })).toThrow(
        expect.objectContaining({ hint: 'Do so.' }),
      );
  });
});

describe('context', () => {
  const value = { '@odata.type': '#microsoft.graph.security.hostPort', id: 'p', banner: 'abcdef' };
  const kept = { odataType: 'hostPort', id: 'p', banner: 'abcdef', hostId: 'contoso.com' };
  const single = { returns: 'entity' } as const;

  test.each<[string, GraphResult[], Shaped, unknown, unknown]>([
    ['one thing is an object', [one(value, 'contoso.com')], single, value, kept],
    [
      'one record of a list command is a list in Contents and in context',
      [one(value, 'contoso.com')],
      { ...single, presentation: { value: 'list' } },
      [value],
      [kept],
    ],
    [
      'the only one found of several is a list',
      [one(value, 'contoso.com'), missing('b')],
      single,
      [value],
      [kept],
    ],
    [
      'strings are cut where that is wished',
      [one(value, 'contoso.com')],
      { ...single, params: { max_text_length: '3' } },
      value,
      { ...kept, odataType: 'hos…', banner: 'abc…', hostId: 'con…' },
    ],
  ])('%s', (_, responses, shaped, contents, context) => {
    const entry = shown(responses, shaped);
    expect(entry.Contents).toEqual(contents);
    expect(entry.EntryContext).toEqual({ [KEY]: context });
  });

  test('objects that many parents share carry no parent', () => {
    const entry = shown([one({ id: 'contoso.com' }, 'parent')], { presentation: { context: 'Host' } });
    expect(Object.values(entry.EntryContext ?? {})).toEqual([[{ id: 'contoso.com' }]]);
  });

  test('a value that is not an object is shown unchanged and is not in context', () => {
    expect(shown([one('a string', 'contoso.com')], single)).toMatchObject({
      Contents: 'a string',
      EntryContext: null,
    });
  });
});

test('an object that does not fit a table is described in words below the table', () => {
  const presentation = { describe: ({ id }: { id: string }) => `**${id}** in words` };
  const { HumanReadable } = shown([list(2)], { presentation: presentation as Partial<Presentation> });
  expect(HumanReadable).toBe(
    '### Ports\n\n| Id |\n| --- |\n| p0 |\n| p1 |\n\n**p0** in words\n\n**p1** in words\n\n2 ports.',
  );
});

test('relationships of rows are read together with the request', () => {
  const relates = jest.fn(() => []);
  const now = Date.UTC(2026, 0, 1);
  shown([one('a string', 'a'), one({ id: 'p' }, 'b'), one({ id: 'q' })], { presentation: { relates } });
  expect(relates.mock.calls).toEqual([
    [
      { id: 'p', hostId: 'b' },
      { of: 'b', now },
    ],
    [{ id: 'q' }, { of: undefined, now }],
  ]);
});
