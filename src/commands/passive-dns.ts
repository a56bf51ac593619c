import { collection, entity } from '../graph/route';
import type { PassiveDnsRecord } from '../model/generated/graph';
import { isAddress } from '../observables/host';
import { artifactCell, artifactKind } from '../output/cell';
import { passiveDns } from '../output/relationships/relationship-rules';
import { day, table } from '../output/table';
import { declare } from './declaration/command';

export const passiveDnsCommands = declare({
  'msg-defender-threat-intel-host-passive-dns-list': {
    routes: [
      collection('GET /security/threatIntelligence/hosts/{host_id}/passiveDns', {
        when: { direction: 'forward' },
        newestBy: 'lastSeenDateTime',
      }),
      collection('GET /security/threatIntelligence/hosts/{host_id}/passiveDnsReverse', {
        when: { direction: 'reverse' },
      }),
      entity('GET /security/threatIntelligence/passiveDnsRecords/{passive_dns_record_id}'),
    ],
    defaults: ({ host_id }) => ({
      direction: host_id !== undefined && isAddress(host_id) ? 'reverse' : 'forward',
    }),
    where: ({ record_type }) =>
      record_type === undefined ? undefined : { property: 'recordType', equals: dnsType(record_type) },
    hints: {
      400: 'Graph documents one filter for passive DNS: give a type in record_type, such as A or CNAME, and no $filter in odata.',
    },
    context: 'PassiveDns',
    value: 'list',
    nouns: ['passive DNS record', 'passive DNS records'],
    relates: passiveDns,
    table: table<PassiveDnsRecord>('Passive DNS records', {
      Host: (record) => record.parentHost?.id,
      Type: (record) => record.recordType,
      Answer: (record) => artifactCell(record.artifact),
      'Answer type': (record) => artifactKind(record.artifact),
      'First seen': (record) => day(record.firstSeenDateTime),
      'Last seen': (record) => day(record.lastSeenDateTime),
      Collected: (record) => day(record.collectedDateTime),
      ID: (record) => record.id,
    }),
  },
});

/** Graph compares types case-sensitively and stores them in upper case; unknown types are sent unchanged. */
function dnsType(text: string): string {
  return /^[a-z][a-z0-9-]*$/i.test(text.trim()) ? text.trim().toUpperCase() : text;
}
