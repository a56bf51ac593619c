import { createReadStream } from 'node:fs';
import { access, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PluginError } from '../base/errors';
import { makeFolder } from '../base/make-folder';
import { isSystemError } from '../state/files';
import { type ChunkStore, linesOf, storeLines } from './chunk-store';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** Keeps a job in a folder that all workers reach, on a network file system for instance. */
export function folderChunkStore(folder: string): ChunkStore {
  const inputFile = join(folder, 'input.ndjson');
  const rowsFile = (index: number) => join(folder, `${String(index).padStart(8, '0')}.rows`);

  return {
    async writeInput(source) {
      makeFolder(folder, FOLDER_MODE);
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

function gone(file: string, cause: unknown): PluginError {
  return new PluginError('ARGUMENT_INVALID', `${file} of this job cannot be read.`, {
    hint: 'Check that every worker reaches the folder of the job; if it was deleted, cancel the job and submit it again.',
    cause,
  });
}
