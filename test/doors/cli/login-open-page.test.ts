import childProcess from 'node:child_process';
import { EventEmitter } from 'node:events';
import { openPage } from '../../../src/doors/cli/login/open-page';
import { standardStreams } from '../../support/standard-streams';

const PAGE = 'https://login.microsoft.com/device';
const real = process.platform;
const environment = process.env;
let child: EventEmitter & { unref(): void };
beforeEach(() => {
  child = Object.assign(new EventEmitter(), { unref: jest.fn() });
  jest.spyOn(childProcess, 'spawn').mockReturnValue(child as never);
});
afterEach(() => {
  process.env = environment;
  Object.defineProperty(process, 'platform', { value: real });
  jest.restoreAllMocks();
});

/** The program that opens a page on a machine of this kind, with its arguments; undefined if none is started. */
function opened(page: string, platform: NodeJS.Platform, screen: Record<string, string>, isTTY = true) {
  standardStreams(isTTY);
  process.env = screen;
  Object.defineProperty(process, 'platform', { value: platform });
  openPage(page);
  const [program, args = [], options] = jest.mocked(childProcess.spawn).mock.lastCall ?? [];
  // It outlives the command, and writes nothing to its terminal.
  if (program !== undefined) expect(options).toEqual({ stdio: 'ignore', detached: true });
  return program && [program, ...args];
}

test.each([
  ['linux', { DISPLAY: ':0' }, ['xdg-open', PAGE]],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open', PAGE]],
  ['linux', {}, undefined],
  ['darwin', {}, ['open', PAGE]],
  ['win32', {}, ['explorer.exe', PAGE]],
] as const)('on %s with %j', (platform, screen, program) => {
  expect(opened(PAGE, platform, screen)).toEqual(program);
});

test.each(['http://contoso.com', 'javascript:alert(1)', 'file:///etc/passwd', '--help', 'x https://a', ''])(
  'the login service cannot open %j',
  (page) => {
    expect(opened(page, 'darwin', {})).toBeUndefined();
  },
);

test('a command whose messages go to a file opens nothing', () => {
  expect(opened(PAGE, 'darwin', {}, false)).toBeUndefined();
});

test('a machine without the program continues, and does not wait for it', () => {
  opened(PAGE, 'linux', { DISPLAY: ':0' });
  expect(child.emit('error', new Error('spawn xdg-open ENOENT'))).toBe(true);
  expect(child.unref).toHaveBeenCalledTimes(1);
});
