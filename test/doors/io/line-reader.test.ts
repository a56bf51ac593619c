import { PassThrough, Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { readLines } from '../../../src/doors/io/line-reader';

async function read(chunks: Iterable<Uint8Array | string>, longest?: number): Promise<unknown[]> {
  const lines: unknown[] = [];
  for await (const line of readLines(Readable.from(chunks), longest)) lines.push(line);
  return lines;
}

test('rejects one line that is too long, with characters split anywhere', async () => {
  const bytes = Buffer.from(`ab\n${'x'.repeat(50)}\nü\nend`);
  const lines = await read(
    Array.from(bytes, (byte) => Uint8Array.of(byte)),
    10,
  );
  expect(lines).toEqual([{ text: 'ab' }, { tooLong: 50 }, { text: 'ü' }, { text: 'end' }]);
});

test('a line of exactly the longest length is read, in one piece or several', async () => {
  const allowed = ['1234567890\n', '12345', '67890\n', '\n\n', '12345678901\n', 'end\n'];
  expect(await read(allowed, 10)).toEqual([
    { text: '1234567890' },
    { text: '1234567890' },
    { tooLong: 11, emptyBefore: 2 },
    { text: 'end' },
  ]);
});

test('a million empty lines are counted and left out', async () => {
  const empty = '\n'.repeat(500_000);
  expect(await read([empty, empty, 'a\n', '\nb', '\n\n'])).toEqual([
    { text: 'a', emptyBefore: 1_000_000 },
    { text: 'b', emptyBefore: 1 },
  ]);
});

test.each(['\r\n', ' \n', '\t \r\n'])(
  'blank lines of %j are counted and left out, in one piece or several',
  async (blank) => {
    const text = `${blank.repeat(3)}a\r\n${blank}b`;
    const expected = [
      { text: 'a\r', emptyBefore: 3 },
      { text: 'b', emptyBefore: 1 },
    ];
    expect(await read([text])).toEqual(expected);
    expect(await read([...text])).toEqual(expected);
    expect(await read([...text, '\n', ...blank, ' '])).toEqual(expected);
  },
);

test('a line of thousands of pieces is read whole, and a longer one is counted', async () => {
  const pieces = Array.from({ length: 2_500 }, (_, number) => `${number},`);
  const whole = pieces.join('');
  expect(await read([...pieces, '\n', 'end'])).toEqual([{ text: whole }, { text: 'end' }]);
  expect(await read([...pieces, '\n', 'end'], whole.length - 1)).toEqual([
    { tooLong: whole.length },
    { text: 'end' },
  ]);
});

test('a character that the end of the input cuts off is replaced, not lost', async () => {
  expect(await read([Buffer.from('a\nü').subarray(0, 3)])).toEqual([{ text: 'a' }, { text: '\ufffd' }]);
});

test('an end of the input without a line end ends the last line', async () => {
  expect(await read(['a\nb'])).toEqual([{ text: 'a' }, { text: 'b' }]);
  expect(await read(['a\n', ''])).toEqual([{ text: 'a' }]);
  expect(await read(['x'.repeat(11)], 10)).toEqual([{ tooLong: 11 }]);
});

test('a stream is paused at its second chunk while no line is requested, and read again with the next', async () => {
  const stream = new PassThrough();
  const lines = readLines(stream);
  stream.write('a\n');
  await turn();
  const after = [stream.isPaused()];
  stream.write('b\n');
  await turn();
  after.push(stream.isPaused());
  stream.write('c\n');
  await turn();
  for (const line of ['a', 'b', 'c']) expect((await lines.next()).value).toEqual({ text: line });
  expect(after).toEqual([false, true]);
});

test.each([
  ['ends', (stream: PassThrough) => stream.end()],
  ['is closed', (stream: PassThrough) => stream.destroy()],
])('a stream that %s ends the lines', async (_, stop) => {
  const stream = new PassThrough({ autoDestroy: false });
  const lines = readLines(stream);
  const rest = lines.next();
  stop(stream);
  expect(await rest).toEqual({ value: undefined, done: true });
});

test('a line that a closed stream cut off is left out: it could be another line', async () => {
  const stream = new PassThrough();
  const lines = readLines(stream);
  stream.write('!ip 192.0.2.10\n!ip 192.0.2.1');
  expect((await lines.next()).value).toEqual({ text: '!ip 192.0.2.10' });
  stream.destroy();
  expect(await lines.next()).toEqual({ value: undefined, done: true });
});

test.each([
  ['has ended', (stream: PassThrough) => stream.end().resume()],
  ['is destroyed', (stream: PassThrough) => stream.destroy()],
])('a stream that %s before it is read has no lines', async (_, stop) => {
  const stream = new PassThrough({ autoDestroy: false });
  stop(stream);
  await turn();
  expect(await readLines(stream).next()).toEqual({ value: undefined, done: true });
});

test('lines before an error of the stream are read, then the error is thrown', async () => {
  async function* broken() {
    yield 'a\nb';
    throw new Error('the pipe broke');
  }
  const lines = readLines(Readable.from(broken()));
  expect((await lines.next()).value).toEqual({ text: 'a' });
  await expect(lines.next()).rejects.toThrow('the pipe broke');
});

test.each([
  ['ends and stays open', (stream: Readable) => void stream.push(null)],
  ['is closed before its end', (stream: Readable) => void stream.destroy()],
])('a stream that %s has no more lines', async (_, finish) => {
  const stream = new Readable({ autoDestroy: false, read() {} });
  const lines = readLines(stream);
  stream.push('a\n');
  expect(await lines.next()).toEqual({ value: { text: 'a' }, done: false });
  const last = lines.next();
  finish(stream);
  expect(await last).toEqual({ value: undefined, done: true });
});

test('a reader that stops closes the stream', async () => {
  expect(await readLines(Readable.from(['a\nb\n'])).return?.()).toEqual({ value: undefined, done: true });
  const stream = Readable.from(['a\nb\n']);
  const lines = readLines(stream);
  expect((await lines.next()).value).toEqual({ text: 'a' });
  expect(await lines.return?.()).toEqual({ value: undefined, done: true });
  expect(stream.destroyed).toBe(true);
});
