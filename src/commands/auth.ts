import type { Entry } from '../xsoar/entry';
import { declare } from './declaration/command';
import type { Services } from './declaration/services';
import type { LoginCommands } from './login/login-commands';

/** A command about the sign-in itself, loaded when it runs: every other command finds its token in the state. */
export function loginCommand(name: keyof LoginCommands): (services: Services) => Promise<Entry> {
  return async (services) => (await import('./login/login-commands')).loginCommands[name](services);
}

export const authCommands = declare({
  'msg-defender-threat-intel-auth-start': { run: loginCommand('start') },
  'msg-defender-threat-intel-auth-complete': { run: loginCommand('complete') },
  'msg-defender-threat-intel-auth-test': { run: loginCommand('test') },
  'msg-defender-threat-intel-auth-reset': { run: loginCommand('reset') },
});
