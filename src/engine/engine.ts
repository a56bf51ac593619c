import { systemClock } from '../base/clock';
import { PluginError } from '../base/errors';
import { linkedAbort } from '../base/linked-abort';
import { silentLog } from '../base/log';
import type { AbortSignalLike } from '../base/plain-abort';
import { counted } from '../base/sanitize';
import type { Services } from '../commands/declaration/services';
import type { RawParams } from '../config/read';
import type { OnRows } from '../graph/request';
import { memoryStore, type Store } from '../state/store';
import { dispatch } from './dispatcher';
import type { InstancePorts } from './instance-ports';
import type { Outcome } from './invocation';
import { type InstanceServices, openServices } from './open-services';

export interface EngineOptions extends InstancePorts {
  /** The values of integration.yml's configuration, as the platform sends them. */
  readonly params?: RawParams;
  /** The progress of the last incident fetch; the caller stores it together with the incidents. */
  readonly lastRun?: Pick<Store, 'read'>;
}

/** Runs commands for one integration instance. */
export interface Engine {
  /**
   * Runs one command. Never rejects: every error becomes one error entry.
   * @param onRows receives the rows of a list page by page; the entry then contains only how many there were.
   */
  execute(
    command: string,
    args?: Readonly<Record<string, unknown>> | null,
    signal?: AbortSignalLike,
    onRows?: OnRows,
  ): Promise<Outcome>;
}

/** Opens the engine of one instance: parameters are read at the first command, connections are reused between commands. */
export function openEngine(options: EngineOptions = {}): Engine {
  const { params = {}, lastRun = memoryStore() } = options;
  const { log = silentLog, clock = systemClock } = options;
  let opened: InstanceServices | undefined;

  return {
    async execute(command, args, signal, onRows) {
      let cancelTimeout = () => {};
      let unlink = () => {};
      const start = (report: Services['report']): Services => {
        const abort = linkedAbort(signal);
        unlink = abort.unlink;
        opened ??= openServices(params, options);
        const { config, login } = opened;
        const { commandTimeout } = config.limits;
        cancelTimeout = clock.after(commandTimeout, () =>
          abort.abort(timedOut(command, commandTimeout / 1000)),
        );
        const priority = command === 'fetch-incidents' ? 'fetch' : 'interactive';
        const budget = opened.retryContext(commandTimeout, { priority });
        const graph = opened.graphWithin(budget);
        return { config, login, clock, lastRun, graph, budget, signal: abort.signal, onRows, report };
      };
      try {
        return await dispatch({ command, args: args ?? {} }, start, log);
      } finally {
        cancelTimeout();
        unlink();
      }
    },
  };
}

function timedOut(command: string, seconds: number): PluginError {
  return new PluginError('TIMED_OUT', `${command} timed out after ${counted(seconds, 'second')}.`, {
    hint: 'Request less at once, or raise the parameter command_timeout.',
  });
}
