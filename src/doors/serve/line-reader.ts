import { StringDecoder } from 'node:string_decoder';
import { BOUNDS } from '../../base/bounds';

/** A line, or the fact that one was longer than it may be. */
export type Line = { readonly text: string } | { readonly tooLong: number };

/** Splits bytes into lines and keeps no more than the longest allowed one in memory; a longer line costs one error response. */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array | string>,
  longest: number = BOUNDS.line,
): AsyncGenerator<Line> {
  const decoder = new StringDecoder();
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const text = decoder.write(chunk);
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      add(text.slice(from, end));
      yield take();
      from = end + 1;
    }
    add(text.slice(from));
  }
  if (length > 0) yield take();

  function add(text: string): void {
    length += text.length;
    if (length <= longest) parts.push(text);
  }

  function take(): Line {
    const text = parts.join('');
    const line = text.length < length ? { tooLong: length } : { text };
    parts = [];
    length = 0;
    return line;
  }
}
