import { articleEntity, artifactEntity } from '../../src/investigation/entities';

const LONG = `https://contoso.com/${'a'.repeat(400)}`;

test('a value is never cut: URLs that start alike are two nodes', () => {
  const values = ['1', '2'].map((end) => artifactEntity({ id: `${LONG}${end}` } as never)?.value);
  expect(values).toEqual([`${LONG}1`, `${LONG}2`]);
});

test('a label is cut at 300 characters', () => {
  const label = articleEntity({ id: 'a', title: 'T'.repeat(301) })?.label;
  expect(label).toBe(`${'T'.repeat(299)}…`);
});
