import { PluginError } from '../../../base/errors';
import type { VerbCall } from '../verbs';
import { checkConfig } from './check';
import { configFile } from './file';
import { initConfig } from './init';
import { layersOf } from './layers';

/** `mdti config init` and `mdti config check`. */
export function configVerb({ words: [word], ...wishes }: VerbCall, environment: NodeJS.ProcessEnv): string {
  if (word === 'init') return initConfig(configFile(environment), wishes.profile);
  if (word === 'check') return checkConfig(layersOf(wishes, environment));
  throw new PluginError('COMMAND_UNKNOWN', `mdti config does not know ${JSON.stringify(word ?? '')}.`, {
    hint: 'There are mdti config init and mdti config check.',
  });
}
