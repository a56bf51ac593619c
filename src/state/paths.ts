import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';

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
 */
export function statePaths(
  environment: NodeJS.ProcessEnv,
  home = homeFolder(),
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

function stateFolder(environment: NodeJS.ProcessEnv, home: string, platform: NodeJS.Platform): string {
  if (platform === 'win32') return environment.LOCALAPPDATA || join(home, 'AppData', 'Local');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  return environment.XDG_STATE_HOME || join(home, '.local', 'state');
}

/** The user's home folder; an empty HOME would make every path below it relative. */
export function homeFolder(): string {
  return homedir() || userInfo().homedir;
}
