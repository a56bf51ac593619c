import { countedValues } from '../../../src/doors/serve/counted-values';

test('a value is made once, shared, and dropped with its last user', () => {
  const values = countedValues<object>();
  const first = values.take('a', () => ({}));
  expect(values.take('a', () => ({}))).toBe(first);
  values.release('a');
  expect(values.take('a', () => ({}))).toBe(first);
  values.release('a');
  values.release('a');
  expect(values.size()).toBe(0);
  expect(values.take('a', () => ({}))).not.toBe(first);
});

test('returns a value once, when its last user releases it', () => {
  const onDrop = jest.fn();
  const values = countedValues<string>(onDrop);
  for (let user = 0; user < 2; user++) values.take('a', () => 'value');
  values.release('a');
  expect(onDrop).not.toHaveBeenCalled();
  values.release('a');
  values.release('a');
  expect(onDrop.mock.calls).toEqual([['value']]);
});

test('names that come and go leave nothing behind', () => {
  const values = countedValues<number>();
  for (let name = 0; name < 1_000; name++) {
    values.take(String(name), () => name);
    values.release(String(name));
    values.release(String(name));
  }
  expect(values.size()).toBe(0);
});
