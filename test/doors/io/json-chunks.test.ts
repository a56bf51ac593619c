import { jsonChunks } from '../../../src/doors/io/json-chunks';
import fc, { samples } from '../../support/property';

/** Documents with a list, at some depth, that is longer than what becomes text at once. */
const documents = fc
  .tuple(fc.array(fc.jsonValue(), { maxLength: 3 }), fc.integer({ min: 95, max: 320 }), fc.nat(6))
  .map(([values, length, depth]) => {
    let document: unknown = Array.from({ length }, (_, at) => values[at % (values.length + 1)]);
    for (let level = 0; level < depth; level++)
      document = level % 2 === 0 ? { entries: document, left: undefined } : [document, ...values];
    return document;
  });

test('the pieces of a document are its JSON', () => {
  fc.assert(
    fc.property(documents, (document) => {
      expect([...jsonChunks(document)].join('')).toBe(JSON.stringify(document));
    }),
    { numRuns: samples(60) },
  );
});

const LIST = {
  entries: [{ Contents: Array.from({ length: 5_000 }, (_, id) => ({ id, text: 'x'.repeat(80) })) }],
};

test('a long list is written in few pieces, and none is as long as the list', () => {
  const pieces = [...jsonChunks(LIST)];
  expect(pieces.join('')).toBe(JSON.stringify(LIST));
  expect(pieces.length).toBeGreaterThan(5);
  expect(pieces.length).toBeLessThan(10);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(100_000);
});

test.each([
  ['a hundred members is split between them', 1, 100, 4],
  ['more members is split after each hundred', 1, 101, 2],
  ['more members below six others is not split', 7, 1_000, 2],
])('a list of %s', (_, levels, members, pieces) => {
  let document: unknown = Array.from({ length: members }, () => 'x'.repeat(2_000));
  for (let level = 1; level < levels; level++) document = [document];
  expect([...jsonChunks(document)].length).toBe(pieces);
});
