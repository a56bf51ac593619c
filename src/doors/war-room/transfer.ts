import { lstat, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PluginError } from '../../base/errors';
import { parseJson } from '../../base/json';
import { quoted } from '../../base/sanitize';
import { FILE_MODE, isMissing, unavailable } from '../../state/files';
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
  const happened = [...now.happened, ...added].sort((one, two) =>
    one.at < two.at ? -1 : one.at > two.at ? 1 : 0,
  );
  const view = now.view ?? other.view;
  return {
    context: joinContext(other.context, now.context),
    happened,
    ...(view === undefined ? {} : { view }),
  };
}

/** Reads an exported investigation. @throws PluginError INVOCATION_UNREADABLE if the text is not one. */
export function importedFrom(text: string, file: string): Investigation {
  const investigation = asInvestigation(parseJson(text));
  if (investigation !== undefined) return investigation;
  throw new PluginError('INVOCATION_UNREADABLE', `${file} is not an exported investigation.`, {
    hint: 'Export one with /export FILE, or with Export in the browser.',
  });
}

/**
 * Writes an investigation to a file that only this user can read.
 * @throws PluginError INVOCATION_UNREADABLE if the file exists and is not to be replaced.
 */
export async function exportTo(
  file: string,
  replace: boolean,
  investigation: Investigation,
): Promise<string> {
  if (!replace && (await isThere(file)))
    throw new PluginError('INVOCATION_UNREADABLE', `/export: "${file}" exists already.`, {
      hint: `To replace it, write /export ${file} --force.`,
    });
  try {
    const text = `${JSON.stringify(exported(investigation), null, 2)}\n`;
    // A file that is replaced may be readable by others: its mode is not ours.
    if (replace) await rm(file, { force: true });
    await writeFile(file, text, { mode: FILE_MODE, flag: 'wx' });
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
    throw unavailable(`${file} cannot be written`, error, 'name another file');
  }
  return `Written to ${file}.`;
}

/** Adds the investigation in a file to the stored one. */
export async function importFrom(file: string, store: InvestigationStore): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw unavailable(`${file} cannot be read`, error, 'name another file');
  });
  const other = importedFrom(text, file);
  const before = (await store.read()).happened.length;
  const after = await store.change((now) => withImported(now, other));
  return `Imported ${after.happened.length - before} lines from ${file}.`;
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
  const names = [...Object.keys(over), ...Object.keys(under).filter((name) => !Object.hasOwn(over, name))];
  return Object.fromEntries(names.map((name) => [name, joinValues(own(under, name), own(over, name))]));
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

async function isThere(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw unavailable(`${file} cannot be written`, error, 'name another file');
  }
}
