import { PluginError, toPluginError } from '../errors';
import { validateInvocation } from '../generated/validators';
import { errorRecord, type Outcome } from '../invocation';
import { isRecord, type JsonObject, parseJson } from '../json';
import type { Log } from '../log';
import { errorEntry, isErrorEntry } from '../platform/entry';
import { createPlugin } from '../plugin';
import { memoryStore } from '../state/store';

/** The answer to one document: what goes to stdout, and the exit status. */
export interface RunAnswer {
  readonly document: JsonObject;
  readonly status: 0 | 1 | 2;
}

export interface RunOptions {
  readonly log: Log;
  readonly signal?: AbortSignal;
  /** Parameters that stand above those of the document, and a certificate to trust: how `--sandbox` gets in. */
  readonly override?: { readonly params: JsonObject; readonly ca: string } | undefined;
}

/** `mdti run`: one JSON document in, one out (Contract 1). Never rejects. */
export async function run(stdin: string, options: RunOptions): Promise<RunAnswer> {
  const invocation = parseJson(stdin);
  if (!isInvocation(invocation)) return unreadable();
  const { override } = options;
  const store = memoryStore(invocation.integrationContext);
  const params = { ...invocation.params, ...override?.params };
  const plugin = createPlugin({ params, store, log: options.log, ca: override?.ca });
  const outcome = await plugin.execute(invocation.command, invocation.args ?? {}, options.signal);
  return {
    document: {
      ...answer(outcome),
      integrationContext: store.current(),
      lastRun: isRecord(invocation.lastRun) ? invocation.lastRun : {},
    },
    status: outcome.entries.some(isErrorEntry) ? 1 : 0,
  };
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

function answer({ entries, errors }: Outcome): JsonObject {
  return errors.length === 0 ? { entries } : { entries, errors };
}

function unreadable(): RunAnswer {
  const error = new PluginError(
    'INVOCATION_UNREADABLE',
    'What came on stdin is not a JSON document that names a command.',
    {
      hint: 'Send {"command": "…", "args": {…}, "params": {…}, "integrationContext": {…}, "lastRun": {…}}; all but command may be left out.',
    },
  );
  return {
    document: { entries: [errorEntry(error)], errors: [errorRecord(toPluginError(error))] },
    status: 2,
  };
}
