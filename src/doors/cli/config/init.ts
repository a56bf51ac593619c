import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf, PluginError } from '../../../base/errors';
import { makeFolder } from '../../../base/owned-path';
import { FILE_MODE, FOLDER_MODE, unavailable } from '../../../state/files';
import { DEFAULT_PROFILE } from './file';

/** The parameters of a sign-in with a client secret; every other one has a default. */
const PROFILE = {
  app_id: '',
  tenant_id: '',
  client_credentials: true,
  credentials: { password: '' },
};

/**
 * `mdti config init`: creates a configuration file to fill in, which only its owner can read.
 * @throws PluginError CONFIG_INVALID if it exists already, STATE_UNAVAILABLE if it cannot be written.
 */
export function initConfig(file: string, profile = DEFAULT_PROFILE): string {
  try {
    makeFolder(dirname(file), FOLDER_MODE);
    const text = `${JSON.stringify({ profiles: { [profile]: PROFILE } }, null, 2)}\n`;
    writeFileSync(file, text, { flag: 'wx', mode: FILE_MODE });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST')
      throw unavailable(`${file} cannot be written`, error, 'name another file in MDTI_CONFIG');
    throw new PluginError('CONFIG_INVALID', `${file} exists already.`, {
      hint: 'Run `mdti login --profile NAME` to add a profile, or `mdti config check` to see what is used.',
      cause: error,
    });
  }
  return `Created ${file}. Fill it in, then run \`mdti config check\`; \`mdti login\` does both.`;
}
