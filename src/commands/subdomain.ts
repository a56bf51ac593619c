import { collection, entity } from '../graph/route';
import type { Subdomain } from '../model/generated/graph';
import { subdomain } from '../output/relationships/relationship-rules';
import { day, table } from '../output/table';
import { declare } from './declaration/command';

export const subdomainCommands = declare({
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
