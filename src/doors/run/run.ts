import { PluginError, toPluginError } from '../../base/errors';
import { exceededLimit, isRecord, type JsonObject, parseJson } from '../../base/json';
import type { Log } from '../../base/log';
import type { AbortSignalLike } from '../../base/plain-abort';
import type { Config } from '../../config/config';
import { endpointsIn } from '../../config/endpoints';
import { type Engine, openEngine } from '../../engine/engine';
import { errorRecord, type Outcome } from '../../engine/invocation';
import type { SharedTraffic } from '../../engine/open-services';
import type { ClientCache } from '../../graph/cached-client';
import type { Transport } from '../../http/transport';
import { validateInvocation } from '../../manifest/generated/validators';
import { type Instruments, tenantLabel } from '../../metrics/instruments';
import { type MemoryStore, memoryStore, reporting, type State } from '../../state/store';
import { errorEntry, isErrorEntry } from '../../xsoar/entry';
import { mistypedField, warnOfMistyped } from './mistyped-fields';
import { platformArguments, withWarning } from './platform-arguments';

/** The response to one document: the text for stdout, and the exit status. */
interface RunResult {
  readonly document: JsonObject;
  readonly status: 0 | 1 | 2;
}

export interface RunOptions {
  readonly log: Log;
  readonly signal?: AbortSignalLike;
  /** Parameters that take precedence over those of the document, and a certificate to trust (`--sandbox`). */
  readonly override?: { readonly params: JsonObject; readonly ca: string } | undefined;
  /** Called with the whole state as soon as a command changes it. */
  readonly onState?: ((state: State) => void) | undefined;
  /** The instruments that measure the work of the process; none by default. */
  readonly instruments?: Instruments | undefined;
  /** Returns the state that documents share if one process runs many; separate for each document by default. */
  readonly shared?: (params: JsonObject, integrationContext: unknown) => Shared;
}

interface KeptEngine {
  engine?: Promise<Engine> | undefined;
}

export interface Shared {
  readonly store: MemoryStore;
  /** The engine for documents that share this state and bring no separate one, once it is open. */
  readonly kept?: KeptEngine | undefined;
  /** Reads the parameters once. */
  readonly readConfig?: () => Config;
  readonly transport?: Transport;
  readonly traffic?: SharedTraffic;
}

/**
 * `mdti run`: one JSON document in, one out. Never rejects. Incidents and `lastRun` are in one document, so that a
 * caller can store them together. A caller that cannot stores the incidents first: a crash in between then repeats a fetch and
 * loses nothing.
 */
export async function run(stdin: string, options: RunOptions): Promise<RunResult> {
  const text = stdin.replace(/^\uFEFF/, '');
  const exceeded = exceededLimit(text);
  if (exceeded !== undefined) return refusedDocument(tooLarge(`The document on stdin ${exceeded}.`));
  try {
    return await runDocument(parseJson(text), options);
  } catch (error) {
    return refusedDocument(toPluginError(error));
  }
}

/** Runs a document that is parsed already. */
export async function runDocument(invocation: unknown, options: RunOptions): Promise<RunResult> {
  const mistyped =
    isRecord(invocation) && invocation.door !== PLATFORM ? mistypedField(Object.keys(invocation)) : undefined;
  if (mistyped !== undefined) return refusedDocument(mistyped);
  if (!isInvocation(invocation)) return unreadable(invocation);
  const { override, shared = ownState, onState, signal, instruments } = options;
  const isPlatform = invocation.door === PLATFORM;
  const own = invocation.params ?? {};
  const params = override === undefined ? own : { ...own, ...override.params };
  const log = instruments?.log(options.log, tenantLabel(params)) ?? options.log;
  if (!isPlatform) warnOfMistyped(Object.keys(own), log);
  const { command, args: given, integrationContext } = invocation;
  const lastRun = memoryStore(invocation.lastRun);
  const { store, kept = {}, ...ports } = shared(params, integrationContext);
  const open = async () =>
    openEngine({
      params,
      store: onState === undefined ? store : reporting(store, onState),
      lastRun,
      ...ports,
      log,
      ca: override?.ca,
      allowEndpoints: endpointsIn(override?.params),
      responseCache: await responseCacheFor(params, isPlatform, integrationContext, options),
    });
  const isOwn = isPlatform || isRecord(invocation.lastRun);
  const engine = await engineIn(isOwn ? {} : kept, open);
  const { args, ignored } = isPlatform
    ? platformArguments(command, given ?? {})
    : { args: given ?? {}, ignored: [] };
  if (ignored.length > 0)
    log('warn', 'unexpected arguments ignored', { command, arguments: ignored.join(', ') });
  const outcome = await engine.execute(command, args, signal);
  return {
    document: {
      ...responseOf({ ...outcome, entries: withWarning(outcome.entries, command, ignored) }),
      integrationContext: store.current(),
      lastRun: outcome.lastRun ?? lastRun.current(),
    },
    status: outcome.entries.some(isErrorEntry) ? 1 : 0,
  };
}

