/** Decodes UTF-8, or UTF-16 by its byte order mark or by the zero bytes of its first characters. */
export async function* decode(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let first = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (decoder !== undefined) {
      yield decoder.decode(chunk, { stream: true });
      continue;
    }
    first = Buffer.concat([first, chunk]);
    if (first.length < 4) continue;
    decoder = new TextDecoder(encodingOf(first));
    yield decoder.decode(first, { stream: true });
  }
  decoder ??= new TextDecoder(encodingOf(first));
  yield decoder.decode(first.length < 4 ? first : new Uint8Array());
}

function encodingOf([one, two, three, four]: Uint8Array): string {
  if ((one === 0xff && two === 0xfe) || (one !== 0 && two === 0 && three !== 0 && four === 0))
    return 'utf-16le';
  if ((one === 0xfe && two === 0xff) || (one === 0 && two !== 0 && three === 0 && four !== 0))
    return 'utf-16be';
  return 'utf-8';
}
