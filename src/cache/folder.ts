import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of cached answers: MDTI_ANSWERS, else `mdti/answers` below the folder that the system has for caches. */
export function answersFolder(
  environment: NodeJS.ProcessEnv,
  home = homedir(),
  platform = process.platform,
): string {
  if (environment.MDTI_ANSWERS) return environment.MDTI_ANSWERS;
  const caches =
    platform === 'win32'
      ? environment.LOCALAPPDATA || join(home, 'AppData', 'Local')
      : platform === 'darwin'
        ? join(home, 'Library', 'Caches')
        : environment.XDG_CACHE_HOME || join(home, '.cache');
  return join(caches, 'mdti', 'answers');
}
