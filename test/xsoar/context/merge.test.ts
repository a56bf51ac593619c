import { type Context, merge, mergeAll, putAtKey } from '../../../src/xsoar/context/merge';
import { contextKey } from '../../../src/xsoar/context-keys';
import fc from '../../support/property';

const HOST = contextKey('Host');
const SCORE =
  'DBotScore(val.Indicator && val.Indicator == obj.Indicator && val.Vendor == obj.Vendor && val.Type == obj.Type)';

function hosts(value: unknown) {
  return { MSGDefenderThreatIntel: { Host: value } };
}

test.each([
  ['a first object stays an object', {}, { id: 'a' }, { id: 'a' }],
  ['a first list stays a list', {}, [{ id: 'a' }], [{ id: 'a' }]],
  ['a second object makes a list', hosts({ id: 'a' }), { id: 'b' }, [{ id: 'a' }, { id: 'b' }]],
  [
    'the same object takes over what is new',
    hosts({ id: 'a', x: 1, y: 1 }),
    { id: 'a', y: 2 },
    { id: 'a', x: 1, y: 2 },
  ],
  [
    'the same object in a list keeps its place',
    hosts([{ id: 'a' }, { id: 'b' }]),
    [{ id: 'c' }, { id: 'a', y: 2 }],
    [{ id: 'a', y: 2 }, { id: 'b' }, { id: 'c' }],
  ],
  ['an object without the key is appended', hosts([{ x: 1 }]), { x: 1 }, [{ x: 1 }, { x: 1 }]],
  [
    'the first of several that are the same takes it',
    hosts([{ id: '7' }, { id: 7 }]),
    { id: 7, y: 1 },
    [{ id: 7, y: 1 }, { id: 7 }],
  ],
  ['a boolean is equal to no text', hosts({ id: true }), { id: 'true' }, [{ id: true }, { id: 'true' }]],
  ['a number is equal to its text', hosts({ id: 7 }), { id: '7', y: 1 }, { id: '7', y: 1 }],
])('%s', (_, before, value, after) => {
  expect(merge(before, { [HOST]: value })).toEqual(hosts(after));
});

test('several fields of a key must all agree', () => {
  const score = { Indicator: 'contoso.com', Vendor: 'one', Type: 'domain', Score: 1 };
  const merged = [score, { ...score, Vendor: 'two' }, { ...score, Score: 3 }].reduce(
    (context, value) => merge(context, { [SCORE]: value }),
    {},
  );
  expect(merged).toEqual({
    DBotScore: [
      { ...score, Score: 3 },
      { ...score, Vendor: 'two' },
    ],
  });
});

test('keeps unknown keys in context', () => {
  expect(merge({ Other: 1, MSGDefenderThreatIntel: { Article: [] } }, { [HOST]: { id: 'a' } })).toEqual({
    Other: 1,
    MSGDefenderThreatIntel: { Article: [], Host: { id: 'a' } },
  });
});

test('put replaces the existing value', () => {
  expect(putAtKey({ A: { B: 1, C: 2 } }, ['A', 'B'], [3])).toEqual({ A: { B: [3], C: 2 } });
});

test.each([
  ['Plain.Path', 'not of the form'],
  ['Host(val.id)x', 'not of the form'],
  ['Host(val.id == "a")', 'val.id == \\"a\\"'],
  ['Host(val.id || val.name)', 'val.id || val.name'],
  ['Host(val.id > obj.id)', 'val.id > obj.id'],
])('the key %s is rejected by name', (key, part) => {
  expect(() => merge({}, { [key]: {} })).toThrow(
    expect.objectContaining({ code: 'ARGUMENT_INVALID', message: expect.stringContaining(part) }),
  );
});

const object = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), x: fc.jsonValue() });
const outputs = fc.oneof(object, fc.array(object, { minLength: 1 })).map((value) => ({ [HOST]: value }));

test('merging twice is merging once, whatever was there before', () => {
  fc.assert(
    fc.property(fc.array(outputs), outputs, (before, entry) => {
      const context = before.reduce<Context>((known, each) => merge(known, each), {});
      const once = merge(context, entry);
      expect(merge(once, entry)).toEqual(once);
    }),
  );
});

test('no id is ever there twice', () => {
  fc.assert(
    fc.property(fc.array(outputs, { minLength: 1 }), (entries) => {
      const context = entries.reduce<Context>((known, each) => merge(known, each), {}) as {
        MSGDefenderThreatIntel?: { Host: { id: string }[] };
      };
      const ids = [context.MSGDefenderThreatIntel?.Host ?? []].flat().map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});

test('merging many entries reads each element of the context a limited number of times', () => {
  let reads = 0;
  const existing = Array.from({ length: 2_000 }, (_, index) => ({
    get id() {
      reads += 1;
      return `known-${index}`;
    },
  }));
  const entries = Array.from({ length: 500 }, (_, index) => ({ [HOST]: { id: `new-${index}` } }));
  const merged = mergeAll(hosts(existing) as Context, entries) as ReturnType<typeof hosts>;
  expect((merged.MSGDefenderThreatIntel.Host as unknown[]).length).toBe(2_500);
  expect(reads).toBeLessThan(20_000);
});
