import { PluginError } from '../../src/base/errors';
import { csv, formatResult, statusRows, tables, withSubject } from '../../src/doors/cli/formats';
import type { OutputFormat } from '../../src/doors/cli/output-formats';
import { screenOf } from '../../src/doors/cli/terminal';
import type { ExecutedLine } from '../../src/doors/war-room/execute-line';
import type { Lookup } from '../../src/output/lookups';
import { errorEntry, resultEntry } from '../../src/xsoar/entry';
import { splitArguments } from '../../src/xsoar/system-arguments';

const SCREEN = { styled: false, width: Number.POSITIVE_INFINITY };
const FAILED = errorEntry(new PluginError('GRAPH_UNAVAILABLE', 'Try later.'));

function executed(contents: readonly unknown[], more: Partial<ExecutedLine> = {}): ExecutedLine {
  return {
    entries: contents.map((one) => resultEntry(one as never, 'x', null)),
    errors: [],
    args: {},
    system: splitArguments({}).system,
    context: {},
    ...more,
  };
}

function lookup(id: string | undefined, rows: readonly unknown[], more: object = {}): Lookup {
  return { ...(id === undefined ? {} : { subject: { name: 'hostId', id } }), rows, ...more } as never;
}

/** What a query that matches nothing says about the value. */
async function shape(value: unknown): Promise<string | undefined> {
  let said: string | undefined;
  await formatResult(executed([value]), 'json', SCREEN, 'no_such_name', (text) => {
    said = text;
  });
  return said?.replace('-q matched nothing: the result is ', '');
}

test.each([
  [[], 'an empty list.'],
  [['a'], 'a list.'],
  [['a', { b: 1 }], 'a list of objects with b.'],
  [{ a: 1, c: 2 }, 'an object with a, c.'],
  ['text', 'empty.'],
  [Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`n${at}`, 1])), /n10, n11\.$/],
  [Object.fromEntries(Array.from({ length: 13 }, (_, at) => [`n${at}`, 1])), /n10, n11, …\.$/],
])('a query that matches nothing in %j describes it', async (value, expected) => {
  expect(await shape(value)).toEqual(expected instanceof RegExp ? expect.stringMatching(expected) : expected);
});

test('a query for a table prints its values, as another format it writes them', async () => {
  const result = executed([[{ id: 'a' }, { id: 'b' }]]);
  for (const format of [undefined, 'table'] as const)
    expect(await formatResult(result, format, SCREEN, '[].id')).toBe('a\nb\n');
  expect(await formatResult(result, 'csv', SCREEN, '[].id')).toBe('value\r\na\r\nb\r\n');
  expect(await formatResult(result, 'yaml', SCREEN, '[].id')).toBe('- a\n- b\n');
});

test('-o table is the default', async () => {
  expect(await formatResult(executed([{}]), 'table', SCREEN)).toBe(
    await formatResult(executed([{}]), undefined, SCREEN),
  );
});

describe('a format of graphs', () => {
  const graph = {
    Graph: {
      id: 'g',
      seeds: [],
      nodes: [],
      edges: [],
      stops: [],
      hops: 0,
      requests: 0,
      end: 'complete',
      partial: false,
    },
  };

  test('takes a query where it is JSON', async () => {
    expect(await formatResult(executed([graph]), 'json-graph', SCREEN, 'type(@)')).toBe('"object"\n');
    await expect(formatResult(executed([graph]), 'dot', SCREEN, 'nodes')).rejects.toMatchObject({
      message: '-q cannot be combined with -o dot.',
      hint: 'Use -o json-graph or -o stix, which are JSON.',
    });
  });

  test('prints nothing where the command failed, with a query too', async () => {
    const failed = executed([], { entries: [FAILED] });
    const partly = executed([], { entries: [FAILED, resultEntry({} as never, 'x', null)] });
    for (const one of [failed, partly])
      for (const query of [undefined, 'nodes'])
        expect(await formatResult(one, 'stix', SCREEN, query)).toBe('');
  });

  test('is not for another command', async () => {
    await expect(formatResult(executed([{}]), 'dot', SCREEN)).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      message: '-o dot is for graphs, and this command returns none.',
      hint: 'Run `mdti expand HOST -o dot`.',
    });
  });

  test('as JSON it is the result of the command', async () => {
    const both = executed([graph], { lookups: [lookup('a', [{ id: 1 }])] });
    expect(JSON.parse(await formatResult(both, 'json', SCREEN))).toEqual(graph);
  });
});

