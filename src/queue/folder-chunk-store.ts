import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PluginError } from '../base/errors';
import { makeFolder } from '../base/owned-path';
import { FILE_MODE, FOLDER_MODE, isMissing, isSystemError, refusalReason, replaceFile } from '../state/files';
import { type ChunkStore, newInputName, rowsName, storedInput, storeLines } from './chunk-store';

/** Keeps a job in a folder that all workers reach, on a network file system for instance. */
export function folderChunkStore(folder: string): ChunkStore {
  const fileOf = (name: string) => join(folder, name);

  return {
    async writeInput(source) {
      makeFolder(folder, FOLDER_MODE);
      const input = newInputName();
      const handle = await open(fileOf(input), 'wx', FILE_MODE);
      try {
        const stored = await storeLines(source, (text) => handle.appendFile(text));
        await handle.sync();
        return { ...stored, input };
      } catch (error) {
        await rm(fileOf(input), { force: true });
        throw isSystemError(error) ? unwritable(fileOf(input), error) : error;
      } finally {
        await handle.close();
      }
    },
    async discardInput(input) {
      await rm(fileOf(input), { force: true });
      await removeEmpty(folder);
    },
    async readInput(input, { start, end }) {
      try {
        let text = '';
        for await (const piece of createReadStream(fileOf(input), { start, end: end - 1, encoding: 'utf8' }))
          text += piece;
        return storedInput(text);
      } catch (error) {
        throw isSystemError(error) ? unreadable(fileOf(input), error) : error;
      }
    },
    async writeRows(hash, index, text) {
      const file = fileOf(rowsName(hash, index));
      const scratch = `${file}.${randomUUID()}`;
      try {
        await replaceFile(file, text, scratch);
      } catch (error) {
        throw isSystemError(error) ? unwritable(file, error) : error;
      } finally {
        await rm(scratch, { force: true }).catch(() => {});
      }
    },
    readRows(hash, index) {
      const file = fileOf(rowsName(hash, index));
      return readFile(file, 'utf8').catch((error: unknown) => {
        throw unreadable(file, error);
      });
    },
    async remove({ input, hash }) {
      const names = await readdir(folder).catch(() => []);
      const own = names.filter((name) => name === input || name.startsWith(`${hash}-`));
      for (const name of own) await rm(fileOf(name), { force: true });
      await removeEmpty(folder);
    },
  };
}

/** Others may use the folder too. */
async function removeEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch(() => {});
}

/** Not the argument's fault: a full disk may have room again, so a chunk is tried again. */
function unwritable(file: string, cause: unknown): PluginError {
  return new PluginError('STATE_UNAVAILABLE', `${file} cannot be written: ${refusalReason(cause)}.`, {
    hint: 'Check the space on that disk and the permissions of the folder, then run `mdti jobs retry` for chunks that are dead.',
    cause,
  });
}

/** A file that is gone does not come back; any other fault may pass, so a chunk is tried again. */
function unreadable(file: string, cause: unknown): PluginError {
  const code = isMissing(cause) ? 'ARGUMENT_INVALID' : 'STATE_UNAVAILABLE';
  return new PluginError(code, `${file} of this job cannot be read: ${refusalReason(cause)}.`, {
    hint: 'Check that every worker reaches the folder of the job; if it was deleted, run `mdti jobs clean NAME` and submit the list again.',
    cause,
  });
}
