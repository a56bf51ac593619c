import type { CommandName } from '../../manifest/generated/types';
import { type EngineOptions, openEngine } from '../engine';
import type { CommandCall, Parameters, ServerCommand } from './arguments';
import type { OutcomeOf } from './results';

export interface PluginOptions extends Omit<EngineOptions, 'params'> {
  /** The values of integration.yml's configuration, as a platform sends them. */
  readonly params?: Parameters;
}

/** The plugin for one configuration. */
export interface Plugin {
  /**
   * Runs one command. Never rejects: what goes wrong is an entry of `Type` 4, with its code in `errors`.
   * @example await plugin.execute('msg-defender-threat-intel-host', { host_id: 'contoso.com' })
   */
  execute<Name extends CommandName | ServerCommand | (string & {})>(
    command: Name,
    ...call: CommandCall<Name>
  ): Promise<OutcomeOf<Name>>;
}

/**
 * Opens the plugin for one configuration. Nothing is read or sent before the first command; connections and tokens are
 * kept between commands.
 */
export function createPlugin(options: PluginOptions = {}): Plugin {
  // What the dispatcher checks while it runs, these types say before: the two meet only here.
  return openEngine(options as EngineOptions) as Plugin;
}
