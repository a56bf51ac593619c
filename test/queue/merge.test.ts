import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergeRows, requireContinuable } from '../../src/doors/queue/merge';
import { fileOutput } from '../../src/enrich/output-file';
import { CHUNK_ROWS } from '../../src/queue/chunk-store';
import { folderChunkStore } from '../../src/queue/folder-chunk-store';
import type { Job } from '../../src/queue/job';

const HASH = '0123456789abcdef';
const STARTED = '2026-11-21T00:00:00.000Z';

let folder: string;
let out: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'merge-'));
  out = join(folder, 'rows.ndjson');
});

afterEach(() => rmSync(folder, { recursive: true }));

const JOB: Job = {
  version: 3,
  name: 'nightly',
  tenant: 'contoso',
  hash: HASH,
  rows: CHUNK_ROWS + 1,
  chunks: 2,
  location: '',
  input: 'input-00000000-0000-4000-8000-000000000000.ndjson',
  started: STARTED,
  state: 'running',
};

function rowOf(input: string): string {
  return `${JSON.stringify({ input, type: 'domain', value: input, outcome: 'unknown' })}\n`;
}

/** The observables of the first chunk, which is full, and of both. */
const FIRST = Array.from({ length: CHUNK_ROWS }, (_, at) => `name-${at}.example`);
const ALL = [...FIRST, 'last.example'];

/** A job of two chunks whose rows are stored. */
async function storedJob() {
  const store = folderChunkStore(join(folder, 'job'));
  const texts = [FIRST.map(rowOf).join(''), rowOf('last.example')];
  await store.writeInput((async function* () {})());
  for (const [index, text] of texts.entries()) await store.writeRows(JOB.input, index, text);
  return store;
}

/** An output that was interrupted after these rows. */
async function begun(hash: string, failed: readonly number[] = []): Promise<void> {
  const output = await fileOutput(out, 'ndjson', STARTED);
  await output.put(FIRST.map(rowOf).join(''), CHUNK_ROWS, hash, failed);
  await output.close(false);
}

const inputs = () =>
  readFileSync(out, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).input);

test('rows of all chunks are written in their order', async () => {
  const counts = await mergeRows(JOB, await storedJob(), out, 'ndjson');
  expect(counts).toEqual({ found: 0, unknown: ALL.length, refused: 0, failed: 0 });
  expect(inputs()).toEqual(ALL);
  expect(existsSync(`${out}.journal`)).toBe(false);
});

test('a merge that was interrupted continues after the last chunk that it wrote', async () => {
  await begun(HASH);
  await requireContinuable(out, HASH, 'ndjson');
  const counts = await mergeRows(JOB, await storedJob(), out, 'ndjson');
  expect(counts).toEqual({ found: 0, unknown: ALL.length, refused: 0, failed: 0 });
  expect(inputs()).toEqual(ALL);
});

test('a merge continues with the journal of an earlier version, which did not count failed rows', async () => {
  await begun(HASH);
  const journal = readFileSync(`${out}.journal`, 'utf8');
  writeFileSync(`${out}.journal`, journal.replace(/,"failed":.*}/, '}'));
  await requireContinuable(out, HASH, 'ndjson');
  await mergeRows(JOB, await storedJob(), out, 'ndjson');
  expect(inputs()).toEqual(ALL);
});

test.each([
  ['of another list', 'fedcba9876543210', []],
  ['some of which failed and come last', HASH, [1]],
])('rows %s are rejected before the job and at its end, and stay unchanged', async (_, hash, failed) => {
  await begun(hash, failed);
  const [rows, journal] = [readFileSync(out, 'utf8'), readFileSync(`${out}.journal`, 'utf8')];
  const error = {
    code: 'ARGUMENT_INVALID',
    message: `--out: "${out}" has rows of another run.`,
    hint: 'Name another file; the same command then fetches the rows of the job.',
  };
  await expect(requireContinuable(out, HASH, 'ndjson')).rejects.toMatchObject(error);
  await expect(mergeRows(JOB, await storedJob(), out, 'ndjson')).rejects.toMatchObject(error);
  expect(readFileSync(out, 'utf8')).toBe(rows);
  expect(readFileSync(`${out}.journal`, 'utf8').trimEnd()).toBe(journal.trimEnd());
});

test('rows of another format are rejected before the job', async () => {
  await begun(HASH);
  await expect(requireContinuable(out, HASH, 'csv')).rejects.toThrow(
    `--out: ${out} was started with -o ndjson.`,
  );
});

test('an output whose name is too long is rejected before the job, and nothing is left of it', async () => {
  const named = join(folder, 'x'.repeat(250));
  await expect(requireContinuable(named, HASH, 'ndjson')).rejects.toThrow('is too long');
  await requireContinuable(out, HASH, 'ndjson');
  expect(readdirSync(folder)).toEqual([]);
});

test('a journal without rows and an output without a journal do not hinder a job', async () => {
  await requireContinuable(out, HASH, 'ndjson');
  writeFileSync(`${out}.journal`, `{"format":"csv","started":"${STARTED}","inode":1}\n`);
  await requireContinuable(out, HASH, 'ndjson');
});

test('rows of a chunk that are missing end the merge, and the output stays resumable', async () => {
  const store = await storedJob();
  await store.writeRows(JOB.input, 1, '');
  await expect(mergeRows(JOB, store, out, 'ndjson')).rejects.toMatchObject({
    code: 'STATE_UNAVAILABLE',
    message: expect.stringContaining('rows of this job cannot be read'),
  });
  expect(existsSync(`${out}.journal`)).toBe(true);
  expect(inputs()).toEqual(FIRST);
});
