import { PassThrough } from 'node:stream';
import { BOUNDS } from '../../../src/base/bounds';
import { openTypedLines, type TypedLines } from '../../../src/doors/war-room/typed-lines';
import { processorTime } from '../../support/patterns';
import { OutputText } from '../../support/standard-streams';

const CTRL_A = '\u0001';
const LEFT = '\u001b[D';
const PASTE = '\u001b[200~';
const PASTED = '\u001b[201~';

let input: PassThrough;
let output: OutputText;
let lines: TypedLines;
beforeEach(() => start());
afterEach(() => lines.editor.close());

function start(longest: number = BOUNDS.warRoomLine): void {
  input = Object.assign(new PassThrough(), { isTTY: true });
  output = new OutputText(true);
  lines = openTypedLines({
    input: input as never,
    output: output as never,
    completer: (line) => [['/entries '], line],
    history: [],
    longest,
  });
}

/** Sends text as a terminal does, in small chunks. */
function paste(text: string, size = 1_000): void {
  for (let at = 0; at < text.length; at += size) input.emit('data', Buffer.from(text.slice(at, at + size)));
}

describe('keys', () => {
  test.each([
    ['characters', ['host a\r'], 'host a'],
    ['a key between characters', [`ac${LEFT}b\r`], 'abc'],
    ['a key that is cut off', ['ac', '\u001b', '[', 'D', 'b\r'], 'abc'],
    ['a control character', [`b${CTRL_A}a\r`], 'ab'],
    ['a character that is cut off', [Buffer.from([0xc3]), Buffer.from([0xa9, 13])], 'é'],
    ['a pasted line', [`${PASTE}host a${PASTED}\r`], 'host a'],
    ['a tab inside pasted text', ['a\tb\r'], 'a\tb'],
  ])('%s', async (_, chunks, text) => {
    for (const chunk of chunks) input.emit('data', chunk);
    expect(await lines.next()).toEqual({ text });
  });

  test('a tab at the end of what was typed completes', async () => {
    input.emit('data', '/ent\t');
    input.emit('data', '\r');
    expect(await lines.next()).toEqual({ text: '/entries ' });
  });

  test('lines that wait are returned after the input has ended, and then nothing', async () => {
    input.end('one\rtwo\rhalf a line');
    expect(await lines.next()).toEqual({ text: 'one' });
    expect(await lines.next()).toEqual({ text: 'two' });
    expect(await lines.next()).toEqual({ text: 'half a line' });
    expect(await lines.next()).toBeUndefined();
  });

  test('characters of a long line are drawn without another key', async () => {
    input.emit('data', 'a'.repeat(3_000));
    input.emit('data', 'bc');
    await output.shows('bc');
  });
});

describe('a line that is too long', () => {
  test.each([
    ['as one chunk', 1e6, '', '', '\r'],
    ['in small chunks', 7, '', '', '\n'],
    ['as a bracketed paste', 64, PASTE, PASTED, '\r'],
  ])('%s is reported once, and the next line is returned', async (_, size, before, after, enter) => {
    start(100);
    paste(`${before}${'x'.repeat(1_000)}${after}${enter}next\r`, size);
    expect(await lines.next()).toMatchObject({ tooLong: expect.any(Number) });
    expect(await lines.next()).toEqual({ text: 'next' });
    expect(output.text.length).toBeLessThan(1_000);
  });

  test('a line of the largest length is returned', async () => {
    start(100);
    paste(`${'x'.repeat(100)}\r`, 9);
    expect(await lines.next()).toEqual({ text: 'x'.repeat(100) });
  });

  test('is measured after it was edited', async () => {
    start(100);
    paste(`${'x'.repeat(90)}${'\u007f'.repeat(80)}${'y'.repeat(50)}\r`);
    expect(await lines.next()).toEqual({ text: 'x'.repeat(10) + 'y'.repeat(50) });
  });

  test('ends at Ctrl-C, too', async () => {
    start(100);
    lines.editor.on('SIGINT', () => lines.drop());
    paste(`${'x'.repeat(200)}\u0003next\r`);
    expect(await lines.next()).toEqual({ text: 'next' });
  });
});

test('a list of addresses that is ten times as long takes about ten times as long to paste', () => {
  const pasting = (length: number) => processorTime(() => paste(`${'192.0.2.1,'.repeat(length / 10)}\r`));
  pasting(50_000);
  // Quadratic: 100 times.
  expect(pasting(500_000) / pasting(50_000)).toBeLessThan(40);
});
