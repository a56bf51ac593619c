import type { Entry } from '../platform/entry';
import { textEntry } from '../platform/entry';
import type { Services } from '../services';
import { probe } from './probe';

const PREFIX = '!msg-defender-threat-intel-auth';

/** How each flow is called in sentences. */
const FLOWS: Readonly<Record<Services['identity']['flow'], string>> = {
  'client-secret': 'client credentials with a secret',
  'client-certificate': 'client credentials with a certificate',
  'device-code': 'a device code',
  'managed-identity': 'the managed identity of this machine',
  ambient: 'the identity that this machine has',
};

async function test(services: Services): Promise<Entry> {
  await probe(services);
  return textEntry(`Success: the login with ${FLOWS[services.identity.flow]} works, and Graph answers.`);
}

async function reset(services: Services): Promise<Entry> {
  await services.tokens.forget();
  return textEntry(
    `The login is forgotten. The next command signs in again with ${FLOWS[services.identity.flow]}.`,
  );
}

async function nothingToDo(services: Services): Promise<Entry> {
  return textEntry(
    `Nothing to do: this instance signs in by itself with ${FLOWS[services.identity.flow]}. Run ${PREFIX}-test to check it.`,
  );
}

/** The commands about the login (the platform's `auth-*` commands). */
export const login = { start: nothingToDo, complete: nothingToDo, test, reset };
