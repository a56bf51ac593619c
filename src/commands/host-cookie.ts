import { declare } from '../command';
import type { HostCookie } from '../generated/graph';
import { collection, entity } from '../graph/route';
import { day, table } from '../output/table';

export const commands = declare({
  'msg-defender-threat-intel-host-cookies-list': {
    routes: [
      collection('GET /security/threatIntelligence/hosts/{host_id}/cookies'),
      entity('GET /security/threatIntelligence/hostCookies/{host_cookie_id}'),
    ],
    context: 'HostCookie',
    value: 'list',
    nouns: ['cookie', 'cookies'],
    table: table<HostCookie>('Cookies', {
      Host: (cookie) => cookie.host?.id,
      Name: (cookie) => cookie.name,
      Domain: (cookie) => cookie.domain,
      'First seen': (cookie) => day(cookie.firstSeenDateTime),
      'Last seen': (cookie) => day(cookie.lastSeenDateTime),
      ID: (cookie) => cookie.id,
    }),
  },
});
