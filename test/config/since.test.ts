import { momentOf, since } from '../../src/config/since';

const NOW = Date.parse('2025-06-10T12:00:00Z');

function moment(text: string | undefined): string {
  return momentOf(since({ first_fetch: text }, 'first_fetch', '3 days'), NOW);
}

test.each([
  [undefined, '2025-06-07T12:00:00.000Z'],
  ['  ', '2025-06-07T12:00:00.000Z'],
  ['12 hours', '2025-06-10T00:00:00.000Z'],
  ['1 hour ago', '2025-06-10T11:00:00.000Z'],
  ['90 Minutes', '2025-06-10T10:30:00.000Z'],
  ['2weeks', '2025-05-27T12:00:00.000Z'],
  ['1 month', '2025-05-11T12:00:00.000Z'],
  ['1 year', '2024-06-10T12:00:00.000Z'],
  ['999999 years', '1970-01-01T00:00:00.000Z'],
  ['2025-01-31', '2025-01-31T00:00:00.000Z'],
  ['2025-01-31 08:30', '2025-01-31T08:30:00.000Z'],
  ['2025-01-31T08:30:00+02:00', '2025-01-31T06:30:00.000Z'],
])('%p starts at %s', (text, expected) => {
  expect(moment(text)).toBe(expected);
});

test.each(['yesterday', '3', '3 fortnights', '3 toString', '2025-13-01', '-1 days', '01/02/2025'])(
  '%p is rejected',
  (text) => {
    expect(() => moment(text)).toThrow(`The parameter first_fetch is "${text}".`);
  },
);