/** Opens the engine once; after a failure, the next document tries again. */
function engineIn(kept: KeptEngine, open: () => Promise<Engine>): Promise<Engine> {
  kept.engine ??= open().catch((error: unknown) => {
    kept.engine = undefined;
    throw error;
  });
  return kept.engine;
}

/** The response cache: for programs of this user where one process runs many documents, elsewhere only if `cache_ttl` is set. */
async function responseCacheFor(
  params: JsonObject,
  isPlatform: boolean,
  integrationContext: unknown,
  { shared, override, log, instruments }: RunOptions,
): Promise<ClientCache | undefined> {
  const byDefault = shared !== undefined && override === undefined && !isPlatform;
  const isSet = params.cache_ttl !== undefined && params.cache_ttl !== null && params.cache_ttl !== '';
  if (!byDefault && !isSet) return undefined;
  const { openResponseCache } = await import('../../engine/open-response-cache');
  const trustsState = integrationContext === undefined || integrationContext === null;
  let reuse: ClientCache | undefined;
  try {
    reuse = openResponseCache(params, { log, byDefault, trustsState });
  } catch {
    // The engine reports the parameter in an error entry.
  }
  if (reuse === undefined || instruments === undefined) return reuse;
  return { ...reuse, cache: instruments.cache(reuse.cache, tenantLabel(params)) };
}

function ownState(_: JsonObject, integrationContext: unknown): Shared {
  return { store: memoryStore(integrationContext) };
}

/** The `door` of documents that come from the platform's integration code. */
export const PLATFORM = 'xsoar';

interface RunDocument {
  readonly command: string;
  readonly door?: unknown;
  readonly args?: JsonObject | null;
  readonly params?: JsonObject | null;
  readonly integrationContext?: unknown;
  readonly lastRun?: unknown;
}

function isInvocation(value: unknown): value is RunDocument {
  return isRecord(value) && validateInvocation(value);
}

function responseOf({ entries, errors, incidents }: Outcome): JsonObject {
  return {
    entries,
    ...(errors.length === 0 ? {} : { errors }),
    incidents,
  };
}

function unreadable(invocation: unknown): RunResult {
  const [, wrong = ''] = String(validateInvocation.errors?.[0]?.instancePath).split('/');
  const hasWrong = wrong !== '' && wrong !== 'command';
  const what = !isRecord(invocation)
    ? 'is not a JSON object'
    : hasWrong
      ? `has ${JSON.stringify(wrong)} that is not an object`
      : 'does not name a command';
  const error = new PluginError('INVOCATION_UNREADABLE', `The document on stdin ${what}.`, {
    hint: 'Send {"command": "…", "args": {…}, "params": {…}, "integrationContext": {…}, "lastRun": {…}}; all but command may be left out.',
  });
  return refusedDocument(error);
}

/** The result for a document that no command was run for. */
export function refusedDocument(error: PluginError): RunResult {
  return { document: { entries: [errorEntry(error)], errors: [errorRecord(error)] }, status: 2 };
}

function tooLarge(message: string): PluginError {
  return new PluginError('TOO_LARGE', message, {
    hint: 'Send a smaller document; it must contain the state of an earlier result unchanged.',
  });
}
