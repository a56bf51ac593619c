import { forTerminal, printable, printableWithStyles } from '../../../src/doors/io/printable';

const HOSTILE = '\u001b]0;owned\u0007 \u009b31m \u202etxt.exe \u200b \u2028 \u007f \ud800 \u{e0041} a\rb';

test('a terminal gets codes in place of control and invisible characters', () => {
  expect(printable(HOSTILE)).toBe(
    '\\u001b]0;owned\\u0007 \\u009b31m \\u202etxt.exe \\u200b \\u2028 \\u007f \\ud800 \\udb40\\udc41 a\\u000db',
  );
});

test('JSON is the same JSON afterwards', () => {
  const value = { title: HOSTILE, list: ['a\tb\nc'] };
  const text = JSON.stringify(value, null, 2);
  expect(JSON.parse(printable(text))).toEqual(value);
});

test('tabs, line ends and letters of every language stay', () => {
  expect(printable('a\tb\r\n фишинг 漏洞 é 🎣\n')).toBe('a\tb\n фишинг 漏洞 é 🎣\n');
});

test('only the styles of our tables pass, and not where the text is data', () => {
  const text = '\u001b[1m bold\u001b[22m \u001b[2J\u001b[31;1m';
  expect(printableWithStyles(text)).toBe('\u001b[1m bold\u001b[22m \\u001b[2J\\u001b[31;1m');
  expect(printable(text)).not.toContain('\u001b');
});

test('a pipe gets the text itself', () => {
  expect(forTerminal(HOSTILE, { isTTY: false })).toBe(HOSTILE);
  expect(forTerminal(HOSTILE, {})).toBe(HOSTILE);
  expect(forTerminal(HOSTILE, { isTTY: true })).toBe(printableWithStyles(HOSTILE));
});
