import { randomBytes } from 'node:crypto';
import { isPluginError, PluginError } from '../base/errors';
import { shownPath } from '../base/sanitize';
import type { StatePaths } from '../base/user-paths';
import { isMissing, readOwned, replaceFile, unavailable } from './files';
import { boundedText } from './user-file';

const KEY_BYTES = 32;

/**
 * The key of the state; undefined if there is none yet.
 * @throws PluginError CONFIG_INVALID for a key that is not 32 bytes, STATE_UNAVAILABLE for a file that cannot be read.
 */
export async function readKey(place: StatePaths): Promise<Buffer | undefined> {
  if (place.key !== undefined) return keyIn(place.key, 'The environment variable MDTI_STATE_KEY');
  const text = await readKeyFile(place).catch((error: unknown) => {
    if (isPluginError(error)) throw error;
    if (place.ownKeyFile && isMissing(error)) return undefined;
    throw unavailable(`${nameOf(place)} cannot be read`, error);
  });
  return text === undefined ? undefined : keyIn(text, nameOf(place));
}

/** A key file that is named may be a mounted secret: a link, and owned by root. One that we create is neither. */
async function readKeyFile({ keyFile, ownKeyFile }: StatePaths): Promise<string> {
  return ownKeyFile ? readOwned(keyFile, true) : boundedText(keyFile);
}

function nameOf({ keyFile, ownKeyFile }: StatePaths): string {
  return `The key file ${shownPath(keyFile)}${ownKeyFile ? '' : ' (MDTI_STATE_KEY_FILE)'}`;
}

/** Returns the key of the state, created if there is none yet. Called by one process at a time. */
export async function keyToWrite(place: StatePaths, scratch: string): Promise<Buffer> {
  const known = await readKey(place);
  if (known !== undefined) return known;
  const key = randomBytes(KEY_BYTES);
  await replaceFile(place.keyFile, `${key.toString('base64')}\n`, scratch);
  return key;
}

function keyIn(text: string, where: string): Buffer {
  const trimmed = text.trim();
  const key = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64');
  if (key.length === KEY_BYTES) return key;
  throw new PluginError(
    'CONFIG_INVALID',
    `${where} is not a key of 32 bytes, as base64 or as 64 hex digits.`,
    {
      hint: 'Create one with `openssl rand -base64 32`.',
    },
  );
}
