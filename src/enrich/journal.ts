import { open, readFile } from 'node:fs/promises';
import { isRecord, parseJson } from '../base/json';

/** How far the work is: rows of input, bytes of output, and a fingerprint of those rows. */
export interface Done {
  readonly rows: number;
  readonly bytes: number;
  readonly print: string;
}

export const NOTHING: Done = { rows: 0, bytes: 0, print: '' };

/** What the work was begun with. */
export interface Beginning {
  readonly format: string;
  /** ISO 8601. */
  readonly started: string;
}

/**
 * What stands in a journal: a JSON line when the work begins, and one for each step. A process that is killed leaves at worst half a
 * line, which does not count; undefined where not even the first is whole.
 */
export async function readJournal(file: string): Promise<(Beginning & { readonly done: Done }) | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const whole = text.split('\n').slice(0, -1).map(parseJson);
  const beginning = whole.find(isBeginning);
  return beginning === undefined ? undefined : { ...beginning, done: whole.findLast(isDone) ?? NOTHING };
}

/** A journal that can be added to. */
export interface Journal {
  note(done: Done): Promise<void>;
  close(): Promise<void>;
}

export async function beginJournal(file: string, beginning: Beginning): Promise<Journal> {
  const handle = await open(file, 'w');
  const note = (value: object) => handle.appendFile(`${JSON.stringify(value)}\n`);
  await note(beginning);
  return { note, close: () => handle.close() };
}

/** Goes on behind what is there, half a line included. */
export async function continueJournal(file: string): Promise<Journal> {
  const handle = await open(file, 'a');
  await handle.appendFile('\n');
  return { note: (done) => handle.appendFile(`${JSON.stringify(done)}\n`), close: () => handle.close() };
}

function isBeginning(value: unknown): value is Beginning {
  return isRecord(value) && typeof value.format === 'string' && typeof value.started === 'string';
}

function isDone(value: unknown): value is Done {
  return (
    isRecord(value) &&
    typeof value.rows === 'number' &&
    typeof value.bytes === 'number' &&
    typeof value.print === 'string'
  );
}
