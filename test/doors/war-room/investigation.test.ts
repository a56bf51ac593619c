import { asInvestigation } from '../../../src/doors/war-room/investigation';

const ENTRY = { Type: 1, ContentsFormat: 'text', Contents: 'x', EntryContext: null };
const LINE = { id: 'a', at: '2026-01-01T00:00:00.000Z', line: 'host a', entries: [ENTRY], door: 'browser' };

const read = (happened: unknown) => asInvestigation({ context: {}, happened });

test('a stored investigation is read with its layout, and without what does not belong to it', () => {
  const stored = { context: { a: 1 }, happened: [LINE], view: { hidden: ['a'] } };
  expect(asInvestigation({ ...stored, version: 2, more: 1 })).toStrictEqual(stored);
  expect(asInvestigation({ ...stored, view: 'x' })).toStrictEqual({ context: { a: 1 }, happened: [LINE] });
});

test.each([
  ['null', null],
  ['a list', []],
  ['no context', { happened: [] }],
  ['a context that is a list', { context: [], happened: [] }],
  ['no lines', { context: {} }],
])('%s is not an investigation', (_, value) => {
  expect(asInvestigation(value)).toBeUndefined();
});

test.each([
  ['is no object', null],
  ['has no time', { ...LINE, at: 1 }],
  ['has no text', { ...LINE, line: 1 }],
  ['has no entries', { ...LINE, entries: undefined }],
  ['has an entry that is no object', { ...LINE, entries: [ENTRY, null] }],
  ['has an entry without a type', { ...LINE, entries: [ENTRY, { Type: '1' }] }],
])('a line that %s is not read', (_, line) => {
  expect(read([LINE, line])).toBeUndefined();
});

test.each([
  ['without an id', undefined],
  ['with an id that is too long', 'x'.repeat(65)],
  ['with an id that is markup', '<b>'],
  ['with an id that begins well', 'a b'],
  ['with an id that ends well', ' a'],
])('a line %s gets its position as its id', (_, id) => {
  expect(read([LINE, { ...LINE, id }])?.happened.map((line) => line.id)).toEqual(['a', 'line-2']);
});

test.each([
  ['terminal', 'terminal'],
  ['browser', 'browser'],
  ['elsewhere', undefined],
])('a line that was typed in %s', (door, expected) => {
  expect(read([{ ...LINE, door }])?.happened[0]?.door).toBe(expected);
  expect(Object.keys(read([{ ...LINE, door }])?.happened[0] ?? {}).includes('door')).toBe(
    expected !== undefined,
  );
});
