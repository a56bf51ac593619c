import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { BOUNDS } from '../../base/bounds';

/** A line, or the fact that one was longer than it may be. */
export type Line = ({ readonly text: string } | { readonly tooLong: number }) & {
  /** Number of blank lines before it, which are left out; 0 by default. */
  readonly emptyBefore?: number;
};

/** Chunks that wait before the stream is paused: pausing it for each one would take longer than splitting it. */
const AHEAD = 2;

/** Pieces of a line that are joined at a time: millions of small ones in one list would take ten times the memory of the line. */
const PIECES = 1_000;

const NEWLINE = 10;
/** Characters of a blank line: a tab, a carriage return and a space. */
const BLANKS: ReadonlySet<number> = new Set([9, 13, 32]);

/**
 * Splits a stream into lines and keeps no more than the longest allowed one in memory; a longer line costs one error response. Reading
 * by events takes half as long as an async generator over the stream. Blank lines are left out,
 * and so is the beginning of a line that a closed stream cut off. One caller requests one line at a time.
 * @throws the stream's error, from `next`
 */
export function readLines(stream: Readable, longest: number = BOUNDS.line): AsyncIterableIterator<Line> {
  const decoder = new StringDecoder();
  const chunks: string[] = [];
  let chunk = '';
  let from = 0;
  let parts: string[] = [];
  let pieces: string[] = [];
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
    // The first bytes of a character that is cut off.
    chunks.push(decoder.end());
    hasEnded = true;
    wake();
  });
  stream.on('close', () => {
    isClosed = true;
    wake();
  });

  function add(text: string): void {
    length += text.length;
    pieces.push(text);
    if (length > longest) {
      parts = [];
      pieces = [];
    } else if (pieces.length === PIECES) {
      parts.push(pieces.join(''));
      pieces = [];
    }
  }

  /** Ends the line. @returns undefined for a blank one */
  function take(): Line | undefined {
    const text = parts.concat(pieces).join('');
    const line: Line = length > longest ? { tooLong: length } : { text };
    parts = [];
    pieces = [];
    length = 0;
    if ('text' in line && text.trim() === '') {
      empty += 1;
      return undefined;
    }
    const emptyBefore = empty;
    empty = 0;
    return emptyBefore === 0 ? line : { ...line, emptyBefore };
  }

  /** Fast path: millions of blank lines take no turn each. */
  function skipBlankLines(): void {
    if (length > 0) return;
    for (let at = from; at < chunk.length; at += 1) {
      const code = chunk.charCodeAt(at);
      if (code === NEWLINE) {
        empty += 1;
        from = at + 1;
      } else if (!BLANKS.has(code)) return;
    }
  }

  /** The next line of the chunks that are here. */
  function nextLine(): Line | undefined {
    for (;;) {
      skipBlankLines();
      const end = chunk.indexOf('\n', from);
      add(chunk.slice(from, end < 0 ? undefined : end));
      if (end >= 0) {
        from = end + 1;
        const line = take();
        if (line !== undefined) return line;
        continue;
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
        const last = hasEnded && length > 0 ? take() : undefined;
        if (last !== undefined) return { value: last, done: false };
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
