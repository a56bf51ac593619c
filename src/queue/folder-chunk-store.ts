import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, type FileHandle, open, readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PluginError } from '../base/errors';
import { makeFolder } from '../base/owned-path';
import {
  FILE_MODE,
  FOLDER_MODE,
  isMissing,
  isMissingOrBelowFile,
  isSystemError,
  refusalReason,
  replaceFile,
} from '../state/files';
import { type ChunkStore, newInputName, rowsName, storedInput, storeLines } from './chunk-store';

/** Keeps a job in a folder that all workers reach, on a network file system for instance. */
export function folderChunkStore(folder: string): ChunkStore {
  const fileOf = (name: string) => join(folder, name);

  async function remove(input: string): Promise<void> {
    try {
      for (const name of await readdir(folder))
        if (name.startsWith(input)) await rm(fileOf(name), { force: true });
    } catch (error) {
      if (!isMissing(error)) throw isSystemError(error) ? unremovable(folder, error) : error;
    }
    // Fails while others use the folder.
    await rmdir(folder).catch(() => {});
  }

  return {
    async writeInput(source) {
      const input = newInputName();
      let handle: FileHandle | undefined;
      try {
        makeFolder(folder, FOLDER_MODE);
        const opened = await open(fileOf(input), 'wx', FILE_MODE);
        handle = opened;
        const stored = await storeLines(source, (text) => opened.appendFile(text));
        await opened.sync();
        return { ...stored, input };
      } catch (error) {
        await remove(input).catch(() => {});
        throw isSystemError(error) ? unwritable(fileOf(input), error) : error;
      } finally {
        await handle?.close();
      }
    },
    hasInput: (input) =>
      access(fileOf(input)).then(
        () => true,
        (error) => !isMissingOrBelowFile(error),
      ),
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
    async writeRows(input, index, text) {
      const file = fileOf(rowsName(input, index));
      const scratch = `${file}.${randomUUID()}`;
      try {
        await replaceFile(file, text, scratch);
      } catch (error) {
        throw isSystemError(error) ? unwritable(file, error) : error;
      } finally {
        await rm(scratch, { force: true }).catch(() => {});
      }
    },
    readRows(input, index) {
      const file = fileOf(rowsName(input, index));
      return readFile(file, 'utf8').catch((error: unknown) => {
        throw unreadable(file, error);
      });
    },
    remove,
  };
}

/** Not the argument's fault: a full disk may have room again, so a chunk is tried again. */
function unwritable(file: string, cause: unknown): PluginError {
  return new PluginError('STATE_UNAVAILABLE', `${file} cannot be written: ${refusalReason(cause)}.`, {
    hint: 'Check the space on that disk and the permissions of the folder, then run `mdti jobs retry` for chunks that are dead.',
    cause,
  });
}

function unremovable(folder: string, cause: unknown): PluginError {
  return new PluginError(
    'STATE_UNAVAILABLE',
    `The files of the job in ${folder} cannot be removed: ${refusalReason(cause)}.`,
    { hint: 'Check the permissions of the folder, then run `mdti jobs clean NAME`.', cause },
  );
}

/** A file that is gone does not come back; any other fault may pass, so a chunk is tried again. */
function unreadable(file: string, cause: unknown): PluginError {
  const code = isMissing(cause) ? 'ARGUMENT_INVALID' : 'STATE_UNAVAILABLE';
  return new PluginError(code, `${file} of this job cannot be read: ${refusalReason(cause)}.`, {
    hint: 'Check that every worker reaches the folder of the job; if it was deleted, run `mdti jobs clean NAME` and submit the list again.',
    cause,
  });
}