describe('rows of several lookups', () => {
  const lookups = [
    lookup('a.example', [{ id: 1 }, { id: 2 }]),
    lookup('b.example', [], { notFound: true }),
    lookup('c.example', [], { error: { message: 'Failed.' } }),
    lookup('d.example', [{ id: 3 }], { error: { message: 'Cut off.' } }),
    lookup(undefined, [], { error: { message: 'A search.' } }),
    lookup(undefined, [{ id: 4 }]),
  ];

  async function rows(given: readonly Lookup[], format: OutputFormat = 'ndjson'): Promise<unknown[]> {
    const text = await formatResult(executed([[]], { lookups: given }), format, SCREEN);
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  }

  test('have their host, and what is missing', async () => {
    expect(await rows(lookups)).toEqual([
      { hostId: 'a.example', status: 'found', id: 1 },
      { hostId: 'a.example', status: 'found', id: 2 },
      { hostId: 'b.example', status: 'not found' },
      { hostId: 'c.example', status: 'failed', error: 'Failed.' },
      { hostId: 'd.example', status: 'incomplete', error: 'Cut off.', id: 3 },
      { id: 4 },
    ]);
  });

  test('have no status where nothing is missing', async () => {
    expect(await rows(lookups.slice(0, 1))).toEqual([
      { hostId: 'a.example', id: 1 },
      { hostId: 'a.example', id: 2 },
    ]);
    expect(statusRows(lookups.slice(0, 1))).toEqual([]);
    expect(statusRows(lookups)).toHaveLength(3);
  });

  test('a row that is no object stays', () => {
    expect(withSubject(lookup('a', []), 'text')).toBe('text');
    expect(withSubject(lookup(undefined, []), { id: 1 })).toEqual({ id: 1 });
  });

  test('as JSON one observable is an object, several are a list', async () => {
    const one = executed([{}], { lookups: [lookup('a', [{ id: 1 }])] });
    expect(JSON.parse(await formatResult(one, 'json', SCREEN))).toEqual({ id: 1 });
    const two = executed([{}, {}], { lookups: [lookup('a', [{ id: 1 }])] });
    expect(JSON.parse(await formatResult(two, 'json', SCREEN))).toEqual([{ id: 1 }]);
    const list = executed([[]], { lookups: [lookup('a', [{ id: 1 }], { isParent: true })] });
    expect(JSON.parse(await formatResult(list, 'json', SCREEN))).toEqual([{ hostId: 'a', id: 1 }]);
    const none = executed([], { entries: [FAILED], lookups: [lookup('a', [])] });
    expect(await formatResult(none, 'json', SCREEN)).toBe('null\n');
  });
});

test('an error among the entries is not part of the tables', () => {
  expect(tables({ entries: [FAILED, resultEntry({} as never, 'x', null)] }, SCREEN)).toBe('x\n');
  expect(tables(executed([{}, {}]), SCREEN)).toBe('x\n\nx\n');
});

test('cells of CSV: nothing, lists, lists of objects, and values without a name', () => {
  expect(csv([{ a: null, b: [1, 'x'], c: [1, { d: 2 }], e: { f: false } }, 'alone', undefined])).toBe(
    'a,b,c,e.f,value\r\n,1; x,"[1,{""d"":2}]",false,\r\n,,,,alone\r\n,,,,\r\n',
  );
});

test.each([
  [true, {}, true],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [true, { TERM: 'dumb' }, false],
  [true, { TERM: 'xterm' }, true],
  [false, {}, false],
  [false, { FORCE_COLOR: '1' }, true],
  [false, { FORCE_COLOR: '0' }, false],
  [false, { FORCE_COLOR: 'false' }, false],
  [false, { FORCE_COLOR: '' }, false],
  [true, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
])('a terminal (%s) with %j has styles: %s', (isTTY, environment, styled) => {
  expect(screenOf({ isTTY, columns: 90 } as never, environment)).toEqual({
    styled,
    width: isTTY ? 90 : Number.POSITIVE_INFINITY,
  });
});
