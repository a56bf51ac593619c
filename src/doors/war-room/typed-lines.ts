import { type Completer, createInterface, type Interface } from 'node:readline';
import type { Line } from '../io/line-reader';
import { Keys, splitKeys } from './terminal-keys';

/** Length from which pasted text is collected: drawing a long line for every few characters takes quadratic time. */
const LONG = 2_000;
/** Milliseconds that characters of a long line wait for more of them. */
const COLLECTED = 50;
const CTRL_C = '\u0003';

interface TypedLinesOptions {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly completer: Completer;
  readonly history: string[];
  /** Characters of the longest line. */
  readonly longest: number;
}

/** The lines that are typed or pasted in a terminal. */
export interface TypedLines {
  readonly editor: Interface;
  /** The next line, or undefined when the input has ended. A line that is too long is reported before it ends. */
  next(): Promise<Line | undefined>;
  /** Forgets the line that is typed and the lines that wait. @returns the number of lines that waited */
  drop(): number;
}

/**
 * Reads lines with readline. The input is read even while lines wait, so that Ctrl-C arrives; pasted text is inserted at once, and
 * the part of a line that exceeds the bound never gets to readline.
 */
export function openTypedLines({ input, output, longest, ...options }: TypedLinesOptions): TypedLines {
  const keys = new Keys(input);
  const editor = createInterface({ ...options, input: keys, output, terminal: true });
  let waiting: Line[] = [];
  let collected = '';
  let timer: NodeJS.Timeout | undefined;
  let isDropping = false;
  let isClosed = false;
  let wake = () => {};

  function add(line: Line): void {
    waiting.push(line);
    wake();
  }

  function clear(): void {
    collected = '';
    // Keys that clear the line would draw the prompt once more, in front of the next sentence.
    Object.assign(editor, { line: '', cursor: 0, prevRows: 0 });
  }

  function insert(): void {
    clearTimeout(timer);
    timer = undefined;
    const text = collected;
    collected = '';
    if (text !== '' && !isClosed) editor.write(text);
  }

  const read = splitKeys({
    text(text) {
      if (isDropping) return;
      collected += text;
      const { length } = editor.line;
      if (length + collected.length > longest) {
        isDropping = true;
        add({ tooLong: length + collected.length });
        clear();
      } else if (length < LONG || collected.length > length) insert();
      else timer = timer?.refresh() ?? setTimeout(insert, COLLECTED);
    },
    key(sequence) {
      const wasDropping = isDropping;
      if (sequence === '\r' || sequence === '\n' || sequence === CTRL_C) isDropping = false;
      if (wasDropping && sequence !== CTRL_C) return;
      insert();
      keys.press(sequence);
    },
  });

  function end(): void {
    insert();
    keys.emit('end');
  }

  input.on('data', read);
  input.once('end', end);
  // The terminal is gone.
  input.on('error', end);
  editor.on('pause', () => input.pause());
  editor.on('resume', () => input.resume());
  editor.on('SIGCONT', () => editor.resume());
  editor.on('line', (text) => add({ text }));
  editor.on('close', () => {
    isClosed = true;
    clearTimeout(timer);
    input.off('data', read).off('end', end);
    wake();
  });
  return {
    editor,
    async next() {
      // Keys are read between two lines that wait.
      await new Promise(setImmediate);
      while (waiting.length === 0 && !isClosed)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      return waiting.shift();
    },
    drop() {
      const { length } = waiting;
      waiting = [];
      clear();
      return length;
    },
  };
}
