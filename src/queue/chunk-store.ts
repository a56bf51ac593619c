import { createHash } from 'node:crypto';

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

/** Rows of one chunk: so few that a killed worker costs few requests twice, so many that Redis has few jobs. */
export const CHUNK_ROWS = 200;

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
