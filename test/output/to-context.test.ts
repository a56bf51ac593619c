import { cutTexts, inContext, toContext } from '../../src/output/to-context';

test('every property is kept under its own name, and annotations are left out', () => {
  const object = {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata',
    '@odata.type': '#microsoft.graph.security.hostname',
    id: 'contoso.com',
    'tags@odata.count': 2,
    tags: ['a', null, { '@odata.type': '#microsoft.graph.security.tag', name: 'b' }],
    nothing: null,
    none: 0,
  };
  expect(toContext(object)).toEqual({
    odataType: 'hostname',
    id: 'contoso.com',
    tags: ['a', null, { odataType: 'tag', name: 'b' }],
    nothing: null,
    none: 0,
  });
  expect(Object.keys(toContext(object) as object)[0]).toBe('odataType');
});

test.each([
  ['#microsoft.graph.security.ipAddress', { odataType: 'ipAddress' }],
  ['#hostname', { odataType: 'hostname' }],
  ['hostname', { odataType: 'hostname' }],
  ['a#b', { odataType: 'a#b' }],
  [5, {}],
])('the type %j is kept as %j', (type, kept) => {
  expect(toContext({ '@odata.type': type })).toEqual(kept);
});

test('names that a merging script would walk into are left out, at every depth', () => {
  const hostile = JSON.parse('{"a":{"__proto__":{"x":1},"b":1},"constructor":{"x":1},"prototype":2}');
  expect(toContext(hostile)).toEqual({ a: { b: 1 } });
  expect(Object.keys(toContext(hostile) as object)).toEqual(['a']);
});

test('a child carries the id of the parent that it was read through', () => {
  const parent = { name: 'hostId', id: 'contoso.com' };
  expect(inContext({ id: '1' }, parent)).toEqual({ id: '1', hostId: 'contoso.com' });
  expect(inContext({ id: '1' }, undefined)).toEqual({ id: '1' });
});

test('strings are cut to their length, ids never', () => {
  const object = {
    id: 'a long id',
    text: 'abcdef',
    list: ['abcdef', 'abc', 5, null],
    deep: { id: 'abcdef', text: 'abcd' },
  };
  expect(cutTexts(object, 3)).toEqual({
    id: 'a long id',
    text: 'abc…',
    list: ['abc…', 'abc', 5, null],
    deep: { id: 'abcdef', text: 'abc…' },
  });
  expect(cutTexts(object, 0)).toBe(object);
});

test.each([
  ['a😀b', 2, 'a…'],
  ['a😀b', 3, 'a😀…'],
  ['\ud83dx', 1, '…'],
  ['x\ud83dyz', 3, 'x\ud83dy…'],
])('%j cut to %d is %j: no half of a character', (text, most, cut) => {
  expect(cutTexts(text, most)).toBe(cut);
});
