import { BOUNDS } from '../base/bounds';

/**
 * The lines of a text that are not blank, without the blanks around them; a byte order mark is no part of the first. Of a line that
 * is longer than a cell may be, only the beginning is kept, which is then refused for its length.
 */
export async function* lines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let parts: string[] = [];
  let length = 0;
  const add = (text: string) => {
    if (length <= BOUNDS.cell) parts.push(text.slice(0, BOUNDS.cell + 1 - length));
    length += text.length;
  };
  // `trim` removes a byte order mark too.
  const take = () => {
    const line = parts.join('').trim();
    parts = [];
    length = 0;
    return line;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
      add(chunk.slice(from, end));
      from = end + 1;
      const line = take();
      if (line !== '') yield line;
    }
    add(chunk.slice(from));
  }
  const last = take();
  if (last !== '') yield last;
}
