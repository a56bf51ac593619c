import { articleCommands } from './article';
import { declare } from './declaration/command';
import { hostCommands } from './host';
import { hostComponentCommands } from './host-component';
import { hostCookieCommands } from './host-cookie';
import { hostPairCommands } from './host-pair';
import { hostPortCommands } from './host-port';
import { hostSslCertificateCommands } from './host-ssl-certificate';
import { hostTrackerCommands } from './host-tracker';
import { passiveDnsCommands } from './passive-dns';
import { profileCommands } from './profile';
import { subdomainCommands } from './subdomain';
import { reported } from './summaries/report';
import { vulnerabilityCommands } from './vulnerability';
import { vulnerabilityComponentCommands } from './vulnerability-component';
import { whoisCommands } from './whois';

const HOST_PARTS = {
  ...pick(hostCommands, 'msg-defender-threat-intel-host-reputation', 'msg-defender-threat-intel-host'),
  ...pick(whoisCommands, 'msg-defender-threat-intel-host-whois'),
  ...passiveDnsCommands,
  ...subdomainCommands,
  ...hostSslCertificateCommands,
  ...hostPortCommands,
  ...hostComponentCommands,
  ...hostTrackerCommands,
  ...hostCookieCommands,
  ...hostPairCommands,
};

const ARTICLE_PARTS = {
  ...pick(
    articleCommands,
    'msg-defender-threat-intel-article-list',
    'msg-defender-threat-intel-article-indicators-list',
  ),
  ...pick(profileCommands, 'msg-defender-threat-intel-profile-list'),
  ...vulnerabilityCommands,
};

const PROFILE_PARTS = {
  ...profileCommands,
  ...pick(articleCommands, 'msg-defender-threat-intel-article-list'),
};

const VULNERABILITY_PARTS = {
  ...vulnerabilityCommands,
  ...vulnerabilityComponentCommands,
  ...pick(articleCommands, 'msg-defender-threat-intel-vulnerability-articles-list'),
};

export const summaryCommands = declare({
  'msg-defender-threat-intel-host-summary': {
    parts: HOST_PARTS,
    run: async (services, args) => (await import('./summaries/host')).hostSummary(services, args, HOST_PARTS),
  },
  'msg-defender-threat-intel-article-summary': {
    parts: ARTICLE_PARTS,
    run: async (services, args) => {
      const { articleSummary } = await import('./summaries/records');
      const work = () => articleSummary(services, args, ARTICLE_PARTS);
      return reported(services, { name: 'articleId', id: args.article_id }, work);
    },
  },
  'msg-defender-threat-intel-profile-summary': {
    parts: PROFILE_PARTS,
    run: async (services, args) => {
      const { profileSummary } = await import('./summaries/records');
      const work = () => profileSummary(services, args, PROFILE_PARTS);
      return reported(services, { name: 'intelligenceProfileId', id: args.intel_profile_id }, work);
    },
  },
  'msg-defender-threat-intel-vulnerability-summary': {
    parts: VULNERABILITY_PARTS,
    run: async (services, args) => {
      const { vulnerabilitySummary } = await import('./summaries/records');
      const work = () => vulnerabilitySummary(services, args, VULNERABILITY_PARTS);
      return reported(services, { name: 'vulnerabilityId', id: args.vulnerability_id }, work);
    },
  },
});

function pick<T extends object, Name extends keyof T>(commands: T, ...names: readonly Name[]): Pick<T, Name> {
  return Object.fromEntries(names.map((name) => [name, commands[name]])) as Pick<T, Name>;
}
