import { PluginError } from '../../../base/errors';
import { isRecord, type JsonObject } from '../../../base/json';
import { configFile } from '../../../base/user-paths';
import manifest from '../../../manifest/generated/manifest.json';
import { DEFAULT_PROFILE, readProfile } from './file';
import { flagParams } from './flags';
import { readJsonFile } from './json-file';

const CREDENTIALS = 9;

/** Parameters from one source. */
export interface Layer {
  /** The source in words. */
  readonly from: string;
  /** The file that they were read from. */
  readonly file?: string;
  readonly params: JsonObject;
}

/** The options of a command line that parameters come from. */
export interface ConfigSources {
  readonly profile?: string | undefined;
  /** `--params FILE`, which replaces a profile. */
  readonly paramsFile?: string | undefined;
  /** `--param name=value`, each. */
  readonly flags?: readonly string[] | undefined;
  /** Parameters of a profile that is not saved yet, in place of those that the file contains. */
  readonly unsaved?: JsonObject | undefined;
}

/**
 * Returns the parameters of a command line by source; a later layer overrides those before it: the profile or the file, the
 * environment (`MDTI_<PARAMETER>`, for credentials `MDTI_<PARAMETER>_IDENTIFIER` and `_PASSWORD`), the `--param` options.
 * @throws PluginError CONFIG_INVALID if one of them cannot be read.
 */
export function layersOf(
  { profile, paramsFile, flags = [], unsaved }: ConfigSources,
  environment: NodeJS.ProcessEnv,
): Layer[] {
  const name = profile ?? (environment.MDTI_PROFILE || undefined);
  const file = configFile(environment);
  const base =
    paramsFile === undefined
      ? {
          from: `profile ${name ?? DEFAULT_PROFILE} in ${file}`,
          file,
          params: unsaved ?? readProfile(file, name, profile === undefined ? 'MDTI_PROFILE' : '--profile'),
        }
      : { from: paramsFile, file: paramsFile, params: readParamsFile(paramsFile) };
  return [
    base,
    { from: 'environment', params: environmentParams(environment) },
    { from: '--param', params: flagParams(flags) },
  ];
}

/** Merges layers into one set of parameters; the two parts of credentials may come from different layers. */
export function merged(layers: readonly Layer[]): JsonObject {
  const params = new Map<string, unknown>();
  for (const [name, value] of layers.flatMap((layer) => Object.entries(layer.params)))
    params.set(name, over(params.get(name), value));
  return Object.fromEntries(params);
}

function over(below: unknown, value: unknown): unknown {
  return isRecord(below) && isRecord(value) ? { ...below, ...value } : value;
}

function environmentParams(environment: NodeJS.ProcessEnv): JsonObject {
  const named = manifest.configuration.map(({ name, type }) => [
    name,
    type === CREDENTIALS ? pair(name, environment) : single(name, environment),
  ]);
  return Object.fromEntries(named.filter(([, value]) => value !== undefined));
}

function single(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  return environment[`MDTI_${name.toUpperCase()}`] || undefined;
}

function pair(name: string, environment: NodeJS.ProcessEnv): JsonObject | undefined {
  const parts = Object.entries({
    identifier: single(`${name}_identifier`, environment),
    password: single(`${name}_password`, environment),
  }).filter(([, value]) => value !== undefined);
  return parts.length === 0 ? undefined : Object.fromEntries(parts);
}

function readParamsFile(file: string): JsonObject {
  const params = readJsonFile(file);
  if (isRecord(params)) return params;
  throw new PluginError(
    'CONFIG_INVALID',
    params === undefined ? `${file} does not exist.` : `${file} does not contain a JSON object.`,
    {
      hint: 'Write {"app_id": "…", "tenant_id": "…", "client_credentials": true, "credentials": {"password": "…"}}.',
    },
  );
}
