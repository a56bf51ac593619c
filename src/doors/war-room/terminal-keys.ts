import { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** The reader of the keys of a terminal. */
interface KeyReader {
  /** Characters that are typed or pasted. */
  text(text: string): void;
  /** A control character or the sequence of a key, in front of which all characters were reported. */
  key(sequence: string): void;
}

/** Text without control characters, or a tab; a tab at the end of what was typed is a key. */
const TEXT = /[^\p{Cc}]+|\t(?!$)/u;
/** What a terminal sends for a key other than a character, and around a paste. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: keys are control characters
const SEQUENCE = /\u001b{1,2}(?:\[\[?[\d;]{0,8}[^\d;\p{Cc}]?|O\d?[^\d\p{Cc}]?|[^\p{Cc}])?/u;
const TOKENS = new RegExp(`(?<text>${TEXT.source})|${SEQUENCE.source}|\\p{Cc}`, 'gu');
/** The beginning of a sequence that the next chunk continues. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: keys are control characters
const CUT_OFF = /\u001b(?:\[\[?[\d;]{0,8}|O\d?)?$/;

/** Separates the characters that a terminal sends from its keys. @returns how to read one chunk */
export function splitKeys(reader: KeyReader): (chunk: Buffer | string) => void {
  const decoder = new StringDecoder();
  let before = '';
  return (chunk) => {
    const added = typeof chunk === 'string' ? chunk : decoder.write(chunk);
    const all = before + added;
    let reported = before.length;
    before = CUT_OFF.exec(all.slice(-16))?.[0] ?? '';
    for (const { 0: token, groups } of all.matchAll(TOKENS)) {
      const rest = reported === 0 ? token : token.slice(reported);
      reported = Math.max(0, reported - token.length);
      if (groups?.text !== undefined) reader.text(rest);
      else if (rest !== '') reader.key(rest);
    }
  };
}

/** An input for readline that gets keys one by one and sets the mode of the terminal behind it. */
export class Keys extends Readable {
  readonly isTTY = true;

  constructor(private readonly terminal: NodeJS.ReadStream) {
    super();
  }

  get isRaw(): boolean {
    return this.terminal.isRaw;
  }

  setRawMode(mode: boolean): this {
    this.terminal.setRawMode?.(mode);
    return this;
  }

  /** Reports a key at once: characters that follow it go to readline by another path. */
  press(sequence: string): void {
    this.emit('data', sequence);
  }

  override _read(): void {}
}
