import { declare } from '../command';
import { entity } from '../graph/route';
import type { Columns } from '../output/table';
import { day, yesNo } from '../output/table';
import type { Known } from '../output/verdict/known';
import { hostRelationships } from '../output/verdict/relate';
import { cve } from '../output/verdict/standard/cve';
import { domain } from '../output/verdict/standard/domain';
import { ip } from '../output/verdict/standard/ip';

const seen: Columns<Known> = {
  'First seen': ({ Host: host }) => day(host?.firstSeenDateTime),
  'Last seen': ({ Host: host }) => day(host?.lastSeenDateTime),
};

export const commands = declare({
  ip: {
    indicator: 'ip',
    many: 'IP addresses',
    asks: {
      Host: entity('GET /security/threatIntelligence/hosts/{ip}'),
      HostReputation: entity('GET /security/threatIntelligence/hosts/{ip}/reputation'),
    },
    standard: ip,
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
    asks: {
      Host: entity('GET /security/threatIntelligence/hosts/{domain}'),
      HostReputation: entity('GET /security/threatIntelligence/hosts/{domain}/reputation'),
      Whois: entity('GET /security/threatIntelligence/hosts/{domain}/whois'),
    },
    standard: domain,
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
    asks: { Vulnerability: entity('GET /security/threatIntelligence/vulnerabilities/{cve}') },
    standard: cve,
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
