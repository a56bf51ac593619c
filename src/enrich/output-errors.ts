import { codeOf, PluginError } from '../base/errors';
import { isSystemError } from '../state/files';
import type { FormatName } from './formats/format';

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder does not exist',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'its name with `.journal` or `.lock` is too long',
  EMFILE: 'this process has reached its limit of open files (`ulimit -n`)',
  ENFILE: 'this machine has reached its limit of open files',
};

export function unwritable(file: string, cause: unknown): PluginError {
  const reason = REASONS[codeOf(cause)];
  return new PluginError(
    'CONFIG_INVALID',
    `The output ${file} cannot be written${reason === undefined ? '' : `: ${reason}`}.`,
    { hint: 'Check its folder, its permissions and the free space.', cause },
  );
}

export function systemFailure(file: string): (error: unknown) => never {
  return (error) => {
    throw isSystemError(error) ? unwritable(file, error) : error;
  };
}

export function busy(file: string): PluginError {
  return new PluginError('ARGUMENT_INVALID', `--out: another run is writing to ${file}.`, {
    hint: 'Wait for it, or name another file.',
  });
}

export function notFile(file: string): PluginError {
  return new PluginError('CONFIG_INVALID', `The output ${file} cannot be written: it is not a file.`, {
    hint: 'Name a file, or leave out --out to write to stdout.',
  });
}

/** Returns the error for a path that exists and is not a file or folder of this work. */
export function foreign(path: string): PluginError {
  return new PluginError('ARGUMENT_INVALID', `--out: ${path} exists and was not created by mdti.`, {
    hint: 'Name another output file, or move this one away.',
  });
}

export function occupied(file: string, name: FormatName): PluginError {
  const reason =
    name === 'stix'
      ? 'A STIX bundle does not contain the lines of the list that it was made from. If a complete run wrote it, there is nothing to resume.'
      : `It does not have one ${name.toUpperCase()} row for each line of the list.`;
  return new PluginError('ARGUMENT_INVALID', `--out: ${file} exists and is not empty.`, {
    hint: `${reason} Name another file, or delete this one.`,
  });
}

export function otherFormat(file: string, format: string): PluginError {
  return new PluginError('ARGUMENT_INVALID', `--out: ${file} was started with -o ${format}.`, {
    hint: `Add -o ${format} to resume, or name another file.`,
  });
}

export function mismatched(file: string, journal: string): PluginError {
  return new PluginError('ARGUMENT_INVALID', `--out: ${file} does not match its journal ${journal}.`, {
    hint: 'Name another file, or delete this one and its journal.',
  });
}
