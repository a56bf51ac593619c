import type { DeviceLogin } from '../../../auth/device-login';
import { sleep, systemClock } from '../../../base/clock';
import { isPluginError } from '../../../base/errors';
import type { JsonObject } from '../../../base/json';
import { quoted } from '../../../base/sanitize';
import { configFile } from '../../../base/user-paths';
import { splitAppId } from '../../../config/app-id';
import { openServices } from '../../../engine/open-services';
import { readUserFile } from '../../../state/user-file';
import { withSignals } from '../../io/signals';
import { readStdin } from '../../io/stdin';
import { DEFAULT_PROFILE, readProfiles } from '../config/file';
import { refuseRefreshToken } from '../config/flags';
import { layersOf, merged } from '../config/layers';
import { printChecks } from '../doctor';
import { invocationError } from '../invocation-error';
import { localServices, type ParamSource } from '../local-services';
import { inCommandLineWords } from '../own-words';
import { APPLICATION_ID, type Form, TENANT, THUMBPRINT } from './forms';
import { openPage } from './open-page';
import { type LoginInput, parametersOf, saveProfile, withSignIn } from './profile';
import { type Prompt, terminalPrompt } from './prompt';

export const METHODS = ['secret', 'certificate', 'device-code', 'managed-identity', 'ambient'] as const;

const DESCRIPTIONS: Readonly<Record<(typeof METHODS)[number], string>> = {
  secret: 'an app registration with a client secret',
  certificate: 'an app registration with a certificate',
  'device-code': 'your own account, in a browser',
  'managed-identity': 'the managed identity of this Azure machine',
  ambient: 'whatever identity this machine has (Azure CLI, workload identity, …)',
};

interface LoginCall extends ParamSource {
  readonly options: {
    readonly method: (typeof METHODS)[number] | undefined;
    readonly 'app-id': string | undefined;
    readonly 'tenant-id': string | undefined;
    readonly thumbprint: string | undefined;
    readonly 'key-file': string | undefined;
    readonly 'no-browser': boolean;
  };
}

/** Milliseconds between two questions whether a user has signed in. */
const POLL = 5_000;

/** `mdti login`: collects what a sign-in method needs, signs in, and saves it in a profile once a token was issued. */
export function login(call: LoginCall): Promise<number> {
  return withSignals(async (signal) => {
    const file = configFile(process.env);
    const name = call.profile ?? (process.env.MDTI_PROFILE || DEFAULT_PROFILE);
    const known = knownParams();
    const input = await collect(call.options, known, process.stdin.isTTY ? terminalPrompt() : undefined);
    const profile = withSignIn(file, name, parametersOf(input));
    const source = { ...call, profile: name, unsaved: profile };
    const services = localServices(source, true);
    const { tokens, device } = openServices(services.params, services).login;
    // A token of an earlier login would hide that the new one does not work.
    await tokens.forget(signal);
    if (device !== undefined) await signIn(device, !call.options['no-browser'], signal);
    const checks = await printChecks(
      { ...localServices(source), environment: process.env, signal },
      { profile: call.profile },
    );
    if (checks.some(({ check, status }) => check === 'token' && status !== 'ok')) {
      const outcome = `Nothing was saved, because the sign-in failed. ${unchanged(file, name)}\n`;
      process.stderr.write(inCommandLineWords(outcome, { profile: call.profile }));
      return 1;
    }
    saveProfile(file, name, profile);
    process.stderr.write(`Saved as profile ${name} in ${file}.\n`);
    return checks.some(({ status }) => status === 'fail') ? 1 : 0;
  });
}

function unchanged(file: string, name: string): string {
  return Object.hasOwn(readProfiles(file), name)
    ? `The profile ${name} is unchanged.`
    : 'Run `mdti login` again.';
}

/** Returns the parameters configured so far, as defaults; empty if the file cannot be read. */
function knownParams(): JsonObject {
  try {
    return merged(layersOf({}, process.env));
  } catch {
    return {};
  }
}

