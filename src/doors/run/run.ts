import { PluginError, toPluginError } from '../../base/errors';
import { isRecord, type JsonObject, parseJson } from '../../base/json';
import type { Log } from '../../base/log';
import { endpointsIn } from '../../config/endpoints';
import { openEngine } from '../../engine/engine';
import { errorRecord, type Outcome } from '../../engine/invocation';
import type { Transport } from '../../http/transport';
import { validateInvocation } from '../../manifest/generated/validators';
import { type MemoryStore, memoryStore } from '../../state/store';
import { errorEntry, isErrorEntry } from '../../xsoar/entry';

/** The answer to one document: what goes to stdout, and the exit status. */
export interface RunResult {
  readonly document: JsonObject;
  readonly status: 0 | 1 | 2;
}

export interface RunOptions {
  readonly log: Log;
  readonly signal?: AbortSignal;
  /** Parameters that stand above those of the document, and a certificate to trust: how `--sandbox` gets in. */
  readonly override?: { readonly params: JsonObject; readonly ca: string } | undefined;
  /** What documents share where one process answers many; a document has its own unless given. */
  readonly shared?: (params: JsonObject, integrationContext: unknown) => Shared;
}

export interface Shared {
  readonly store: MemoryStore;
  readonly transport?: Transport;
}

/**
 * `mdti run`: one JSON document in, one out (Contract 1). Never rejects. Incidents and `lastRun` leave in one document, so that
 * they can be kept together; whoever keeps them one after the other keeps the incidents first. A crash in between then repeats
 * a fetch, and loses nothing.
 */
export function run(stdin: string, options: RunOptions): Promise<RunResult> {
  return runDocument(parseJson(stdin.replace(/^\uFEFF/, '')), options);
}

/** The same for a document that is parsed already. */
export async function runDocument(invocation: unknown, options: RunOptions): Promise<RunResult> {
  if (!isInvocation(invocation)) return unreadable(invocation);
  const { override, shared = ownState } = options;
  const params = { ...invocation.params, ...override?.params };
  const lastRun = memoryStore(invocation.lastRun);
  const { store, ...ports } = shared(params, invocation.integrationContext);
  const allowEndpoints = endpointsIn(override?.params);
  const plugin = openEngine({
    params,
    store,
    lastRun,
    ...ports,
    log: options.log,
    ca: override?.ca,
    allowEndpoints,
  });
  const outcome = await plugin.execute(invocation.command, invocation.args ?? {}, options.signal);
  return {
    document: {
      ...answer(outcome),
      integrationContext: store.current(),
      lastRun: outcome.lastRun ?? lastRun.current(),
    },
    status: outcome.entries.some(isErrorEntry) ? 1 : 0,
  };
}

function ownState(_: JsonObject, integrationContext: unknown): Shared {
  return { store: memoryStore(integrationContext) };
}

interface RunDocument {
  readonly command: string;
  readonly args?: JsonObject | null;
  readonly params?: JsonObject | null;
  readonly integrationContext?: unknown;
  readonly lastRun?: unknown;
}

function isInvocation(value: unknown): value is RunDocument {
  return isRecord(value) && validateInvocation(value);
}

function answer({ entries, errors, incidents }: Outcome): JsonObject {
  return {
    entries,
    ...(errors.length === 0 ? {} : { errors }),
    ...(incidents === undefined ? {} : { incidents }),
  };
}

function unreadable(invocation: unknown): RunResult {
  const [, wrong = ''] = validateInvocation.errors?.[0]?.instancePath.split('/') ?? [];
  const what =
    isRecord(invocation) && wrong !== '' && wrong !== 'command'
      ? `has ${JSON.stringify(wrong)} that is not an object`
      : 'is not a JSON document that names a command';
  const error = new PluginError('INVOCATION_UNREADABLE', `What came on stdin ${what}.`, {
    hint: 'Send {"command": "…", "args": {…}, "params": {…}, "integrationContext": {…}, "lastRun": {…}}; all but command may be left out.',
  });
  return {
    document: { entries: [errorEntry(error)], errors: [errorRecord(toPluginError(error))] },
    status: 2,
  };
}
