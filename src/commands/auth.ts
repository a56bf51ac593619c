import { declare } from './declaration/command';
import { loginCommands } from './login/login-commands';

export const authCommands = declare({
  'msg-defender-threat-intel-auth-start': { run: loginCommands.start },
  'msg-defender-threat-intel-auth-complete': { run: loginCommands.complete },
  'msg-defender-threat-intel-auth-test': { run: loginCommands.test },
  'msg-defender-threat-intel-auth-reset': { run: loginCommands.reset },
});
