import { join } from 'node:path';
import { PluginError } from './errors';

/** A folder that the system keeps for each user: the variable that names it, and its path below the home folder. */
interface UserFolder {
  readonly variable?: string;
  readonly below: readonly string[];
}

const LOCAL: UserFolder = { variable: 'LOCALAPPDATA', below: ['AppData', 'Local'] };

/** By kind of file, and by platform; Linux for every other platform. */
const FOLDERS = {
  config: {
    win32: { variable: 'APPDATA', below: ['AppData', 'Roaming'] },
    darwin: { variable: 'XDG_CONFIG_HOME', below: ['.config'] },
    linux: { variable: 'XDG_CONFIG_HOME', below: ['.config'] },
  },
  state: {
    win32: LOCAL,
    darwin: { below: ['Library', 'Application Support'] },
    linux: { variable: 'XDG_STATE_HOME', below: ['.local', 'state'] },
  },
  cache: {
    win32: LOCAL,
    darwin: { below: ['Library', 'Caches'] },
    linux: { variable: 'XDG_CACHE_HOME', below: ['.cache'] },
  },
} as const satisfies Record<string, Record<string, UserFolder>>;

type Environment = NodeJS.ProcessEnv;

/** Returns the plugin's folder for files of one kind. @throws PluginError as {@link homeFolder} does */
function ourFolder(
  kind: keyof typeof FOLDERS,
  environment: Environment,
  home: string | undefined,
  platform: NodeJS.Platform,
): string {
  const folders = FOLDERS[kind];
  const system = platform === 'win32' || platform === 'darwin' ? platform : 'linux';
  const { variable, below }: UserFolder = folders[system];
  const named = variable === undefined ? undefined : environment[variable];
  return join(named || join(home ?? homeFolder(), ...below), 'mdti');
}

/** The state of the command line, and the source of its key. */
export interface StatePaths {
  readonly file: string;
  /** The key itself (MDTI_STATE_KEY); it takes precedence over a key file. */
  readonly key: string | undefined;
  readonly keyFile: string;
  /** Whether we create the key file: not if MDTI_STATE_KEY_FILE names one. */
  readonly ownKeyFile: boolean;
}

/**
 * Returns the paths of the state: the file is MDTI_STATE_FILE, else `mdti/state` in the folder for such files; the key is
 * MDTI_STATE_KEY, else in the file MDTI_STATE_KEY_FILE, else in `state.key` next to the state.
 */
export function statePaths(environment: Environment, home?: string, platform = process.platform): StatePaths {
  const file = environment.MDTI_STATE_FILE || join(ourFolder('state', environment, home, platform), 'state');
  const keyFile = environment.MDTI_STATE_KEY_FILE;
  return {
    file,
    key: environment.MDTI_STATE_KEY || undefined,
    keyFile: keyFile || `${file}.key`,
    ownKeyFile: !keyFile,
  };
}

/** Returns the path of the configuration file: MDTI_CONFIG, else `mdti/config.json` in the folder for settings. */
export function configFile(environment: Environment, home?: string, platform = process.platform): string {
  return environment.MDTI_CONFIG || join(ourFolder('config', environment, home, platform), 'config.json');
}

/** Returns the folder of cached responses: MDTI_RESPONSES, else `mdti/responses` in the folder for caches. */
export function responseCacheFolder(
  environment: Environment,
  home?: string,
  platform = process.platform,
): string {
  return environment.MDTI_RESPONSES || join(ourFolder('cache', environment, home, platform), 'responses');
}

/** Returns the folder of compiled code: MDTI_CACHE, else `mdti` in the folder for caches. */
export function compiledCodeFolder(
  environment: Environment,
  home?: string,
  platform = process.platform,
): string {
  return environment.MDTI_CACHE || ourFolder('cache', environment, home, platform);
}

/**
 * Returns the home folder of this user; an empty HOME would make every path below it relative.
 * @throws PluginError STATE_UNAVAILABLE for a user that the system does not know, as in many containers, if HOME is not set
 */
function homeFolder(): string {
  // Loaded at the first use: the launcher rarely needs it.
  const os = process.getBuiltinModule('node:os');
  try {
    return os.homedir() || os.userInfo().homedir;
  } catch (cause) {
    throw new PluginError('STATE_UNAVAILABLE', 'This user has no home folder.', {
      hint: 'Set HOME to a folder that this user may write to.',
      cause,
    });
  }
}
