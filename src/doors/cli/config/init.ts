import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { PluginError } from '../../../base/errors';
import { codeOf, FILE_MODE, FOLDER_MODE, unavailable } from '../../../state/files';
import { DEFAULT_PROFILE } from './file';

/** What a login with a client secret needs; every other parameter has a default. */
const PROFILE = {
  app_id: '',
  tenant_id: '',
  client_credentials: true,
  credentials: { password: '' },
};

/**
 * `mdti config init`: a file of profiles to fill in, which only its owner can read.
 * @throws PluginError CONFIG_INVALID where there is one already, STATE_UNAVAILABLE where it cannot be written.
 */
export function initConfig(file: string, profile = DEFAULT_PROFILE): string {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: FOLDER_MODE });
    const text = `${JSON.stringify({ profiles: { [profile]: PROFILE } }, null, 2)}\n`;
    writeFileSync(file, text, { flag: 'wx', mode: FILE_MODE });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw unavailable(`${file} cannot be written`, error);
    throw new PluginError('CONFIG_INVALID', `${file} is there already.`, {
      hint: 'Add a profile to it by hand; mdti config check shows what is used.',
      cause: error,
    });
  }
  return `${file} is there now. Fill it in, then run mdti config check.`;
}
