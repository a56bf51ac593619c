import { readFileSync } from 'node:fs';
import { PluginError } from '../../../base/errors';
import { isRecord, type JsonObject, parseJson } from '../../../base/json';
import manifest from '../../../manifest/generated/manifest.json';
import { configFile, DEFAULT_PROFILE, readProfile } from './file';
import { flagParams } from './flags';

const CREDENTIALS = 9;

/** Parameters, and where they come from, in words. */
export interface Layer {
  readonly from: string;
  readonly params: JsonObject;
}

/** What a person gave on the command line. */
export interface ConfigSources {
  readonly profile?: string | undefined;
  /** `--params FILE`, which takes the place of a profile. */
  readonly paramsFile?: string | undefined;
  /** `--param name=value`, each. */
  readonly flags?: readonly string[] | undefined;
}

/**
 * The parameters of a person's command line, each layer above those before it: the profile or the file, the environment
 * (`MDTI_<PARAMETER>`, for credentials `MDTI_<PARAMETER>_IDENTIFIER` and `_PASSWORD`), the flags.
 * @throws PluginError CONFIG_INVALID where one of them cannot be read.
 */
export function layersOf(
  { profile, paramsFile, flags = [] }: ConfigSources,
  environment: NodeJS.ProcessEnv,
): Layer[] {
  const wish = profile ?? (environment.MDTI_PROFILE || undefined);
  const file = configFile(environment);
  const base =
    paramsFile === undefined
      ? { from: `profile ${wish ?? DEFAULT_PROFILE} in ${file}`, params: readProfile(file, wish) }
      : { from: paramsFile, params: readParamsFile(paramsFile) };
  return [
    base,
    { from: 'environment', params: environmentParams(environment) },
    { from: '--param', params: flagParams(flags) },
  ];
}

/** One set of parameters; the two parts of credentials may come from different layers. */
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
  const params = parseJson(contentOf(file));
  if (isRecord(params)) return params;
  throw new PluginError('CONFIG_INVALID', `The parameter file ${file} does not hold a JSON object.`, {
    hint: 'Write {"app_id": "…", "tenant_id": "…", "client_credentials": true, "credentials": {"password": "…"}}.',
  });
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new PluginError('CONFIG_INVALID', `The parameter file ${file} cannot be read.`, {
      hint: 'Check its path and its permissions.',
      cause,
    });
  }
}