async function collect(
  options: LoginCall['options'],
  known: JsonObject,
  prompt: Prompt | undefined,
): Promise<LoginInput> {
  refuseRefreshToken('--app-id', options['app-id']);
  const method = options.method ?? (await chooseMethod(prompt));

  /** The value of an option, else what the user types, else what is configured. */
  async function value(flag: ValueFlag, question: string, form?: Form, otherwise?: unknown): Promise<string> {
    const suggestion = typeof otherwise === 'string' && otherwise !== '' ? otherwise : undefined;
    const given = options[flag];
    if (given !== undefined || prompt === undefined) return checked(flag, given ?? suggestion, form);
    for (;;) {
      const typed = await prompt.ask(question, suggestion);
      if (typed === '' || form === undefined || form.matches(typed)) return checked(flag, typed, form);
      process.stderr.write(`That is not ${form.what}. ${form.hint}\n`);
    }
  }

  /** The value of an option that may be left out. */
  function optional(flag: ValueFlag, form: Form): string | undefined {
    return options[flag] ? checked(flag, options[flag], form) : undefined;
  }

  if (method === 'ambient') return { method };
  if (method === 'managed-identity') {
    const appId = optional('app-id', APPLICATION_ID);
    return { method, ...(appId === undefined ? {} : { appId }) };
  }
  const knownId = splitAppId(known.app_id).clientId;
  const appId = await value('app-id', 'Application (client) ID', APPLICATION_ID, knownId);
  if (method === 'device-code') {
    const tenantId = optional('tenant-id', TENANT);
    return { method, appId, ...(tenantId === undefined ? {} : { tenantId }) };
  }
  const tenantId = await value('tenant-id', 'Directory (tenant) ID or domain', TENANT, known.tenant_id);
  if (method === 'secret') return { method, appId, tenantId, secret: await readSecret(prompt) };
  const thumbprint = await value('thumbprint', 'Thumbprint of the certificate', THUMBPRINT);
  const keyFile = await value('key-file', 'File of the private key (PEM)');
  return { method, appId, tenantId, thumbprint, privateKey: contentOf(keyFile) };
}

type ValueFlag = 'app-id' | 'tenant-id' | 'thumbprint' | 'key-file';

/** @throws PluginError INVOCATION_UNREADABLE without a value, or for one of another form; it is not repeated: it may be the secret. */
function checked(flag: ValueFlag, value: string | undefined, form: Form | undefined): string {
  if (!value)
    throw invocationError(`mdti login needs --${flag}.`, `Give --${flag}, or run it in a terminal.`);
  if (form === undefined || form.matches(value)) return value;
  throw invocationError(`--${flag}: the value is not ${form.what}.`, form.hint);
}

async function chooseMethod(prompt: Prompt | undefined): Promise<(typeof METHODS)[number]> {
  if (prompt === undefined)
    throw invocationError(
      'mdti login needs --method.',
      `Use one of ${METHODS.join(', ')}, or run it in a terminal.`,
    );
  const lines = METHODS.map((method, index) => `  ${index + 1}  ${DESCRIPTIONS[method]}`);
  process.stderr.write(`How do you sign in?\n${lines.join('\n')}\n`);
  const typed = await prompt.ask('Number or name', '1');
  const chosen = METHODS[Number(typed) - 1] ?? METHODS.find((method) => method === typed.toLowerCase());
  if (chosen !== undefined) return chosen;
  throw invocationError(`${quoted(typed)} is not a sign-in method.`, `Use one of ${METHODS.join(', ')}.`);
}

/** Never from an option: other users of the machine can read those. */
async function readSecret(prompt: Prompt | undefined): Promise<string> {
  const secret = prompt === undefined ? (await readStdin()).trim() : await prompt.askSecret('Client secret');
  if (secret !== '') return secret;
  throw invocationError(
    'The client secret is empty.',
    'Type it, or pipe it in: `mdti login --method secret … < secret.txt`.',
  );
}

function contentOf(file: string): string {
  try {
    return readUserFile(file);
  } catch (error) {
    if (!isPluginError(error) || error.code !== 'CONFIG_INVALID') throw error;
    throw invocationError(`--key-file: ${error.message}`, error.hint, error.cause);
  }
}

/** Starts a device-code login, opens its page, and waits until a user signed in or the code expired. */
async function signIn(device: DeviceLogin, browser: boolean, signal: AbortSignal): Promise<void> {
  const { page, code, lives } = await device.start(signal);
  process.stderr.write(`Open ${page} and enter the code ${code}. It is valid for ${lives}.\n`);
  if (browser) openPage(page);
  for (;;) {
    try {
      await device.complete(signal);
      process.stderr.write('Signed in.\n');
      return;
    } catch (error) {
      if (!isPluginError(error) || error.code !== 'AUTH_PENDING') throw error;
    }
    await sleep(systemClock, POLL, signal);
  }
}
