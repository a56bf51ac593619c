import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { PluginError } from '../base/errors';

/** Where the state of the command line lies, and where its key comes from. */
export interface StatePaths {
  readonly file: string;
  /** The key itself (MDTI_STATE_KEY); it goes before a key file. */
  readonly key: string | undefined;
  readonly keyFile: string;
  /** Whether the key file is ours to make: it is, unless MDTI_STATE_KEY_FILE names one. */
  readonly ownKeyFile: boolean;
}

/**
 * The file is MDTI_STATE_FILE, else `mdti/state` below the folder that the system keeps for such files; the key is
 * MDTI_STATE_KEY, else in the file MDTI_STATE_KEY_FILE, else in `state.key` beside the state.
 * @throws PluginError STATE_UNAVAILABLE where that is below the home folder and the user has none
 */
export function statePaths(
  environment: NodeJS.ProcessEnv,
  home?: string,
  platform = process.platform,
): StatePaths {
  const file = environment.MDTI_STATE_FILE || join(stateFolder(environment, home, platform), 'mdti', 'state');
  const keyFile = environment.MDTI_STATE_KEY_FILE;
  return {
    file,
    key: environment.MDTI_STATE_KEY || undefined,
    keyFile: keyFile || `${file}.key`,
    ownKeyFile: !keyFile,
  };
}

function stateFolder(
  environment: NodeJS.ProcessEnv,
  home: string | undefined,
  platform: NodeJS.Platform,
): string {
  const below = (...names: string[]) => join(home ?? homeFolder(), ...names);
  if (platform === 'win32') return environment.LOCALAPPDATA || below('AppData', 'Local');
  if (platform === 'darwin') return below('Library', 'Application Support');
  return environment.XDG_STATE_HOME || below('.local', 'state');
}

/**
 * The user's home folder; an empty HOME would make every path below it relative.
 * @throws PluginError STATE_UNAVAILABLE for a user that the system does not know and HOME does not help, as in many containers
 */
export function homeFolder(): string {
  try {
    return homedir() || userInfo().homedir;
  } catch (cause) {
    throw new PluginError('STATE_UNAVAILABLE', 'This user has no home folder.', {
      hint: 'Set HOME to a folder that this user may write to.',
      cause,
    });
  }
}
