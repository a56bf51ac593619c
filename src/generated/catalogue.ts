// Generated from src/commands/ by `npm run generate`; edit those, not this file.

import type { Command } from '../command';
import { commands as article } from '../commands/article';
import { commands as auth } from '../commands/auth';
import { commands as host } from '../commands/host';
import { commands as hostComponent } from '../commands/host-component';
import { commands as hostCookie } from '../commands/host-cookie';
import { commands as hostPair } from '../commands/host-pair';
import { commands as hostPort } from '../commands/host-port';
import { commands as hostSslCertificate } from '../commands/host-ssl-certificate';
import { commands as hostTracker } from '../commands/host-tracker';
import { commands as indicator } from '../commands/indicator';
import { commands as passiveDns } from '../commands/passive-dns';
import { commands as profile } from '../commands/profile';
import { commands as sslCertificate } from '../commands/ssl-certificate';
import { commands as subdomain } from '../commands/subdomain';
import { commands as vulnerability } from '../commands/vulnerability';
import { commands as vulnerabilityComponent } from '../commands/vulnerability-component';
import { commands as whois } from '../commands/whois';
import type { CommandName } from './types';

/** What each file declares, so that a test finds what two of them declare. */
export const declarations = { article, auth, host, hostComponent, hostCookie, hostPair, hostPort, hostSslCertificate, hostTracker, indicator, passiveDns, profile, sslCertificate, subdomain, vulnerability, vulnerabilityComponent, whois };

/** Every command of the manifest; one that no file declares is a compile error here. */
export const catalogue: { readonly [Name in CommandName]: Command<Name> } = {
  ...article,
  ...auth,
  ...host,
  ...hostComponent,
  ...hostCookie,
  ...hostPair,
  ...hostPort,
  ...hostSslCertificate,
  ...hostTracker,
  ...indicator,
  ...passiveDns,
  ...profile,
  ...sslCertificate,
  ...subdomain,
  ...vulnerability,
  ...vulnerabilityComponent,
  ...whois,
};
