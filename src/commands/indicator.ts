import { entity } from '../graph/route';
import type { Columns } from '../output/table';
import { day, yesNo } from '../output/table';
import { hostRelationships } from '../output/verdict/host-relationships';
import type { GraphParts } from '../output/verdict/standard';
import { standardCve, standardDomain, standardIp } from '../output/verdict/standard';
import { declare } from './declaration/command';

const seen: Columns<GraphParts> = {
  'First seen': ({ Host: host }) => day(host?.firstSeenDateTime),
  'Last seen': ({ Host: host }) => day(host?.lastSeenDateTime),
};

export const indicatorCommands = declare({
  ip: {
    indicator: 'ip',
    many: 'IP addresses',
    reads: {
      Host: entity('GET /security/threatIntelligence/hosts/{ip}'),
      HostReputation: entity('GET /security/threatIntelligence/hosts/{ip}/reputation'),
    },
    standard: standardIp,
    relates: hostRelationships,
    columns: {
      'Autonomous system': ({ Host: host }) => host?.autonomousSystem?.name,
      Country: ({ Host: host }) => host?.countryOrRegion,
      Netblock: ({ Host: host }) => host?.netblock,
      'Hosted by': ({ Host: host }) => host?.hostingProvider,
      ...seen,
    },
  },
  domain: {
    indicator: 'domain',
    many: 'host names',
    reads: {
      Host: entity('GET /security/threatIntelligence/hosts/{domain}'),
      HostReputation: entity('GET /security/threatIntelligence/hosts/{domain}/reputation'),
      Whois: entity('GET /security/threatIntelligence/hosts/{domain}/whois'),
    },
    standard: standardDomain,
    relates: hostRelationships,
    columns: {
      Registrar: ({ Host: host, Whois: whois }) => whois?.registrar?.organization ?? host?.registrar,
      Registrant: ({ Host: host, Whois: whois }) => whois?.registrant?.organization ?? host?.registrant,
      Registered: ({ Whois: whois }) => day(whois?.registrationDateTime),
      Expires: ({ Whois: whois }) => day(whois?.expirationDateTime),
      ...seen,
    },
  },
  cve: {
    indicator: 'cve',
    many: 'CVE IDs',
    reads: { Vulnerability: entity('GET /security/threatIntelligence/vulnerabilities/{cve}') },
    standard: standardCve,
    columns: {
      Severity: ({ Vulnerability: vulnerability }) => vulnerability?.severity,
      CVSS: ({ Vulnerability: vulnerability }) =>
        vulnerability?.cvss3Summary?.score ?? vulnerability?.cvss2Summary?.score,
      Priority: ({ Vulnerability: vulnerability }) => vulnerability?.priorityScore,
      Exploited: ({ Vulnerability: vulnerability }) => yesNo(vulnerability?.activeExploitsObserved),
      Published: ({ Vulnerability: vulnerability }) => day(vulnerability?.publishedDateTime),
      Description: ({ Vulnerability: vulnerability }) => vulnerability?.description?.content,
    },
  },
});
