import { lstatSync, mkdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/**
 * The folder of compiled code, made where it is missing: `MDTI_CACHE`, else the user's cache folder. Compiled code is run
 * unread, so the folder is only used where nobody but its owner, who is us, can write to it; undefined for any other.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv): string | undefined {
  const folder = environment.MDTI_CACHE || join(userCache(environment), 'mdti');
  // From a relative one the code would come out of whatever folder we are started in.
  if (!isAbsolute(folder)) return undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return isOurs(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}

function userCache({ XDG_CACHE_HOME, LOCALAPPDATA, HOME }: NodeJS.ProcessEnv): string {
  if (XDG_CACHE_HOME) return XDG_CACHE_HOME;
  if (process.platform === 'win32' && LOCALAPPDATA) return LOCALAPPDATA;
  // `node:os` would say the same of HOME; it is loaded only for who has none.
  return join(HOME || process.getBuiltinModule('node:os').homedir(), '.cache');
}

/** Windows has neither owner nor mode here; there the user's own folder is guarded by its access list. */
function isOurs(folder: string): boolean {
  const found = lstatSync(folder);
  if (process.platform === 'win32') return found.isDirectory();
  return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}
