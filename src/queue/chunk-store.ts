import { createHash, randomUUID } from 'node:crypto';
import { PluginError } from '../base/errors';
import { parseJson } from '../base/json';

/** A range of the stored input, in bytes: `[start, end)`. */
export interface ChunkRange {
  readonly start: number;
  readonly end: number;
}

/** The input of a job once it is stored. */
export interface StoredInput {
  /** The name of the input in its store: two submissions never share one. */
  readonly input: string;
  /** Identifies the observables and their order: 16 hexadecimal digits of SHA-256. */
  readonly hash: string;
  readonly rows: number;
  readonly chunks: readonly ChunkRange[];
}

/** The store for the input and the rows of a job; every worker of the job can reach it. */
export interface ChunkStore {
  writeInput(source: AsyncIterable<string>): Promise<StoredInput>;
  hasInput(input: string): Promise<boolean>;
  /** @throws PluginError ARGUMENT_INVALID when the input is gone */
  readInput(input: string, range: ChunkRange): Promise<string[]>;
  /** Stores the rows of a chunk as a whole: a reader never sees half of them. */
  writeRows(input: string, index: number, text: string): Promise<void>;
  /** @throws PluginError ARGUMENT_INVALID when they are gone */
  readRows(input: string, index: number): Promise<string>;
  /** Removes an input and its rows. */
  remove(input: string): Promise<void>;
}

/** A name for a new input. */
export function newInputName(): string {
  return `input-${randomUUID()}.ndjson`;
}

/** The name of the rows of one chunk. It starts with that of the input, since jobs with equal lists may share a folder. */
export function rowsName(input: string, index: number): string {
  return `${input}-${String(index).padStart(8, '0')}.rows`;
}

/** The rows of a finished job in the order of its input, chunk by chunk. */
export async function* rowsOf(
  store: ChunkStore,
  { input, chunks }: { readonly input: string; readonly chunks: number },
): AsyncGenerator<string> {
  for (let index = 0; index < chunks; index++) yield await store.readRows(input, index);
}

/** The observables of a stored input, in their order. */
export async function* storedInputs(
  store: ChunkStore,
  { input, chunks }: StoredInput,
): AsyncGenerator<string> {
  for (const range of chunks) yield* await store.readInput(input, range);
}

/** Rows in one chunk: few enough that a killed worker repeats few requests, enough that Redis has few jobs. */
export const CHUNK_ROWS = 200;

/** The number of rows in a chunk of an input with this many rows. */
export function rowsInChunk(rows: number, index: number): number {
  return Math.min(CHUNK_ROWS, rows - index * CHUNK_ROWS);
}

/** Writes observables as JSON strings, one per line, and cuts them into chunks. */
export async function storeLines(
  source: AsyncIterable<string>,
  write: (text: string) => Promise<unknown>,
): Promise<Omit<StoredInput, 'input'>> {
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

/** The observables in a stored range of an input. @throws PluginError as `storedLines` */
export function storedInput(text: string): string[] {
  return storedLines(text, (value): value is string => typeof value === 'string', 'input');
}

/** The values of stored lines. @throws PluginError STATE_UNAVAILABLE if a line was changed or cut since it was stored */
export function storedLines<Value>(
  text: string,
  isValid: (value: unknown) => value is Value,
  what: 'input' | 'rows',
): Value[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const value = parseJson(line);
      if (isValid(value)) return value;
      throw damaged(what);
    });
}

export function damaged(what: 'input' | 'rows'): PluginError {
  return new PluginError(
    'STATE_UNAVAILABLE',
    `The stored ${what} of this job cannot be read: a line was changed or cut.`,
    {
      hint: 'Check that nothing else writes to the place of the job, then run `mdti jobs clean NAME` and submit the list again.',
    },
  );
}
