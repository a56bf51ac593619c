import type { Clock } from '../../src/base/clock';
import { jsonLog } from '../../src/base/log';
import { openEngine } from '../../src/engine/engine';
import type { Outcome } from '../../src/engine/invocation';
import type { Sandbox } from '../../src/sandbox';
import { memoryStore, type State } from '../../src/state/store';
import { errorText } from './outcome';

/** An instance of the integration, whose commands each run in a separate plugin, like processes that share a state. */
export interface Instance {
  run(command: string, args?: Readonly<Record<string, unknown>>): Promise<Outcome>;
  /** The text of the command's one entry that is not an error. */
  says(command: string): Promise<string>;
  /** The text of the command's one error entry. */
  fails(command: string): Promise<string>;
  state(): State;
  /** All log lines so far, at the most talkative level. */
  readonly log: string[];
}

const AUTH = 'msg-defender-threat-intel-auth-';

/** @param params beside those that reach the sandbox; `null` takes one of them away. */
export function instance(
  sandbox: Sandbox,
  params: Readonly<Record<string, unknown>> = {},
  options: { readonly state?: State; readonly clock?: Clock } = {},
): Instance {
  const store = memoryStore(options.state);
  const log: string[] = [];
  const given = { ...sandbox.params, ...params };

  function run(command: string, args: Readonly<Record<string, unknown>> = {}): Promise<Outcome> {
    const name = /^(start|complete|test|reset)$/.test(command) ? `${AUTH}${command}` : command;
    const plugin = openEngine({
      params: given,
      store,
      ca: sandbox.ca,
      log: jsonLog('debug', (line) => log.push(line)),
      ...(options.clock === undefined ? {} : { clock: options.clock }),
    });
    return plugin.execute(name, args);
  }

  return {
    run,
    async says(command) {
      const outcome = await run(command);
      expect(outcome.entries).toMatchObject([{ Type: 1, Contents: expect.any(String) }]);
      return String(outcome.entries[0]?.Contents);
    },
    fails: async (command) => errorText(await run(command)),
    state: store.current,
    log,
  };
}
