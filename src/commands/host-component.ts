import { collection, entity } from '../graph/route';
import type { HostComponent } from '../model/generated/graph';
import { day, table } from '../output/table';
import { declare } from './declaration/command';

export const hostComponentCommands = declare({
  'msg-defender-threat-intel-host-components-list': {
    routes: [
      collection('GET /security/threatIntelligence/hosts/{host_id}/components'),
      entity('GET /security/threatIntelligence/hostComponents/{host_component_id}'),
    ],
    context: 'HostComponent',
    value: 'list',
    nouns: ['web component', 'web components'],
    table: table<HostComponent>('Web components', {
      Host: (component) => component.host?.id,
      Name: (component) => component.name,
      Version: (component) => component.version,
      Category: (component) => component.category,
      'First seen': (component) => day(component.firstSeenDateTime),
      'Last seen': (component) => day(component.lastSeenDateTime),
      ID: (component) => component.id,
    }),
  },
});
