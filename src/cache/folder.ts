import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of cached responses: MDTI_RESPONSES, else `mdti/responses` below the folder that the system has for caches. */
export function responseCacheFolder(
  environment: NodeJS.ProcessEnv,
  home = homedir(),
  platform = process.platform,
): string {
  if (environment.MDTI_RESPONSES) return environment.MDTI_RESPONSES;
  const caches =
    platform === 'win32'
      ? environment.LOCALAPPDATA || join(home, 'AppData', 'Local')
      : platform === 'darwin'
        ? join(home, 'Library', 'Caches')
        : environment.XDG_CACHE_HOME || join(home, '.cache');
  return join(caches, 'mdti', 'responses');
}
