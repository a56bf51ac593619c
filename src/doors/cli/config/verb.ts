import { configFile } from '../../../base/user-paths';
import { checkConfig } from './check';
import { initConfig } from './init';
import type { ConfigSources } from './layers';
import { layersOf } from './layers';

interface ConfigCall extends ConfigSources {
  readonly words: readonly string[];
}

/** `mdti config init` and `mdti config check`; the status is 1 if a check fails. */
export function configVerb(
  { words: [word], ...sources }: ConfigCall,
  environment: NodeJS.ProcessEnv,
): { readonly text: string; readonly status: number } {
  if (word === 'init') return { text: initConfig(configFile(environment), sources.profile), status: 0 };
  return checkConfig(layersOf(sources, environment), environment);
}
