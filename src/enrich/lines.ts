/** The lines of a text that are not blank, without what stands around them; a byte order mark is no part of the first. */
export async function* lines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    yield* parts.map(trimmed).filter(isSaid);
  }
  yield* [trimmed(rest)].filter(isSaid);
}

/** `trim` takes a byte order mark for a blank. */
function trimmed(line: string): string {
  return line.trim();
}

function isSaid(line: string): boolean {
  return line !== '';
}
