import { Readable } from 'node:stream';
import { readBody } from '../../src/http/axios-transport';

function stream(...chunks: readonly Buffer[]): Readable {
  return Readable.from(chunks);
}

test('a character that comes in two parts is whole', async () => {
  const bytes = Buffer.from('{"title":"Bücher"}');
  const cut = bytes.indexOf('ü') + 1;
  expect(await readBody(stream(bytes.subarray(0, cut), bytes.subarray(cut)))).toBe('{"title":"Bücher"}');
});

test('a byte order mark is not part of the text', async () => {
  expect(await readBody(stream(Buffer.from([0xef, 0xbb]), Buffer.from([0xbf, 0x7b, 0x7d])))).toBe('{}');
});

test('replaces a truncated character at the end of a body with U+FFFD', async () => {
  expect(await readBody(stream(Buffer.from('Bücher').subarray(0, 2)))).toBe('B\ufffd');
});

test('rejects a body that ends before its end', async () => {
  const truncated = new Readable({ read() {} });
  const body = readBody(truncated);
  truncated.push('{"title":');
  truncated.destroy();
  await expect(body).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
});

test('reads no further than a memory budget allows', async () => {
  const endless = new Readable({
    read() {
      this.push('{');
    },
  });
  const taken: number[] = [];
  const take = (bytes: number) => {
    if (taken.push(bytes) > 3) throw new Error('full');
  };
  await expect(readBody(endless, { take })).rejects.toThrow('full');
  expect(endless.destroyed).toBe(true);
});
