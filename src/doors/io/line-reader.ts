import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { BOUNDS } from '../../base/bounds';

/** A line, or the fact that one was longer than it may be. */
export type Line = ({ readonly text: string } | { readonly tooLong: number }) & {
  /** Number of empty lines before it, which are left out; 0 by default. */
  readonly emptyBefore?: number;
};

/** Chunks that wait before the stream is paused: pausing it for each one would take longer than splitting it. */
const AHEAD = 2;

/**
 * Splits a stream into lines and keeps no more than the longest allowed one in memory; a longer line costs one error response. Reading
 * by events takes half as long as an async generator over the stream. Empty lines are left out,
 * and so is the beginning of a line that a closed stream cut off. One caller requests one line at a time.
 * @throws the stream's error, from `next`
 */
export function readLines(stream: Readable, longest: number = BOUNDS.line): AsyncIterableIterator<Line> {
  const decoder = new StringDecoder();
  const chunks: string[] = [];
  let chunk = '';
  let from = 0;
  let parts: string[] = [];
  let length = 0;
  let empty = 0;
  let failure: { readonly error: unknown } | undefined;
  let hasEnded = stream.readableEnded;
  let isClosed = stream.destroyed;
  let wake = () => {};

  stream.on('data', (bytes: Buffer | string) => {
    chunks.push(decoder.write(bytes));
    if (chunks.length >= AHEAD) stream.pause();
    wake();
  });
  stream.on('error', (error) => {
    failure = { error };
    wake();
  });
  stream.on('end', () => {
    hasEnded = true;
    wake();
  });
  stream.on('close', () => {
    isClosed = true;
    wake();
  });

  function add(text: string): void {
    length += text.length;
    if (length <= longest) parts.push(text);
  }

  function take(): Line {
    const text = parts.join('');
    const line: Line = text.length < length ? { tooLong: length } : { text };
    const emptyBefore = empty;
    empty = 0;
    parts = [];
    length = 0;
    return emptyBefore === 0 ? line : { ...line, emptyBefore };
  }

  /** The next line of the chunks that are here. */
  function nextLine(): Line | undefined {
    for (;;) {
      let end = chunk.indexOf('\n', from);
      // Fast path: millions of empty lines take no turn each.
      for (; end === from && length === 0; end = chunk.indexOf('\n', from)) {
        empty += 1;
        from += 1;
      }
      add(chunk.slice(from, end < 0 ? undefined : end));
      if (end >= 0) {
        from = end + 1;
        return take();
      }
      const next = chunks.shift();
      chunk = next ?? '';
      from = 0;
      if (next === undefined) return undefined;
    }
  }

  /** Resolves when a chunk, the end or an error is here. */
  function more(): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
      stream.resume();
    });
  }

  return {
    async next() {
      for (;;) {
        const line = nextLine();
        if (line !== undefined) return { value: line, done: false };
        if (failure !== undefined) throw failure.error;
        if (hasEnded && length > 0) return { value: take(), done: false };
        if (hasEnded || isClosed) return { value: undefined, done: true };
        await more();
      }
    },
    async return() {
      stream.destroy();
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
