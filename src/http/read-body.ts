import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** An answer larger than this is refused: 64 MiB, counted after decompression. */
export const MAX_BYTES = 64 * 1024 * 1024;

/** Thrown when an answer is cut for its size. */
export class TooLarge extends Error {
  readonly code = 'ANSWER_TOO_LARGE';
}

/**
 * The text of a body (UTF-8). Bytes are counted as they come, so that what is refused is never held.
 * @throws TooLarge; the stream's own error where it breaks off or cannot be unpacked.
 */
export async function readBody(stream: Readable): Promise<string> {
  const decoder = new StringDecoder('utf8');
  let text = '';
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new TooLarge();
    text += decoder.write(chunk);
  }
  return (text + decoder.end()).replace(/^\uFEFF/, '');
}
