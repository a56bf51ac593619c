import { asView, webLine } from '../../../src/doors/web/web-lines';
import { ENTRY_TYPE } from '../../../src/xsoar/entry';

const mask = (text: string) => text.replaceAll('contoso', '***');
const result = { Type: ENTRY_TYPE.note, ContentsFormat: 'json', EntryContext: null } as const;

function shown(...entries: object[]) {
  return webLine({ id: 'l', at: '2026-01-01T00:00:00.000Z', line: 'host', entries: entries as never }, mask)
    .entries;
}

test('a line has its text without invisible characters, and its source', () => {
  const line = { id: 'l', at: '2026-01-01T00:00:00.000Z', entries: [] };
  expect(webLine({ ...line, line: 'host\u202e a' }, mask)).toStrictEqual({ ...line, line: 'host a' });
  expect(webLine({ ...line, line: 'a', door: 'terminal' }, mask)).toStrictEqual({
    ...line,
    line: 'a',
    door: 'terminal',
  });
});

test.each<[string, object, object]>([
  [
    'a table',
    { ...result, Contents: [{}, {}], HumanReadable: '### a' },
    { kind: 'result', markdown: '### a', rows: 2 },
  ],
  ['an object', { ...result, Contents: {}, HumanReadable: '### a' }, { kind: 'result', markdown: '### a' }],
  ['a list of texts', { ...result, Contents: ['a'], HumanReadable: 'b' }, { kind: 'result', markdown: 'b' }],
  ['an empty list', { ...result, Contents: [], HumanReadable: 'b' }, { kind: 'result', markdown: 'b' }],
  ['a text', { ...result, Contents: 'at contoso\u200b' }, { kind: 'result', markdown: 'at contoso' }],
  ['no text', { ...result, Contents: 7 }, { kind: 'result', markdown: '' }],
  [
    'an error',
    { ...result, Type: ENTRY_TYPE.error, Contents: 'at contoso' },
    { kind: 'error', markdown: 'at ***' },
  ],
  [
    'a warning',
    { ...result, Type: ENTRY_TYPE.warning, Contents: 'at contoso' },
    { kind: 'warning', markdown: 'at ***' },
  ],
])('an entry with %s', (_, entry, expected) => {
  expect(shown(entry)).toStrictEqual([expected]);
});

test('an entry has up to 400,000 characters, and shows where it was cut', () => {
  const [whole, cut] = shown(
    { ...result, HumanReadable: 'x'.repeat(400_000) },
    { ...result, HumanReadable: 'x'.repeat(400_001) },
  );
  expect(whole).toStrictEqual({ kind: 'result', markdown: 'x'.repeat(400_000) });
  expect(cut).toStrictEqual({ kind: 'result', markdown: 'x'.repeat(400_000), cut: 400_000 });
});

describe('a view', () => {
  const NOTHING = { positions: {}, pinned: [], hidden: [], opened: {} };

  test.each<[unknown, object]>([
    [null, {}],
    [[], {}],
    ['x', {}],
    [{}, NOTHING],
    [{ positions: [], pinned: {}, hidden: 'x', opened: 7 }, NOTHING],
    [
      { positions: { a: [1, 2], b: [1], c: [1, 2, 3], d: ['1', 2], e: [1, null], f: 'xy', '': [1, 2] } },
      { positions: { a: [1, 2] } },
    ],
    [{ opened: { a: 1, b: 1.5, c: '1', '': 1 } }, { opened: { a: 1 } }],
    [{ pinned: ['a', '', 7, null] }, { pinned: ['a'] }],
    [{ hidden: ['x'.repeat(3_000), 'x'.repeat(3_001)] }, { hidden: ['x'.repeat(3_000)] }],
  ])('of %j is %j', (value, view) => {
    expect(asView(value)).toEqual(Object.keys(view).length === 0 ? {} : { ...NOTHING, ...view });
  });

  test('mentions up to 5,000 nodes', () => {
    const ids = Array.from({ length: 5_001 }, (_, at) => `n${at}`);
    const all = (value: unknown) => Object.fromEntries(ids.map((id) => [id, value]));
    const view = asView({ positions: all([1, 2]), opened: all(1), pinned: ids, hidden: [7, ...ids] });
    expect(Object.values(view).map((part) => Object.keys(part as object).length)).toEqual([
      5_000, 5_000, 5_000, 5_000,
    ]);
  });
});
