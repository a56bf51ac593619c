import { mergeLoginState } from '../../auth/merge-login-state';
import { PluginError } from '../../base/errors';
import { isRecord, type JsonObject, parseBoundedJson } from '../../base/json';
import { sanitize } from '../../base/sanitize';
import type { State, Store } from '../../state/store';

/** The prefix of the platform for the reason of a rejected call. */
const REFUSAL = '[ERROR-fd5a7750-7182-4b38-90ba-091824478903]';

/** The platform's own default: whatever version is stored is overwritten. */
const ANY_VERSION = { version: -1, sequenceNumber: -1, primaryTerm: -1 };

/** Attempts to merge and write a state after another command wrote first. */
const ATTEMPTS = 5;

/** The lines between us and the platform's server. */
export interface ShimLine {
  /** Returns the next line; undefined at the end of the input. */
  read(): Promise<string | undefined>;
  write(message: JsonObject): void;
}

/** The server's side of the protocol, as far as the plugin calls it; one call is in progress at a time. */
export interface Server {
  call(command: string, args: JsonObject): Promise<unknown>;
  log(level: string, text: string): void;
  /** Resolves when every call has its response. */
  settled(): Promise<unknown>;
}

export function server(line: ShimLine): Server {
  let last: Promise<unknown> = Promise.resolve();

  function ask(message: JsonObject): Promise<unknown> {
    const result = last.then(async () => {
      line.write(message);
      return resultOf(message, String(await line.read()));
    });
    last = result.catch(() => undefined);
    return result;
  }

  return {
    call: (command, args) => ask({ type: 'executeCommand', command, args }),
    log: (level, text) => {
      void ask({ type: 'log', command: level, args: { args: [text] } }).catch(() => undefined);
    },
    settled: () => last,
  };
}

function resultOf({ command }: JsonObject, line: string): unknown {
  const refused = line.indexOf(REFUSAL);
  if (refused < 0) return parseBoundedJson(line);
  const reason = sanitize(line.slice(refused + REFUSAL.length));
  throw new PluginError('PLATFORM_REFUSED', `The platform rejected ${command}: ${reason}`, {
    hint: 'Run the command again. If it keeps failing, check the log of the platform.',
  });
}

interface Versioned {
  readonly context: State;
  /** Undefined on a platform that has no versions. */
  readonly version: unknown;
}

/**
 * The state that the platform stores for this instance of the integration. A change may take as long as a sign-in, so it is merged
 * with what other commands wrote in the meantime, and written at the version that was read for the merge: the platform rejects a stale one.
 */
export function integrationContext(platform: Server): Store {
  let changing: Promise<void> = Promise.resolve();

  async function read(refresh = false): Promise<Versioned> {
    const response = await platform.call('getIntegrationContext', { refresh });
    const { context, version } = isRecord(response) ? response : {};
    return { context: isRecord(context) ? context : {}, version: version ?? undefined };
  }

  async function write(base: State, ours: State): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const { context, version = ANY_VERSION } = await read(true);
      const value = mergeLoginState(base, ours, context);
      try {
        return void (await platform.call('setIntegrationContext', { value, version, sync: true }));
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
      }
    }
  }

  return {
    read: async () => (await read()).context,
    update(change, signal) {
      const changed = changing.then(async () => {
        signal?.throwIfAborted();
        const { context } = await read(true);
        const ours = await change(context);
        if (ours !== context) await write(context, ours);
      });
      changing = changed.catch(() => undefined);
      return changed;
    },
  };
}

interface LastRunStore extends Pick<Store, 'read'> {
  write(value: JsonObject): Promise<unknown>;
}

/** Returns the store for the progress of the last incident fetch. */
export function lastRun(platform: Server): LastRunStore {
  return {
    async read() {
      const lastRun = await platform.call('getLastRun', {});
      return isRecord(lastRun) ? lastRun : {};
    },
    write: (value) => platform.call('setLastRun', { value }),
  };
}
