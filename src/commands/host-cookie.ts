import { collection, entity } from '../graph/route';
import type { HostCookie } from '../model/generated/graph';
import { day, table } from '../output/table';
import { declare } from './declaration/command';

export const hostCookieCommands = declare({
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
