import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { BOUNDS } from '../base/bounds';
import type { MemoryBudget } from '../base/memory-budget';

/** Thrown when a response is cut for its size. */
export class TooLarge extends Error {
  readonly code = 'RESPONSE_TOO_LARGE';
}

/**
 * Reads the text of a body (UTF-8). Bytes are counted as they arrive, so that what is refused is never kept.
 * @throws TooLarge above `BOUNDS.responseBytes`; PluginError TOO_LARGE above the budget; the stream's own error where it breaks
 * off or cannot be decompressed.
 */
export async function readBody(stream: Readable, memory?: MemoryBudget): Promise<string> {
  const decoder = new StringDecoder('utf8');
  let text = '';
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BOUNDS.responseBytes) throw new TooLarge();
    memory?.take(chunk.length);
    text += decoder.write(chunk);
  }
  return (text + decoder.end()).replace(/^\uFEFF/, '');
}
