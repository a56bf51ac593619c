import { checkConfig } from './check';
import { configFile } from './file';
import { initConfig } from './init';
import type { ConfigSources } from './layers';
import { layersOf } from './layers';

interface ConfigCall extends ConfigSources {
  readonly words: readonly string[];
}

/** `mdti config init` and `mdti config check`. */
export function configVerb(
  { words: [word], ...sources }: ConfigCall,
  environment: NodeJS.ProcessEnv,
): string {
  if (word === 'init') return initConfig(configFile(environment), sources.profile);
  return checkConfig(layersOf(sources, environment));
}
