import { collection, entity } from '../graph/route';
import type { WhoisHistoryRecord, WhoisRecord } from '../model/generated/graph';
import { type Columns, day, joined, table } from '../output/table';
import { declare } from './declaration/command';

const columns: Columns<WhoisRecord | WhoisHistoryRecord> = {
  Host: (record) => record.host?.id,
  Registrant: (record) => record.registrant?.organization ?? record.registrant?.name,
  'Registrant e-mail': (record) => record.registrant?.email,
  Registrar: (record) => record.registrar?.organization ?? record.registrar?.name,
  Registered: (record) => day(record.registrationDateTime),
  Updated: (record) => day(record.lastUpdateDateTime),
  Expires: (record) => day(record.expirationDateTime),
  'Name servers': (record) => joined(record.nameservers, (nameserver) => nameserver.host?.id),
  ID: (record) => record.id,
};

const records = table<WhoisRecord>('WHOIS records', columns);

export const whoisCommands = declare({
  'msg-defender-threat-intel-host-whois': {
    routes: [
      entity('GET /security/threatIntelligence/hosts/{host_id}/whois'),
      entity('GET /security/threatIntelligence/whoisRecords/{whois_record_id}'),
    ],
    context: 'Whois',
    value: 'object',
    nouns: ['WHOIS record', 'WHOIS records'],
    table: records,
  },
  'msg-defender-threat-intel-host-whois-history': {
    routes: [
      collection('GET /security/threatIntelligence/hosts/{host_id}/whois/history'),
      collection('GET /security/threatIntelligence/whoisRecords/{whois_record_id}/history'),
      entity('GET /security/threatIntelligence/whoisHistoryRecords/{whois_history_record_id}'),
    ],
    context: 'WhoisHistory',
    value: 'list',
    nouns: ['WHOIS history record', 'WHOIS history records'],
    table: table<WhoisHistoryRecord>('WHOIS history', columns),
  },
  'msg-defender-threat-intel-whois-search': {
    routes: [
      collection('GET /security/threatIntelligence/whoisRecords?$search="{search_property}:{search_value}"', {
        newestBy: 'registrationDateTime',
      }),
    ],
    context: 'Whois',
    value: 'list',
    nouns: ['WHOIS record', 'WHOIS records'],
    table: records,
  },
});
