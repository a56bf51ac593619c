import { collection, entity } from '../graph/route';
import type { HostPair } from '../model/generated/graph';
import { day, table } from '../output/table';
import { declare } from './declaration/command';

const newestBy = 'lastSeenDateTime';

export const hostPairCommands = declare({
  'msg-defender-threat-intel-host-pairs-list': {
    routes: [
      collection('GET /security/threatIntelligence/hosts/{host_id}/hostPairs', { newestBy }),
      collection('GET /security/threatIntelligence/hosts/{host_id}/parentHostPairs', {
        when: { direction: 'parent' },
        newestBy,
      }),
      collection('GET /security/threatIntelligence/hosts/{host_id}/childHostPairs', {
        when: { direction: 'child' },
        newestBy,
      }),
      entity('GET /security/threatIntelligence/hostPairs/{host_pair_id}'),
    ],
    context: 'HostPair',
    value: 'list',
    nouns: ['host pair', 'host pairs'],
    table: table<HostPair>('Host pairs', {
      Parent: (pair) => pair.parentHost?.id,
      Child: (pair) => pair.childHost?.id,
      Link: (pair) => pair.linkKind,
      'First seen': (pair) => day(pair.firstSeenDateTime),
      'Last seen': (pair) => day(pair.lastSeenDateTime),
      ID: (pair) => pair.id,
    }),
  },
});
