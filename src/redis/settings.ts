import { statSync } from 'node:fs';
import { PluginError } from '../base/errors';
import { quoted } from '../base/sanitize';
import { readUserFile } from '../state/user-file';

/** The Redis server where several engines share one budget, one response cache and their logins. */
export interface SharedSettings {
  /** `redis://` or `rediss://`, without a password. */
  readonly url: URL;
  /** ACL user; `default` by default. */
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** Encrypts sign-ins and cached responses in Redis: 32 bytes. */
  readonly sealingKey: Buffer;
  /** A certificate to trust in addition to Node's own, PEM. */
  readonly ca: string | undefined;
  /** Requests per second that all engines together may send for one tenant and application; learned if undefined. */
  readonly rate: number | undefined;
}

/** The names of settings in the configuration file, and their environment variables. Secrets are in files of their owner only. */
export const SHARED_VARIABLES = {
  url: 'MDTI_SHARED',
  password_file: 'MDTI_SHARED_PASSWORD_FILE',
  key_file: 'MDTI_SHARED_KEY_FILE',
  ca_file: 'MDTI_SHARED_CA_FILE',
  rate: 'MDTI_SHARED_RATE',
} as const;

const KEY_BYTES = 32;
const OTHERS = 0o077;

/**
 * Reads the settings of shared services from the environment.
 * @returns undefined when nothing is shared.
 * @throws PluginError CONFIG_INVALID for an address that is not Redis, a password in it, and a secret file that others can read.
 */
export function readSharedSettings(environment: NodeJS.ProcessEnv): SharedSettings | undefined {
  const text = environment[SHARED_VARIABLES.url];
  if (!text) return undefined;
  const url = redisUrl(text);
  const passwordFile = environment[SHARED_VARIABLES.password_file];
  const keyFile = environment[SHARED_VARIABLES.key_file];
  const caFile = environment[SHARED_VARIABLES.ca_file];
  if (!keyFile)
    throw new PluginError('CONFIG_INVALID', 'No encryption key for the shared services is configured.', {
      hint: `Create one with \`(umask 077; openssl rand -base64 32 > mdti.key)\` and set ${SHARED_VARIABLES.key_file} to its path, the same key on every engine.`,
    });
  return {
    url: new URL(`${url.protocol}//${url.host}${url.pathname}`),
    username: userIn(url),
    password: passwordFile ? readSecret(passwordFile).trim() : undefined,
    sealingKey: sealingKey(readSecret(keyFile), keyFile),
    ca: caFile ? readUserFile(caFile) : undefined,
    rate: rateOf(environment[SHARED_VARIABLES.rate]),
  };
}

function userIn({ username }: URL): string | undefined {
  try {
    return decodeURIComponent(username) || undefined;
  } catch {
    throw new PluginError(
      'CONFIG_INVALID',
      `${SHARED_VARIABLES.url} contains a user name that is not percent-encoded.`,
      {
        hint: 'Write a percent sign in the user name as %25.',
      },
    );
  }
}

function rateOf(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const rate = Number(text);
  if (rate > 0 && rate <= 100_000) return rate;
  throw new PluginError('CONFIG_INVALID', `${SHARED_VARIABLES.rate}: ${quoted(text)} is not a rate.`, {
    hint: 'Set the requests per second, such as 50.',
  });
}

function redisUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '')
    throw new PluginError('CONFIG_INVALID', `${SHARED_VARIABLES.url} is not the address of a Redis server.`, {
      hint: 'Write redis://HOST:6379, or rediss://USER@HOST:6380 for TLS with an ACL user.',
    });
  if (url.password !== '')
    throw new PluginError('CONFIG_INVALID', `${SHARED_VARIABLES.url} contains a password.`, {
      hint: `Move it to a file that only you can read, and set ${SHARED_VARIABLES.password_file} to its path.`,
    });
  if (!/^\/?\d{0,4}$/.test(url.pathname) || url.search !== '' || url.hash !== '')
    throw new PluginError(
      'CONFIG_INVALID',
      `${SHARED_VARIABLES.url} has a path that is not a database number: ${JSON.stringify(url.pathname)}.`,
      { hint: 'Write redis://HOST:6379/0.' },
    );
  return url;
}

function sealingKey(text: string, file: string): Buffer {
  const trimmed = text.trim();
  const key = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64');
  if (key.length === KEY_BYTES) return key;
  throw new PluginError(
    'CONFIG_INVALID',
    `${file} is not a key of ${KEY_BYTES} bytes, as base64 or as 64 hex digits.`,
    { hint: 'Create one with `(umask 077; openssl rand -base64 32 > mdti.key)`.' },
  );
}

/** Reads a file of secrets. @throws PluginError CONFIG_INVALID when it cannot be read, or when others can read it */
export function readSecret(file: string): string {
  const text = readUserFile(file);
  if (process.platform !== 'win32' && (statSync(file).mode & OTHERS) !== 0)
    throw new PluginError('CONFIG_INVALID', `Other users can read ${file}.`, {
      hint: `Run \`chmod 600 ${file}\`.`,
    });
  return text;
}
