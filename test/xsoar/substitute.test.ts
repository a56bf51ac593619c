import { substitute } from '../../src/xsoar/substitute';

const CONTEXT = {
  Host: [{ id: 'contoso.com', port: 443 }, { id: 'example.org' }],
  One: { name: 'a b', tags: [] },
};

test.each([
  ['plain', 'plain'],
  ['${Host.id}', ['contoso.com', 'example.org']],
  ['${Host.[0]}', { id: 'contoso.com', port: 443 }],
  ['${Host.port}', 443],
  ["${Host(val.id == 'example.org').id}", 'example.org'],
  ['${ One.name }', 'a b'],
  ['${Nowhere}', undefined],
  ['hosts: ${Host.id}; first ${Host.[0].port}', 'hosts: contoso.com,example.org; first 443'],
  ['${Host.[1]}!', '{"id":"example.org"}!'],
  ['<${Nowhere}>', '<>'],
  ["$filter=title eq 'a'", "$filter=title eq 'a'"],
])('%s', (text, value) => {
  expect(substitute(text, CONTEXT)).toEqual(value);
});

test('a reference without its end is rejected', () => {
  expect(() => substitute('x ${Host.id', CONTEXT)).toThrow(
    expect.objectContaining({
      code: 'INVOCATION_UNREADABLE',
      message: expect.stringContaining('"${" has no closing "}"'),
    }),
  );
});

test('does not expand references in context values', () => {
  expect(substitute('<${A}>', { A: '${B}', B: 'twice' })).toBe('<${B}>');
});
