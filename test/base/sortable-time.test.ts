import { sortableTime } from '../../src/base/sortable-time';

test('moments sort by time to the last digit that was written, whatever their zone', () => {
  const inOrder = [
    '2025-01-22T01:18:43Z',
    '2025-01-22T01:18:43.0000001Z',
    '2025-01-22T01:18:43.5Z',
    '2025-01-22T01:18:43.986Z',
    '2025-01-22T03:18:44+02:00',
    '2025-01-22T01:18:45.1Z',
  ];
  const sorted = inOrder.map(sortableTime).sort();
  expect(sorted).toEqual(inOrder.map(sortableTime));
  expect(new Set(sorted).size).toBe(inOrder.length);
});

test('the same moment is the same text, however it was written', () => {
  expect(sortableTime('2025-01-22T01:18:43.500Z')).toBe(sortableTime('2025-01-22T02:18:43.5+01:00'));
});

test.each([undefined, null, 7, '', '2025-01-22', '2025-01-22T01:18:43', '2025-13-22T01:18:43Z'])(
  '%p is not a moment',
  (text) => {
    expect(sortableTime(text)).toBeUndefined();
  },
);
