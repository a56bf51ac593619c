// Generated from src/commands/ by `npm run generate`; edit those, not this file.

import type { Command } from '../command';
import { commands as article } from '../commands/article';
import { commands as auth } from '../commands/auth';
import { commands as host } from '../commands/host';
import { commands as indicator } from '../commands/indicator';
import { commands as profile } from '../commands/profile';
import { commands as whois } from '../commands/whois';
import type { CommandName } from './types';

/** What each file declares, so that a test finds what two of them declare. */
export const declarations = { article, auth, host, indicator, profile, whois };

/** Every command of the manifest; one that no file declares is a compile error here. */
export const catalogue: { readonly [Name in CommandName]: Command<Name> } = {
  ...article,
  ...auth,
  ...host,
  ...indicator,
  ...profile,
  ...whois,
};
