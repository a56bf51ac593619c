import type { JsonObject } from '../../base/json';
import { jsonLog, type Log, logLevel } from '../../base/log';
import { endpointsIn } from '../../config/endpoints';
import { fileStore } from '../../state/file-store';
import { statePaths } from '../../state/paths';
import { memoryStore, type Store } from '../../state/store';
import { type ConfigSources, layersOf, merged } from './config/layers';
import { fallbackStore } from './fallback-store';

/** Parameters that override all others, and a certificate to trust, as `--sandbox` needs them. */
export interface ParamOverrides {
  readonly params: JsonObject;
  readonly ca: string;
}

/** Where a command line gets its parameters from. */
export interface ParamSource extends ConfigSources {
  readonly overrides?: ParamOverrides | undefined;
}

export interface LocalServices {
  readonly params: JsonObject;
  readonly store: Store;
  readonly log: Log;
  readonly ca: string | undefined;
  readonly allowEndpoints: readonly string[];
}

/**
 * Returns what a command of this user runs with: their parameters, their saved logins, a log on stderr.
 * @param needsState whether the command fails where the login cannot be saved, instead of going on without.
 */
export function localServices(
  { overrides, profile, paramsFile, flags }: ParamSource,
  needsState = false,
): LocalServices {
  const log = jsonLog(logLevel(process.env.MDTI_LOG), (event) => process.stderr.write(event));
  const sources = { profile, paramsFile, flags };
  return {
    params: { ...merged(layersOf(sources, process.env)), ...overrides?.params },
    store: overrides === undefined ? userStore(log, needsState) : memoryStore(),
    log,
    ca: overrides?.ca,
    allowEndpoints: endpointsIn(overrides?.params),
  };
}

function userStore(log: Log, needsState: boolean): Store {
  const store = fileStore(statePaths(process.env), { log });
  return needsState ? store : fallbackStore(store, log);
}
