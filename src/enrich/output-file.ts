import { createHash } from 'node:crypto';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemClock } from '../base/clock';
import { isSystemError, writeAll } from '../state/files';
import { type Held, hasOnlyLockFiles, withLock } from '../state/lock';
import { duplicateFilter } from './formats/duplicate-filter';
import { FORMATS, type FormatName } from './formats/format';
import {
  beginJournal,
  canBegin,
  continueJournal,
  type Journal,
  type JournalStep,
  NO_PROGRESS,
  readJournal,
} from './journal';
import {
  busy,
  foreign,
  mismatched,
  notFile,
  occupied,
  otherFormat,
  systemFailure,
  unwritable,
} from './output-errors';
import type { EnrichFormat } from './row';

/** The output for enriched rows, in their order. */
export interface EnrichOutput {
  /** The rows that an earlier, unfinished run wrote. */
  readonly done: JournalStep;
  /** Start of the work, in an earlier run or in this one; ISO 8601. */
  readonly started: string;
  /**
   * Takes the text of some rows; ready for more when it resolves.
   * @param rows number of input rows that are complete with them
   * @param failed numbers of rows that are left for the end
   * @param withoutResult number of rows in the text that were refused or failed
   */
  put(
    text: string,
    rows: number,
    inputHash: string,
    failed?: readonly number[],
    withoutResult?: number,
  ): Promise<void>;
  /** @param complete all rows are written; a file to which no row was written is removed otherwise */
  close(complete: boolean): Promise<void>;
}

/**
 * A stream, which cannot be resumed.
 * @param write ready for more when it resolves
 */
export async function streamOutput(
  write: (text: string) => Promise<void>,
  name: FormatName,
  started: string,
): Promise<EnrichOutput> {
  const format: EnrichFormat = FORMATS[name];
  await write(format.head);
  const repeats = format.once ? duplicateFilter(format.head) : undefined;
  return {
    done: NO_PROGRESS,
    started,
    put: (text) => write(repeats?.filter(text) ?? text),
    close: (complete) => write(complete ? format.foot(repeats?.digest()) : ''),
  };
}

/** Bytes before the end of the output that its journal keeps a fingerprint of. */
const TAIL = 4096;

/** Milliseconds that a second run waits for the first one to finish. */
const LOCK_WAIT = 300;

/**
 * A file with a journal beside it (`FILE.journal`) until the work is complete. Where a journal is found, the work resumes after
 * its last step. Only one process writes to a file at a time. A run that wrote no row leaves no file.
 * @throws PluginError ARGUMENT_INVALID for a file that contains something else or that another run writes to, CONFIG_INVALID where it
 * cannot be written
 */
export async function fileOutput(file: string, name: FormatName, now: string): Promise<EnrichOutput> {
  const lock = await lockOutput(file);
  try {
    const output = await lockedOutput(file, name, now);
    return {
      ...output,
      async put(...given) {
        if (!(await lock.isOurs().catch(systemFailure(file)))) throw busy(file);
        await output.put(...given).catch(systemFailure(file));
      },
      close: async (complete) => {
        let failure: unknown;
        const isOurs = await lock.isOurs().catch((error: unknown) => {
          failure = error;
          return false;
        });
        await output
          .close(complete && isOurs, !isOurs)
          .catch(systemFailure(file))
          .finally(lock.release);
        if (complete && failure !== undefined) systemFailure(file)(failure);
        if (complete && !isOurs) throw busy(file);
      },
    };
  } catch (error) {
    await lock.release();
    throw isSystemError(error) ? unwritable(file, error) : error;
  }
}

interface LockedOutput extends Omit<EnrichOutput, 'close'> {
  /** @param isLost another run has taken over the files */
  close(complete: boolean, isLost: boolean): Promise<void>;
}

