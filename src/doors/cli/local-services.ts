import { isPluginError } from '../../base/errors';
import type { JsonObject } from '../../base/json';
import { type Log, type LogLevel, logLevel, warnOnce } from '../../base/log';
import { statePaths } from '../../base/user-paths';
import { endpointsIn } from '../../config/endpoints';
import { budgetName } from '../../engine/open-budget';
import { openResponseCache } from '../../engine/open-response-cache';
import type { ClientCache } from '../../graph/cached-client';
import { readSharedSettings } from '../../redis/settings';
import { sharedStore } from '../../redis/shared-ports';
import { fileStore } from '../../state/file-store';
import { memoryStore, type Store } from '../../state/store';
import { type ConfigSources, type Layer, layersOf, merged } from './config/layers';
import { unreadVariables } from './config/unread-variables';
import { commandLog } from './human-log';

/** Parameters that override all others, and a certificate to trust, as `--sandbox` needs them. */
export interface ParamOverrides {
  readonly params: JsonObject;
  readonly ca: string;
}

/** The source of the parameters of a command line. */
export interface ParamSource extends ConfigSources {
  readonly overrides?: ParamOverrides | undefined;
  /** The level of the log; MDTI_LOG unless given. */
  readonly logLevel?: LogLevel | undefined;
}

export interface LocalServices {
  readonly params: JsonObject;
  readonly store: Store;
  readonly log: Log;
  readonly ca: string | undefined;
  readonly allowEndpoints: readonly string[];
}

/**
 * Returns the services for a command of this user: their parameters, their saved sign-ins, a log on stderr.
 * @param needsState whether the command fails where the sign-in cannot be saved, instead of continuing without.
 */
export function localServices(
  { overrides, logLevel: level, ...sources }: ParamSource,
  needsState = false,
): LocalServices {
  const log = processLog(level);
  for (const { variable, meant } of unreadVariables(process.env))
    warnOnce(log, `the environment variable ${variable} is not read; did you mean ${meant}?`, {});
  const layers = layersOf(sources, process.env);
  const replaced = overrides === undefined ? [] : replacedBy(overrides, layers, sources.paramsFile);
  if (replaced.length > 0)
    warnOnce(log, 'the sandbox replaces these parameters', { parameters: replaced.join(' ') });
  const params = { ...merged(layers), ...overrides?.params };
  return {
    params,
    store: overrides === undefined ? userStore(params, log, needsState) : memoryStore(),
    log,
    ca: overrides?.ca,
    allowEndpoints: endpointsIn(overrides?.params),
  };
}

/** The parameters of `--params` and `--param` that a sandbox replaces; those of a profile are for other commands, too. */
function replacedBy(
  { params: replacing }: ParamOverrides,
  layers: readonly Layer[],
  paramsFile: string | undefined,
): string[] {
  const typed = layers.filter(({ from }) => from === paramsFile || from === '--param');
  const names = new Set(typed.flatMap(({ params }) => Object.keys(params)));
  return [...names].filter((name) => Object.hasOwn(replacing, name));
}

const logs = new Map<LogLevel, Log>();

/**
 * Returns the one log of the process, so that notes written once per log appear once: a sign-in opens its services twice.
 * @param level that of MDTI_LOG unless given
 */
export function processLog(level = logLevel(process.env.MDTI_LOG)): Log {
  const log = logs.get(level) ?? commandLog(level, process.stderr);
  logs.set(level, log);
  return log;
}

/** The saved sign-ins of this user; those of all engines where MDTI_SHARED is set. */
function userStore(params: JsonObject, log: Log, needsState: boolean): Store {
  const store = fileStore(statePaths(process.env), { log });
  const local = needsState ? store : fallbackStore(store, log);
  const settings = readSharedSettings(process.env);
  return settings === undefined ? local : sharedStore(settings, budgetName(params), local, log);
}

/** The response cache of this user; undefined in a sandbox, whose data is not Graph's. */
export function localResponseCache(
  { overrides }: Pick<ParamSource, 'overrides'>,
  { params, log }: Pick<LocalServices, 'params' | 'log'>,
): ClientCache | undefined {
  return overrides === undefined
    ? openResponseCache(params, { log, byDefault: true, trustsState: true })
    : undefined;
}

/** Uses the memory of this process if the store cannot be read or written, so that a command can continue; logs that once. */
function fallbackStore(store: Store, log: Log): Store {
  const memory = memoryStore();
  let failed = false;

  async function first<T>(work: () => Promise<T>, instead: () => Promise<T>): Promise<T> {
    if (failed) return instead();
    try {
      return await work();
    } catch (error) {
      if (!isPluginError(error) || error.code !== 'STATE_UNAVAILABLE') throw error;
      failed = true;
      log('warn', 'the sign-in of this command was not saved', { reason: error.message });
      return instead();
    }
  }

  return {
    read: () => first(store.read, memory.read),
    update: (change, signal) =>
      first(
        () => store.update(change, signal),
        () => memory.update(change, signal),
      ),
  };
}
