import { lstatSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { makeFolder } from '../base/make-folder';
import { exposedFolder, isProtected } from '../base/owned-path';

/**
 * Returns the folder of compiled code and creates it if it is missing: `MDTI_CACHE`, else the user's cache folder. Compiled code
 * is run unread, so the folder is only used if this user or root owns it (root writes it when an image is built) and no other user
 * can write to it or replace it; undefined otherwise.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv): string | undefined {
  const folder = environment.MDTI_CACHE || join(userCache(environment), 'mdti');
  // A relative path would load code from the current folder.
  if (!isAbsolute(folder)) return undefined;
  try {
    makeFolder(folder, 0o700);
    const found = lstatSync(folder);
    return found.isDirectory() && isProtected(found) && exposedFolder(folder) === undefined
      ? folder
      : undefined;
  } catch {
    return undefined;
  }
}

function userCache({ XDG_CACHE_HOME, LOCALAPPDATA, HOME }: NodeJS.ProcessEnv): string {
  if (XDG_CACHE_HOME) return XDG_CACHE_HOME;
  if (process.platform === 'win32' && LOCALAPPDATA) return LOCALAPPDATA;
  // `node:os` would return HOME too; it is loaded only where HOME is not set.
  return join(HOME || process.getBuiltinModule('node:os').homedir(), '.cache');
}
