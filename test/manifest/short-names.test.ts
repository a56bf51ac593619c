import { commands } from '../../src/manifest/generated/commands';
import type { CommandName } from '../../src/manifest/generated/types';
import { commandNamed, mainArgument, shortName } from '../../src/manifest/short-names';

const NAMES = Object.keys(commands) as CommandName[];

test('resolves the short name of every command', () => {
  expect(NAMES.map((name) => commandNamed(shortName(name)))).toEqual(NAMES);
  expect(new Set(NAMES.map(shortName)).size).toBe(NAMES.length);
});

test.each([
  ['articles', 'msg-defender-threat-intel-article-list'],
  ['article-list', 'msg-defender-threat-intel-article-list'],
  ['!Host', 'msg-defender-threat-intel-host'],
  ['whois', 'msg-defender-threat-intel-host-whois'],
  ['ssl-certificates', 'msg-defender-threat-intel-ssl-certificate-list'],
  ['hosts', 'msg-defender-threat-intel-host'],
  ['actors', 'msg-defender-threat-intel-profile-list'],
  ['nothing', undefined],
])('%s is %s', (typed, command) => {
  expect(commandNamed(typed)).toBe(command);
});

test.each([
  ['ip', 'ip'],
  ['articles', 'search'],
  ['whois-search', 'search_value'],
  ['host-ports', 'host_id'],
  ['auth-start', undefined],
])('the main argument of %s is %s', (typed, argument) => {
  expect(mainArgument(commandNamed(typed) as CommandName)).toBe(argument);
});
