import { coerce } from '../../src/manifest/check-arguments';
import type { ArgumentSpec } from '../../src/manifest/generated/commands';

const LIST = { ip: { kind: 'list', required: true } as unknown as ArgumentSpec };

test.each([
  ['["a,b","c"]', ['a,b', 'c']],
  [' ["a,b","c"]', ['a,b', 'c']],
  ['\n["a,b","c"]\n', ['a,b', 'c']],
  ['\t [ "a,b" ]', ['a,b']],
  ['a, b ,c', ['a', 'b', 'c']],
  ['[contoso[.]com,b', ['[contoso[.]com', 'b']],
  [['a,b'], ['a,b']],
])('a list %j is read as %j', (typed, read) => {
  expect(coerce({ ip: typed }, LIST)).toEqual({ ip: read });
});

test('a list that is nested too deeply is text, and no error of the language', () => {
  const deep = '['.repeat(5_000) + ']'.repeat(5_000);
  expect(coerce({ ip: deep }, LIST)).toEqual({ ip: [deep] });
});
