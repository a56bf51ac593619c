import { collection, entity } from '../graph/route';
import type { Host, HostReputation } from '../model/generated/graph';
import { day, joined, table, typeName, withNote } from '../output/table';
import { reputationInWords } from '../output/verdict/score';
import { declare } from './declaration/command';

const hosts = table<Host>('Hosts', {
  Host: (host) => host.id,
  Type: (host) => typeName(host),
  'First seen': (host) => day(host.firstSeenDateTime),
  'Last seen': (host) => day(host.lastSeenDateTime),
  Registrar: (host) => host.registrar,
  Registrant: (host) => host.registrant,
  Country: (host) => host.countryOrRegion,
  Netblock: (host) => host.netblock,
  'Autonomous system': (host) => host.autonomousSystem?.name,
});

export const hostCommands = declare({
  'msg-defender-threat-intel-host': {
    routes: [entity('GET /security/threatIntelligence/hosts/{host_id}')],
    context: 'Host',
    value: 'object',
    nouns: ['host', 'hosts'],
    table: hosts,
  },
  'msg-defender-threat-intel-host-reputation': {
    routes: [entity('GET /security/threatIntelligence/hosts/{host_id}/reputation')],
    context: 'HostReputation',
    value: 'object',
    nouns: ['host reputation', 'host reputations'],
    describe: (reputation: HostReputation & { hostId?: string }) =>
      reputationInWords(reputation.hostId ?? 'The host', reputation),
    table: table<HostReputation & { hostId?: string }>('Host reputations', {
      Host: (reputation) => reputation.hostId,
      Classification: (reputation) => reputation.classification,
      Score: (reputation) => reputation.score,
      Rules: (reputation) => joined(reputation.rules, (rule) => withNote(rule.name, rule.severity)),
    }),
  },
  'msg-defender-threat-intel-ssl-certificate-related-hosts-list': {
    routes: [
      collection('GET /security/threatIntelligence/sslCertificates/{ssl_certificate_id}/relatedHosts'),
    ],
    context: 'Host',
    value: 'list',
    nouns: ['related host', 'related hosts'],
    table: hosts,
  },
});
