import type { JsonObject } from '../../base/json';
import { jsonLog, type Log, logLevel } from '../../base/log';
import { endpointsIn } from '../../config/endpoints';
import { fileStore } from '../../state/file-store';
import { statePaths } from '../../state/paths';
import { memoryStore, type Store } from '../../state/store';
import { type ConfigSources, layersOf, merged } from './config/layers';

/** Parameters that stand above all others, and a certificate to trust: how `--sandbox` gets in. */
export interface ParamOverrides {
  readonly params: JsonObject;
  readonly ca: string;
}

/** Where a person's command line gets its parameters from. */
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

/** What a plugin of the person at this machine is opened with: their parameters, their logins, logs on stderr. */
export function localServices({ overrides, ...wishes }: ParamSource): LocalServices {
  const log = jsonLog(logLevel(process.env.MDTI_LOG), (event) => process.stderr.write(event));
  return {
    params: { ...merged(layersOf(wishes, process.env)), ...overrides?.params },
    // What a sandbox of one command hands out is of no use to the next one.
    store: overrides === undefined ? fileStore(statePaths(process.env), { log }) : memoryStore(),
    log,
    ca: overrides?.ca,
    allowEndpoints: endpointsIn(overrides?.params),
  };
}
