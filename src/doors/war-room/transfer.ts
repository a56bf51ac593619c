import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isPluginError, PluginError } from '../../base/errors';
import { exceededLimit, parseJson } from '../../base/json';
import { counted, quoted, shownPath } from '../../base/sanitize';
import { FILE_MODE, isMissing, replaceFile, unavailable } from '../../state/files';
import { asInvestigation, type Investigation } from './investigation';
import type { InvestigationStore } from './store';

/** An investigation as one file that another user imports. */
export function exported(investigation: Investigation) {
  return { format: 'mdti-investigation', version: 2, ...investigation };
}

/** Adds an exported investigation to another one: its lines before those that follow, each line once. */
export function withImported(now: Investigation, other: Investigation): Investigation {
  const known = new Set(now.happened.map(({ id, at }) => `${id} ${at}`));
  const added = other.happened.filter(({ id, at }) => !known.has(`${id} ${at}`));
  const happened = [...now.happened, ...added].sort((one, two) => one.at.localeCompare(two.at));
  return { ...other, ...now, context: joinContext(other.context, now.context), happened };
}

/**
 * Reads an exported investigation.
 * @throws PluginError TOO_LARGE for a text that exceeds a limit of JSON, INVOCATION_UNREADABLE if it is not an investigation.
 */
export function importedFrom(text: string, file: string): Investigation {
  const exceeded = exceededLimit(text);
  if (exceeded !== undefined) throw tooLarge(`${file} ${exceeded}.`);
  const investigation = asInvestigation(parseJson(text));
  if (investigation !== undefined) return investigation;
  throw new PluginError('INVOCATION_UNREADABLE', `${file} is not an exported investigation.`, {
    hint: 'Export one with /export FILE, or with Export in the browser.',
  });
}

/** Bytes of a file that is imported: an export is indented, so it is larger than the investigation. */
const MAX_IMPORT = 128 * 1024 * 1024;

function tooLarge(message: string): PluginError {
  return new PluginError('TOO_LARGE', message, { hint: 'Import a smaller investigation.' });
}

/**
 * Writes an investigation to a file that only this user can read.
 * @throws PluginError INVOCATION_UNREADABLE if the file exists and is not to be replaced, or is a folder, a device or a pipe.
 */
export async function exportTo(
  file: string,
  replace: boolean,
  investigation: Investigation,
): Promise<string> {
  // A path that cannot be looked at cannot be written either, and the write says why.
  const found = await lstat(file).catch(() => undefined);
  if (found !== undefined && !replace)
    throw new PluginError('INVOCATION_UNREADABLE', `/export: "${shownPath(file)}" exists already.`, {
      hint: `To replace it, write /export ${file} --force.`,
    });
  if (found !== undefined && !found.isFile() && !found.isSymbolicLink())
    throw new PluginError('INVOCATION_UNREADABLE', `/export: "${shownPath(file)}" is not a file.`, {
      hint: 'Name a file that does not exist, or one to replace.',
    });
  try {
    const text = `${JSON.stringify(exported(investigation), null, 2)}\n`;
    // A file that is replaced must survive a full disk, and its mode is not ours: the new one is written beside it first.
    const scratch = `${file}.${randomUUID()}`;
    if (found === undefined) await writeFile(file, text, { mode: FILE_MODE, flag: 'wx' });
    else await replaceFile(file, text, scratch).finally(() => rm(scratch, { force: true }));
  } catch (error) {
    if (isMissing(error))
      throw new PluginError(
        'STATE_UNAVAILABLE',
        `/export: the folder ${quoted(dirname(file))} does not exist.`,
        {
          hint: 'Create it, or name another file.',
          cause: error,
        },
      );
    throw unavailable(`${shownPath(file)} cannot be written`, error, 'name another file');
  }
  return `Written to ${shownPath(file)}.`;
}

/** Adds the investigation in a file to the stored one. */
export async function importFrom(file: string, store: InvestigationStore): Promise<string> {
  const text = await readImport(file).catch((error: unknown) => {
    throw isPluginError(error)
      ? error
      : unavailable(`${shownPath(file)} cannot be read`, error, 'name another file');
  });
  const other = importedFrom(text, shownPath(file));
  const before = (await store.read()).happened.length;
  const after = await store.change((now) => withImported(now, other));
  const added = after.happened.length - before;
  return `Imported ${counted(added, 'line')} from ${shownPath(file)}.`;
}

async function readImport(file: string): Promise<string> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = await handle.stat();
    if (!found.isFile())
      throw new PluginError('INVOCATION_UNREADABLE', `/import: "${shownPath(file)}" is not a file.`, {
        hint: 'Name a file that /export wrote.',
      });
    if (found.size > MAX_IMPORT) throw tooLarge(`/import: "${shownPath(file)}" is larger than 128 MiB.`);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

function joinContext(under: unknown, over: unknown): Investigation['context'] {
  return joinValues(under, over) as Investigation['context'];
}

/** Objects are joined by field and lists by their elements' ids; anything else is taken from `over`. */
function joinValues(under: unknown, over: unknown): unknown {
  if (under === undefined || over === undefined) return over ?? under;
  if (Array.isArray(under) || Array.isArray(over)) {
    const all = [over, under].flat();
    const seen = new Set<string>();
    return all.filter((element) => {
      const key = JSON.stringify(idOf(element) ?? element);
      return seen.has(key) ? false : seen.add(key);
    });
  }
  if (!isObject(under) || !isObject(over)) return over;
  const [one, two] = [idOf(under), idOf(over)];
  if (one !== undefined && two !== undefined && one !== two) return [over, under];
  const names = new Set([...Object.keys(over), ...Object.keys(under)]);
  return Object.fromEntries([...names].map((name) => [name, joinValues(own(under, name), own(over, name))]));
}

function own(object: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function idOf(value: unknown): unknown {
  if (!isObject(value)) return undefined;
  return own(value, 'id') ?? own(value, 'Indicator');
}