async function lockedOutput(file: string, name: FormatName, now: string): Promise<LockedOutput> {
  const format: EnrichFormat = FORMATS[name];
  const repeats = format.once ? duplicateFilter(format.head) : undefined;
  const journalFile = `${file}.journal`;
  const found = await readJournal(journalFile);
  if (found === undefined && !(await canBegin(journalFile))) throw foreign(journalFile);
  const before = await stat(file).catch(() => undefined);
  if (before !== undefined && !before.isFile() && !before.isDirectory()) throw notFile(file);
  const output = await open(file, before === undefined ? 'w+' : 'r+');
  let openJournal: Journal | undefined;
  let isOwn = false;

  /** Leaves what was there before a run that wrote no row. */
  async function discard(): Promise<void> {
    if (before === undefined) await rm(file);
    else await output.truncate(0);
    if (openJournal !== undefined) await rm(journalFile);
  }

  try {
    const { size, ino: inode } = await output.stat();
    if (found === undefined && size > 0) throw occupied(file, name);
    if (found !== undefined && !(await isOurs(output, size, inode, found)))
      throw mismatched(file, journalFile);
    // An attempt that wrote no row yet does not bind the next one to its format.
    const isEmpty = found === undefined || found.done.rows === 0;
    if (!isEmpty && found.format !== name) throw otherFormat(file, found.format);
    isOwn = isEmpty;
    if (isEmpty && found !== undefined) await rm(journalFile);
    // Also without a row: the responses that the earlier run had cached are of this work.
    const started = found?.started ?? now;
    const journal = isEmpty
      ? await beginJournal(journalFile, { format: name, started, inode })
      : await continueJournal(journalFile);
    openJournal = journal;
    let done = isEmpty ? NO_PROGRESS : found.done;
    let recent = await bytesBefore(output, done.bytes);
    await output.truncate(done.bytes);
    await repeats?.readExisting(output, done.bytes);

    async function append(text: string): Promise<Pick<JournalStep, 'bytes' | 'tail'>> {
      const bytes = Buffer.from(text);
      await writeAll(output, bytes, done.bytes);
      recent = Buffer.concat([recent, bytes]).subarray(-TAIL);
      return { bytes: done.bytes + bytes.length, tail: hashOf(recent) };
    }

    if (done.bytes === 0) done = { ...done, ...(await append(format.head)) };
    return {
      done,
      started,
      async put(text, rows, inputHash, failed = [], withoutResult = 0) {
        const appended = await append(repeats?.filter(text) ?? text);
        done = {
          rows: done.rows + rows,
          inputHash,
          ...appended,
          failed,
          withoutResult: (done.withoutResult ?? 0) + withoutResult,
        };
        await journal.append(done);
      },
      async close(complete, isLost) {
        try {
          if (complete) await append(format.foot(repeats?.digest()));
          else if (done.rows === 0 && !isLost) await discard().catch(() => {});
        } finally {
          await output.close().finally(() => journal.close());
        }
        if (complete) await rm(journalFile);
      },
    };
  } catch (error) {
    if (isOwn || before === undefined) await discard().catch(() => {});
    await output.close().catch(() => {});
    await openJournal?.close().catch(() => {});
    throw error;
  }
}

/** Whether the file is the one of the journal: content that is not ours must not be lost. */
async function isOurs(
  output: FileHandle,
  size: number,
  inode: number,
  found: { readonly inode: number; readonly done: JournalStep },
): Promise<boolean> {
  const { done } = found;
  if (done.bytes === 0) return size === 0 || inode === found.inode;
  return hashOf(await bytesBefore(output, done.bytes)) === done.tail;
}

async function bytesBefore(output: FileHandle, end: number): Promise<Buffer<ArrayBuffer>> {
  const length = Math.min(TAIL, end);
  const { buffer, bytesRead } = await output.read(Buffer.alloc(length), 0, length, end - length);
  return Buffer.from(buffer.subarray(0, bytesRead));
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
}

interface OutputLock extends Pick<Held, 'isOurs'> {
  release(): Promise<void>;
}

/** Holds `FILE.lock` until it is released. A lock of a killed process does not count. */
async function lockOutput(file: string): Promise<OutputLock> {
  const folder = `${file}.lock`;
  await stat(dirname(file)).catch((error: unknown) => {
    throw unwritable(file, error);
  });
  if (!(await hasOnlyLockFiles(folder))) throw foreign(folder);
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const waiting = AbortSignal.timeout(LOCK_WAIT);
  return new Promise((resolve, reject) => {
    const hold = async ({ isOurs }: Held) => {
      resolve({
        isOurs,
        async release() {
          release();
          await work.catch(() => {});
        },
      });
      await released;
    };
    const work = withLock(folder, systemClock, waiting, hold, 'remove the folder');
    work.catch((error: unknown) => reject(error === waiting.reason ? busy(file) : unwritable(file, error)));
  });
}
