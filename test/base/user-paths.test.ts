import { compiledCodeFolder, configFile, responseCacheFolder } from '../../src/base/user-paths';

test.each([
  [configFile, {}, 'linux', '/home/alex/.config/mdti/config.json'],
  [configFile, { XDG_CONFIG_HOME: '/etc/alex' }, 'darwin', '/etc/alex/mdti/config.json'],
  [configFile, { APPDATA: '/roaming' }, 'win32', '/roaming/mdti/config.json'],
  [configFile, { MDTI_CONFIG: '/srv/mdti.json' }, 'linux', '/srv/mdti.json'],
  [responseCacheFolder, {}, 'linux', '/home/alex/.cache/mdti/responses'],
  [responseCacheFolder, { XDG_CACHE_HOME: '/var/cache' }, 'linux', '/var/cache/mdti/responses'],
  [
    responseCacheFolder,
    { XDG_CACHE_HOME: '/var/cache' },
    'darwin',
    '/home/alex/Library/Caches/mdti/responses',
  ],
  [responseCacheFolder, {}, 'win32', '/home/alex/AppData/Local/mdti/responses'],
  [responseCacheFolder, { MDTI_RESPONSES: '/srv/responses' }, 'linux', '/srv/responses'],
  [compiledCodeFolder, {}, 'linux', '/home/alex/.cache/mdti'],
  [compiledCodeFolder, { LOCALAPPDATA: '/local' }, 'win32', '/local/mdti'],
  [compiledCodeFolder, { MDTI_CACHE: '/opt/mdti' }, 'linux', '/opt/mdti'],
] as const)('%p for %j on %s is %s', (pathOf, environment, platform, path) => {
  expect(pathOf(environment, '/home/alex', platform)).toBe(path);
});
