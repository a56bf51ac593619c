import { readLines } from '../../../src/doors/serve/line-reader';

async function read(chunks: Iterable<Uint8Array | string>, longest?: number): Promise<unknown[]> {
  async function* input() {
    yield* chunks;
  }
  const lines: unknown[] = [];
  for await (const line of readLines(input(), longest)) lines.push(line);
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
    { text: '' },
    { text: '' },
    { tooLong: 11 },
    { text: 'end' },
  ]);
});

test('an end of the input without a line end ends the last line', async () => {
  expect(await read(['a\nb'])).toEqual([{ text: 'a' }, { text: 'b' }]);
  expect(await read(['a\n', ''])).toEqual([{ text: 'a' }]);
  expect(await read(['x'.repeat(11)], 10)).toEqual([{ tooLong: 11 }]);
});
