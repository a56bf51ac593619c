import { readFileSync } from 'node:fs';
import { PluginError } from '../errors';
import manifest from '../generated/manifest.json';
import { isRecord, type JsonObject, parseJson } from '../json';

const CREDENTIALS = 9;

/**
 * Parameters for a person's command line: from a JSON file, then the environment (`MDTI_<PARAMETER>`, and for credentials
 * `MDTI_<PARAMETER>_IDENTIFIER` and `_PASSWORD`), which stands above the file.
 * @throws PluginError CONFIG_INVALID where the file cannot be read or is not a JSON object.
 */
export function readParams(file: string | undefined, environment: NodeJS.ProcessEnv): JsonObject {
  const fromFile = file === undefined ? {} : readFile(file);
  const named = manifest.configuration.map(({ name, type }) => [
    name,
    type === CREDENTIALS ? pair(name, fromFile[name], environment) : single(name, environment),
  ]);
  return { ...fromFile, ...Object.fromEntries(named.filter(([, value]) => value !== undefined)) };
}

function single(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  return environment[`MDTI_${name.toUpperCase()}`] || undefined;
}

function pair(name: string, fromFile: unknown, environment: NodeJS.ProcessEnv): JsonObject | undefined {
  const identifier = single(`${name}_identifier`, environment);
  const password = single(`${name}_password`, environment);
  if (identifier === undefined && password === undefined) return undefined;
  const before = isRecord(fromFile) ? fromFile : {};
  return {
    ...before,
    ...(identifier === undefined ? {} : { identifier }),
    ...(password === undefined ? {} : { password }),
  };
}

function readFile(file: string): JsonObject {
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
