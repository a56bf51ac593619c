import { login } from '../auth/commands';
import { declare } from '../command';

export const commands = declare({
  'msg-defender-threat-intel-auth-start': { run: login.start },
  'msg-defender-threat-intel-auth-complete': { run: login.complete },
  'msg-defender-threat-intel-auth-test': { run: login.test },
  'msg-defender-threat-intel-auth-reset': { run: login.reset },
});
