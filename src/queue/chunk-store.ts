import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PluginError } from '../base/errors';
import { isSystemError } from '../state/files';

/** A range of the stored input, in bytes: `[start, end)`. */
export interface ChunkRange {
  readonly start: number;
  readonly end: number;
}

/** The input of a job once it is stored. */
export interface StoredInput {
  /** Identifies the observables and their order: 16 hexadecimal digits of SHA-256. */
  readonly hash: string;
  readonly rows: number;
  readonly chunks: readonly ChunkRange[];
}

/** Where the input and the rows of a job are; every worker of the job reaches it. */
export interface ChunkStore {
  writeInput(source: AsyncIterable<string>): Promise<StoredInput>;
  /** @throws PluginError ARGUMENT_INVALID when the input is gone */
  readInput(range: ChunkRange): Promise<string[]>;
  /** Stores the rows of a chunk as a whole: a reader never sees half of them. */
  writeRows(index: number, text: string): Promise<void>;
  /** @throws PluginError ARGUMENT_INVALID when they are gone */
  readRows(index: number): Promise<string>;
  hasRows(index: number): Promise<boolean>;
  remove(): Promise<void>;
}

/** Rows of one chunk: half a minute of work within a budget of 50 requests per second. */
export const CHUNK_ROWS = 1_000;

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** Opens the store that a job's location names: a folder, or a container of blobs. */
export async function openChunkStore(location: string, environment: NodeJS.ProcessEnv): Promise<ChunkStore> {
  if (!location.startsWith('blob:')) return folderChunkStore(location);
  return (await import('./blob-chunk-store')).blobChunkStore(location, environment);
}

/** Keeps a job in a folder that all workers reach, on a network file system for instance. */
export function folderChunkStore(folder: string): ChunkStore {
  const inputFile = join(folder, 'input.ndjson');
  const rowsFile = (index: number) => join(folder, `${String(index).padStart(8, '0')}.rows`);

  return {
    async writeInput(source) {
      await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
      const scratch = `${inputFile}.${process.pid}`;
      const handle = await open(scratch, 'w', FILE_MODE);
      try {
        const stored = await storeLines(source, (text) => handle.appendFile(text));
        await handle.sync();
        await rename(scratch, inputFile);
        return stored;
      } finally {
        await handle.close();
        await rm(scratch, { force: true });
      }
    },
    async readInput({ start, end }) {
      try {
        let text = '';
        for await (const piece of createReadStream(inputFile, { start, end: end - 1, encoding: 'utf8' }))
          text += piece;
        return linesOf(text);
      } catch (error) {
        throw isSystemError(error) ? gone(inputFile, error) : error;
      }
    },
    async writeRows(index, text) {
      const scratch = `${rowsFile(index)}.${process.pid}.${Math.random().toString(36).slice(2)}`;
      const handle = await open(scratch, 'w', FILE_MODE);
      try {
        await handle.writeFile(text);
        await handle.sync();
        await rename(scratch, rowsFile(index));
      } finally {
        await handle.close();
        await rm(scratch, { force: true });
      }
    },
    readRows: (index) =>
      readFile(rowsFile(index), 'utf8').catch((error: unknown) => {
        throw gone(rowsFile(index), error);
      }),
    hasRows: (index) =>
      access(rowsFile(index)).then(
        () => true,
        () => false,
      ),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Writes observables as JSON strings, one per line, and cuts them into chunks. */
export async function storeLines(
  source: AsyncIterable<string>,
  write: (text: string) => Promise<unknown>,
): Promise<StoredInput> {
  const hash = createHash('sha256');
  const chunks: ChunkRange[] = [];
  let rows = 0;
  let start = 0;
  let end = 0;
  let pending = '';
  async function flush(): Promise<void> {
    if (pending === '') return;
    hash.update(pending);
    await write(pending);
    chunks.push({ start, end });
    start = end;
    pending = '';
  }
  for await (const input of source) {
    const line = `${JSON.stringify(input)}\n`;
    pending += line;
    end += Buffer.byteLength(line);
    if (++rows % CHUNK_ROWS === 0) await flush();
  }
  await flush();
  return { hash: hash.digest('hex').slice(0, 16), rows, chunks };
}

export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as string);
}

function gone(file: string, cause: unknown): PluginError {
  return new PluginError('ARGUMENT_INVALID', `${file} of this job cannot be read.`, {
    hint: 'Check that every worker reaches the folder of the job; if it was deleted, cancel the job and submit it again.',
    cause,
  });
}
