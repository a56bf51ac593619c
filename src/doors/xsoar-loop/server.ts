import { PluginError } from '../../base/errors';
import { isRecord, type JsonObject, parseJson } from '../../base/json';
import { sanitize } from '../../base/sanitize';
import type { Store } from '../../state/store';

/** What the platform puts before the reason when it refuses a call. */
const REFUSAL = '[ERROR-fd5a7750-7182-4b38-90ba-091824478903]';

/** Whatever version is there is written over: the platform's own default. */
const ANY_VERSION = { version: -1, sequenceNumber: -1, primaryTerm: -1 };

/** The lines between us and the platform's server. */
export interface Line {
  /** The next line that came; undefined when no more will. */
  read(): Promise<string | undefined>;
  write(message: JsonObject): void;
}

/** The server's side of the protocol, as far as the plugin calls it; one call is under way at a time. */
export interface Server {
  call(command: string, args: JsonObject): Promise<unknown>;
  log(level: string, text: string): void;
  /** Resolves when every call is answered. */
  settled(): Promise<unknown>;
}

export function server(line: Line): Server {
  let last: Promise<unknown> = Promise.resolve();

  function ask(message: JsonObject): Promise<unknown> {
    const answer = last.then(async () => {
      line.write(message);
      return answerIn(message, (await line.read()) ?? '');
    });
    last = answer.catch(() => undefined);
    return answer;
  }

  return {
    call: (command, args) => ask({ type: 'executeCommand', command, args }),
    log: (level, text) => {
      void ask({ type: 'log', command: level, args: { args: [text] } }).catch(() => undefined);
    },
    settled: () => last,
  };
}

function answerIn({ command }: JsonObject, line: string): unknown {
  const refused = line.indexOf(REFUSAL);
  if (refused < 0) return parseJson(line);
  const reason = sanitize(line.slice(refused + REFUSAL.length));
  throw new PluginError('PLATFORM_REFUSED', `The platform refused ${command}: ${reason}`);
}

/** The state that the platform keeps for this instance of the integration. */
export function integrationContext(platform: Server): Store {
  let changing: Promise<void> = Promise.resolve();

  async function read(): Promise<JsonObject> {
    const answer = await platform.call('getIntegrationContext', { refresh: false });
    return isRecord(answer) && isRecord(answer.context) ? answer.context : {};
  }

  return {
    read,
    update(change, signal) {
      const changed = changing.then(async () => {
        signal?.throwIfAborted();
        const value = await change(await read());
        await platform.call('setIntegrationContext', { value, version: ANY_VERSION, sync: false });
      });
      changing = changed.catch(() => undefined);
      return changed;
    },
  };
}

export interface LastRunStore extends Pick<Store, 'read'> {
  write(value: JsonObject): Promise<unknown>;
}

/** Where the last fetch of incidents ended. */
export function lastRun(platform: Server): LastRunStore {
  return {
    async read() {
      const answer = await platform.call('getLastRun', {});
      return isRecord(answer) ? answer : {};
    },
    write: (value) => platform.call('setLastRun', { value }),
  };
}
