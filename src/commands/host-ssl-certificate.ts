import { collection, entity } from '../graph/route';
import type { HostSslCertificate } from '../model/generated/graph';
import { usedCertificate } from '../output/relationships/relationship-rules';
import { day, joined, table } from '../output/table';
import { declare } from './declaration/command';
import { entityName } from './ssl-certificate';

export const hostSslCertificateCommands = declare({
  'msg-defender-threat-intel-host-ssl-certificates-list': {
    routes: [
      collection('GET /security/threatIntelligence/hosts/{host_id}/sslCertificates', {
        newestBy: 'lastSeenDateTime',
      }),
      entity('GET /security/threatIntelligence/hostSslCertificates/{host_ssl_certificate_id}'),
    ],
    context: 'HostSslCertificate',
    value: 'list',
    nouns: ['certificate of a host', 'certificates of hosts'],
    relates: usedCertificate,
    table: table<HostSslCertificate>('Certificates of hosts', {
      Host: (use) => use.host?.id,
      Ports: (use) => joined(use.ports, ({ port }) => port),
      Subject: (use) => entityName(use.sslCertificate?.subject),
      Issuer: (use) => entityName(use.sslCertificate?.issuer),
      'Valid from': (use) => day(use.sslCertificate?.issueDateTime),
      Expires: (use) => day(use.sslCertificate?.expirationDateTime),
      'SHA-1': (use) => use.sslCertificate?.sha1,
      'First seen': (use) => day(use.firstSeenDateTime),
      'Last seen': (use) => day(use.lastSeenDateTime),
      'Certificate ID': (use) => use.sslCertificate?.id,
      ID: (use) => use.id,
    }),
  },
});
