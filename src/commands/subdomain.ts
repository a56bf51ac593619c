import { declare } from '../command';
import type { Subdomain } from '../generated/graph';
import { collection, entity } from '../graph/route';
import { subdomain } from '../output/relationships/stated';
import { day, table } from '../output/table';

export const commands = declare({
  'msg-defender-threat-intel-host-subdomains-list': {
    routes: [
      collection('GET /security/threatIntelligence/hosts/{host_id}/subdomains'),
      entity('GET /security/threatIntelligence/subdomains/{subdomain_id}'),
    ],
    context: 'Subdomain',
    value: 'list',
    nouns: ['subdomain', 'subdomains'],
    relates: subdomain,
    table: table<Subdomain>('Subdomains', {
      Subdomain: (subdomain) => subdomain.host?.id,
      'First seen': (subdomain) => day(subdomain.firstSeenDateTime),
      ID: (subdomain) => subdomain.id,
    }),
  },
});
