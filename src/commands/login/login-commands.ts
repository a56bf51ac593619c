import type { SignInMethod } from '../../auth/identity';
import { PluginError } from '../../base/errors';
import { cloudHint } from '../../config/clouds';
import { withRetry } from '../../http/retry';
import { type Entry, textEntry } from '../../xsoar/entry';
import type { Services } from '../declaration/services';
import { freshToken, probeGraph } from './probe';

const PREFIX = '!msg-defender-threat-intel-auth';

/** The name of each flow in sentences. */
const FLOWS: Readonly<Record<SignInMethod, string>> = {
  'client-secret': 'client credentials with a secret',
  'client-certificate': 'client credentials with a certificate',
  'device-code': 'a device code',
  'managed-identity': 'the managed identity of this machine',
  ambient: 'the identity of this machine',
};

async function start({ login: { device, identity }, budget, signal }: Services): Promise<Entry> {
  if (device === undefined) return nothingToDo(identity.flow);
  const { page, trusted, code, lives } = await withRetry(budget, signal, () => device.start(signal));
  return textEntry(
    [
      '### Sign in',
      trusted
        ? `1. Open ${page} in a browser, on any computer.`
        : `1. **Warning:** the login service sent ${page} as the page to open, which is not a Microsoft page. Check azure_ad_endpoint, and do not enter a code or a password there.`,
      `2. Enter the code **${code}** and sign in with the account that reads threat intelligence. The code is valid for ${lives}.`,
      `3. Run ${PREFIX}-complete in the War Room.`,
      '',
      'Enter the code only if you ran this command yourself: an attacker who gets you to enter their code signs in as you. An existing sign-in keeps working until this one is complete.',
    ].join('\n'),
  );
}

async function complete({ login: { device, identity }, budget, signal }: Services): Promise<Entry> {
  if (device === undefined) return nothingToDo(identity.flow);
  await withRetry(budget, signal, () => device.complete(signal));
  return textEntry(`The sign-in is complete. Run ${PREFIX}-test to check it.`);
}

/** With a fresh token: a kept one may lack a permission that was granted since, or outlive one that was withdrawn. */
async function test(services: Services): Promise<Entry> {
  const { login, budget, signal } = services;
  await withRetry(budget, signal, () => freshToken(login.tokens, signal));
  await probeGraph(services);
  const success = `Success: the sign-in with ${FLOWS[services.login.identity.flow]} works, and Graph responds.`;
  const reminder = cloudHint(services.config.graph);
  return textEntry(reminder === undefined ? success : `${success} ${reminder}`);
}

async function reset({ login, signal }: Services): Promise<Entry> {
  await login.tokens.forget(signal);
  return textEntry(
    login.device === undefined
      ? `The saved sign-in was deleted. The next command signs in again with ${FLOWS[login.identity.flow]}.`
      : `The saved sign-in was deleted. Run ${PREFIX}-start to sign in again.`,
  );
}

/** `test-module`, which the platform runs without the state: what a user signed in to cannot be seen from there. */
async function testModule(services: Services): Promise<Entry> {
  if (services.login.device !== undefined)
    throw new PluginError('AUTH_PENDING', 'This button cannot test a sign-in by device code.', {
      hint: `Save the instance, run ${PREFIX}-start in the War Room, follow its steps up to ${PREFIX}-complete, then run ${PREFIX}-test.`,
    });
  await probeGraph(services);
  return textEntry('ok');
}

function nothingToDo(flow: SignInMethod): Entry {
  return textEntry(
    `No sign-in is needed: this instance signs in automatically with ${FLOWS[flow]}. Run ${PREFIX}-test to check it.`,
  );
}

/** The commands about the login: the platform's `auth-*` commands, and the button that tests an instance. */
export const loginCommands = { start, complete, test, reset, testModule };

export type LoginCommands = typeof loginCommands;
