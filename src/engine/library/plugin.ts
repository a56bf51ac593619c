import type { CommandName } from '../../manifest/generated/types';
import { type Engine, type EngineOptions, openEngine } from '../engine';
import type { CommandCall, Parameters, ServerCommand } from './arguments';
import { missingAndFailed, type OutcomeOf } from './results';

export interface PluginOptions extends Omit<EngineOptions, 'params'> {
  /** The values of integration.yml's configuration, as a platform sends them. */
  readonly params?: Parameters;
}

/** The plugin for one configuration. */
export interface Plugin {
  /**
   * Runs one command. Never rejects: an error is an entry of `Type` 4, with its code in `errors`.
   * @example await plugin.execute('msg-defender-threat-intel-host', { host_id: 'contoso.com' })
   */
  execute<Name extends CommandName | ServerCommand | (string & {})>(
    command: Name,
    ...call: CommandCall<Name>
  ): Promise<OutcomeOf<Name>>;
}

/**
 * Opens the plugin for one configuration, with entries as the platform takes them; `createClient` returns plain objects instead.
 * Nothing is read or sent before the first command; connections and tokens are reused between commands.
 */
export function createPlugin(options: PluginOptions = {}): Plugin {
  const engine = openEngine(options as EngineOptions);
  const execute: Engine['execute'] = async (command, args, signal) => {
    const { lookups = [], ...outcome } = await engine.execute(command, args, signal);
    return { ...outcome, ...missingAndFailed({ lookups }) };
  };
  // The types above promise what the dispatcher checks while it runs; the two meet only here.
  return { execute } as Plugin;
}
