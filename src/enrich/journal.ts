import { constants } from 'node:fs';
import { type FileHandle, lstat, open, rm } from 'node:fs/promises';
import { PluginError } from '../base/errors';
import { isCount, isRecord, parseJson } from '../base/json';
import { FILE_MODE, UNFOLLOWED, writeAll } from '../state/files';

/** The progress of a run. */
export interface JournalStep {
  readonly rows: number;
  /** Bytes of output that were really written. */
  readonly bytes: number;
  /** Fingerprint of the rows that were read. */
  readonly inputHash: string;
  /** Fingerprint of the last bytes of output (see `TAIL`). */
  readonly tail: string;
  /** Numbers of rows that failed and are not written yet. */
  readonly failed?: readonly number[];
  /** Number of written rows that were refused or failed, for the exit status of a run that resumes. */
  readonly withoutResult?: number;
}

export const NO_PROGRESS: JournalStep = { rows: 0, bytes: 0, inputHash: '', tail: '' };

/** The start conditions of a run. */
interface JournalHeader {
  readonly format: string;
  /** ISO 8601. */
  readonly started: string;
  /** Inode of the output file. */
  readonly inode: number;
}

/** The first characters of a journal. */
const START = '{"format":"';

/** The first line and the last complete step fit in this many bytes each. */
const PIECE = 64 * 1024;

/**
 * Reads the first line of a journal and its last complete step, whatever its length. A process that is killed leaves at worst half a
 * line, which does not count. Returns undefined if the first line is missing or incomplete.
 * @throws PluginError ARGUMENT_INVALID for a journal of another user, who could choose where the output continues
 */
export async function readJournal(
  file: string,
): Promise<(JournalHeader & { readonly done: JournalStep }) | undefined> {
  const handle = await open(file, constants.O_RDONLY | UNFOLLOWED).catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const found = await handle.stat();
    if (!found.isFile()) return undefined;
    if (process.getuid !== undefined && found.uid !== process.getuid()) throw otherUsers(file);
    const head = await piece(handle, 0, PIECE);
    const beginning = parseJson(head.slice(0, Math.max(0, head.indexOf('\n'))));
    if (!isHeader(beginning)) return undefined;
    const tail = await piece(handle, Math.max(0, found.size - PIECE), PIECE);
    const done = tail.split('\n').slice(0, -1).map(parseJson).findLast(isStep);
    return { ...beginning, done: done ?? NO_PROGRESS };
  } finally {
    await handle.close();
  }
}

/**
 * Returns whether a new file can be created at this path. Removes a file whose first line is incomplete: a killed run left it. Any other
 * file belongs to someone else.
 */
export async function canBegin(file: string): Promise<boolean> {
  const found = await lstat(file).catch(() => undefined);
  if (found === undefined) return true;
  if (!found.isFile() || found.size > PIECE) return false;
  const handle = await open(file, constants.O_RDONLY | UNFOLLOWED);
  const text = await handle.readFile('utf8').finally(() => handle.close());
  const isCut = !text.includes('\n') && (text.startsWith(START) || START.startsWith(text));
  if (isCut) await rm(file);
  return isCut;
}

function otherUsers(file: string): PluginError {
  return new PluginError('ARGUMENT_INVALID', `--out: ${file} belongs to another user.`, {
    hint: 'Name another output file, or continue as the user who started the run.',
  });
}

async function piece(handle: FileHandle, from: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, from);
  return buffer.toString('utf8', 0, bytesRead);
}

/** A journal that steps can be appended to: one JSON line when the work starts, and one for each step. */
export interface Journal {
  append(done: JournalStep): Promise<void>;
  close(): Promise<void>;
}

export async function beginJournal(file: string, beginning: JournalHeader): Promise<Journal> {
  const handle = await open(file, 'wx', FILE_MODE);
  return journalIn(handle, beginning).catch(async (error: unknown) => {
    await rm(file).catch(() => {});
    throw error;
  });
}

/** Appends to the existing text; the line break ends a line that was cut off. */
export async function continueJournal(file: string): Promise<Journal> {
  return journalIn(await open(file, constants.O_WRONLY | constants.O_APPEND | UNFOLLOWED), undefined);
}

async function journalIn(handle: FileHandle, beginning: JournalHeader | undefined): Promise<Journal> {
  const append = (text: string) => writeAll(handle, Buffer.from(text));
  try {
    await append(beginning === undefined ? '\n' : `${JSON.stringify(beginning)}\n`);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return { append: (done) => append(`${JSON.stringify(done)}\n`), close: () => handle.close() };
}

function isHeader(value: unknown): value is JournalHeader {
  return (
    isRecord(value) &&
    typeof value.format === 'string' &&
    typeof value.started === 'string' &&
    typeof value.inode === 'number'
  );
}

function isStep(value: unknown): value is JournalStep {
  return (
    isRecord(value) &&
    isCount(value.rows) &&
    isCount(value.bytes) &&
    typeof value.inputHash === 'string' &&
    typeof value.tail === 'string' &&
    (value.failed === undefined || (Array.isArray(value.failed) && value.failed.every(isCount))) &&
    (value.withoutResult === undefined || isCount(value.withoutResult))
  );
}
