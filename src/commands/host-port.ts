import { collection, entity } from '../graph/route';
import type { HostPort, HostPortComponent } from '../model/generated/graph';
import { day, joined, joinWithSpaces, latest, table } from '../output/table';
import { declare } from './declaration/command';

export const hostPortCommands = declare({
  'msg-defender-threat-intel-host-ports-list': {
    routes: [
      collection('GET /security/threatIntelligence/hosts/{host_id}/ports'),
      entity('GET /security/threatIntelligence/hostPorts/{host_port_id}'),
    ],
    query: ({ expand_certificate }) =>
      expand_certificate === true ? [{ name: '$expand', value: 'mostRecentSslCertificate' }] : [],
    context: 'HostPort',
    value: 'list',
    nouns: ['port', 'ports'],
    table: table<HostPort>('Ports', {
      Host: (port) => port.host?.id,
      Port: (port) => port.port,
      Protocol: (port) => port.protocol,
      Status: (port) => port.status,
      Services: (port) => joined(port.services, service),
      'Last banner': (port) => latest(port.banners, (banner) => banner.lastSeenDateTime)?.banner,
      'Last seen': (port) => day(port.lastSeenDateTime),
      'Last scan': (port) => day(port.lastScanDateTime),
      Observed: (port) => port.timesObserved,
      ID: (port) => port.id,
    }),
  },
});

function service({ component, isRecent }: HostPortComponent) {
  return joinWithSpaces(component?.name, component?.version, isRecent === false ? '(not recent)' : undefined);
}
