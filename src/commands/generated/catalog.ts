// Generated from src/commands/ by `npm run generate`; edit those, not this file.

import type { CommandName } from '../../manifest/generated/types';
import type { Command } from '../declaration/command';
import { articleCommands } from '../article';
import { authCommands } from '../auth';
import { expandCommands } from '../expand';
import { hostCommands } from '../host';
import { hostComponentCommands } from '../host-component';
import { hostCookieCommands } from '../host-cookie';
import { hostPairCommands } from '../host-pair';
import { hostPortCommands } from '../host-port';
import { hostSslCertificateCommands } from '../host-ssl-certificate';
import { hostTrackerCommands } from '../host-tracker';
import { indicatorCommands } from '../indicator';
import { passiveDnsCommands } from '../passive-dns';
import { profileCommands } from '../profile';
import { sslCertificateCommands } from '../ssl-certificate';
import { subdomainCommands } from '../subdomain';
import { summaryCommands } from '../summary';
import { vulnerabilityCommands } from '../vulnerability';
import { vulnerabilityComponentCommands } from '../vulnerability-component';
import { whoisCommands } from '../whois';

/** What each file declares, so that a test can find a command that two of them declare. */
export const declarations = { articleCommands, authCommands, expandCommands, hostCommands, hostComponentCommands, hostCookieCommands, hostPairCommands, hostPortCommands, hostSslCertificateCommands, hostTrackerCommands, indicatorCommands, passiveDnsCommands, profileCommands, sslCertificateCommands, subdomainCommands, summaryCommands, vulnerabilityCommands, vulnerabilityComponentCommands, whoisCommands };

/** Every command of the manifest; one that no file declares is a compile error here. */
export const catalog: { readonly [Name in CommandName]: Command<Name> } = {
  ...articleCommands,
  ...authCommands,
  ...expandCommands,
  ...hostCommands,
  ...hostComponentCommands,
  ...hostCookieCommands,
  ...hostPairCommands,
  ...hostPortCommands,
  ...hostSslCertificateCommands,
  ...hostTrackerCommands,
  ...indicatorCommands,
  ...passiveDnsCommands,
  ...profileCommands,
  ...sslCertificateCommands,
  ...subdomainCommands,
  ...summaryCommands,
  ...vulnerabilityCommands,
  ...vulnerabilityComponentCommands,
  ...whoisCommands,
};
