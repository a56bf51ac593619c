import { lstatSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { exposedFolder, isProtected, makeFolder } from '../base/owned-path';
import { compiledCodeFolder } from '../base/user-paths';

/**
 * Returns the folder of compiled code and creates it if it is missing: `MDTI_CACHE`, else the user's cache folder. Compiled code
 * is run unread, so the folder is only used if this user or root owns it (root writes it when an image is built) and no other user
 * can write to it or replace it; undefined otherwise.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv): string | undefined {
  try {
    const folder = compiledCodeFolder(environment, environment.HOME || undefined);
    // A relative path would load code from the current folder.
    if (!isAbsolute(folder)) return undefined;
    makeFolder(folder, 0o700);
    const found = lstatSync(folder);
    return found.isDirectory() && isProtected(found) && exposedFolder(folder) === undefined
      ? folder
      : undefined;
  } catch {
    return undefined;
  }
}
