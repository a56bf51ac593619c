import { collection, entity } from '../graph/route';
import type { SslCertificate, SslCertificateEntity } from '../model/generated/graph';
import { type Cell, day, joined, table } from '../output/table';
import { declare } from './declaration/command';

export const sslCertificateCommands = declare({
  'msg-defender-threat-intel-ssl-certificate-list': {
    routes: [
      collection(
        'GET /security/threatIntelligence/sslCertificates?$search="{search_property}:{search_value}"',
        { newestBy: 'lastSeenDateTime' },
      ),
      entity('GET /security/threatIntelligence/sslCertificates/{ssl_certificate_id}'),
    ],
    context: 'SslCertificate',
    value: 'list',
    nouns: ['certificate', 'certificates'],
    table: table<SslCertificate>('Certificates', {
      Subject: (certificate) => entityName(certificate.subject),
      'Alternative names': (certificate) => alternativeNames(certificate.subject),
      Issuer: (certificate) => entityName(certificate.issuer),
      'Valid from': (certificate) => day(certificate.issueDateTime),
      Expires: (certificate) => day(certificate.expirationDateTime),
      'SHA-1': (certificate) => certificate.sha1,
      'First seen': (certificate) => day(certificate.firstSeenDateTime),
      'Last seen': (certificate) => day(certificate.lastSeenDateTime),
      ID: (certificate) => certificate.id,
    }),
  },
});

/** The name of a certificate's subject or issuer. */
export function entityName(entity: SslCertificateEntity | null | undefined): Cell {
  return entity?.commonName ?? entity?.organizationName;
}

/** Graph documents `alternateNames` and has been seen to send `alternateName`. */
function alternativeNames(
  entity: (SslCertificateEntity & { readonly alternateName?: string[] }) | null | undefined,
): Cell {
  return joined(entity?.alternateNames ?? entity?.alternateName);
}
