import { collection, entity } from '../graph/route';
import type { HostTracker } from '../model/generated/graph';
import { day, table } from '../output/table';
import { declare } from './declaration/command';

export const hostTrackerCommands = declare({
  'msg-defender-threat-intel-host-trackers-list': {
    routes: [
      collection('GET /security/threatIntelligence/hosts/{host_id}/trackers'),
      entity('GET /security/threatIntelligence/hostTrackers/{host_tracker_id}'),
    ],
    context: 'HostTracker',
    value: 'list',
    nouns: ['tracker', 'trackers'],
    table: table<HostTracker>('Trackers', {
      Host: (tracker) => tracker.host?.id,
      Kind: (tracker) => tracker.kind,
      Value: (tracker) => tracker.value,
      'First seen': (tracker) => day(tracker.firstSeenDateTime),
      'Last seen': (tracker) => day(tracker.lastSeenDateTime),
      ID: (tracker) => tracker.id,
    }),
  },
});
