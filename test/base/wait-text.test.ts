import { waitText } from '../../src/base/wait-text';

test.each([
  [0, '1 s'],
  [4_200, '4 s'],
  [119_000, '119 s'],
  [120_000, '2 min'],
  [3_600_250, '60 min'],
  [7_200_000, '2 h'],
  [999_999_999_989_000, '277,777,778 h'],
])('a wait of %d milliseconds is %s', (milliseconds, text) => {
  expect(waitText(milliseconds)).toBe(text);
});
