import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { webProcess } from '../../../src/doors/web/process';
import { standardStreams } from '../../support/standard-streams';

jest.mock('node:child_process', () => ({ ...jest.requireActual('node:child_process'), spawn: jest.fn() }));

const environment = process.env;
const { platform } = process;
let state: string;
beforeEach(() => {
  state = join(mkdtempSync(join(tmpdir(), 'mdti-web-')), 'state');
  process.env = { ...environment, MDTI_STATE_FILE: state, MDTI_CONFIG: `${state}.json` };
});
afterEach(() => {
  process.env = environment;
  Object.defineProperty(process, 'platform', { value: platform });
  jest.restoreAllMocks();
});

const OVERRIDES = { params: {}, ca: '' };
const HINT = 'Open this address in a browser on this machine. It works once; Ctrl-C stops the server.\n';

/** Starts the command, and waits until it has printed its address and hint. */
async function start(call: object = {}, isTTY = false) {
  const streams = standardStreams(isTTY);
  const ended = webProcess({ words: [], options: {}, overrides: OVERRIDES, ...call } as never);
  await Promise.race([streams.stderr.shows(HINT), ended]);
  const address = new URL(streams.stdout.text.trim());
  return { ...streams, ended, address };
}

/** Signs in with an address, as its page does; returns how to send requests. */
async function signIn({ origin, hash }: URL) {
  const headers = { origin, 'content-type': 'application/json' };
  const session = { method: 'POST', headers, body: JSON.stringify({ token: hash.slice(1) }) };
  const cookie = String((await fetch(`${origin}/api/session`, session)).headers.get('set-cookie')).split(
    ';',
  )[0];
  const signed = { ...headers, cookie: String(cookie), connection: 'close' };
  return {
    state: async () => (await fetch(`${origin}/api/state`, { headers: signed })).json(),
    post: (path: string, body = {}) =>
      fetch(`${origin}${path}`, { method: 'POST', headers: signed, body: JSON.stringify(body) }),
  };
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('prints an address, serves it, and %s ends it', async (signal, status) => {
  const { stdin, stdout, stderr, address, ended } = await start();
  expect(stdout.text).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#\S+\n$/);
  expect(stderr.text).toBe(HINT);
  expect(await (await signIn(address)).state()).toMatchObject({ name: 'default', target: 'sandbox' });
  process.emit(signal, signal as never);
  expect(await ended).toBe(status);
  expect(stdin.isPaused()).toBe(true);
  expect(spawn).not.toHaveBeenCalled();
  await expect(fetch(address)).rejects.toThrow('fetch failed');
});

test('Enter in its terminal prints another address', async () => {
  const { stdin, stdout, stderr, address, ended } = await start({ words: ['case-1'] }, true);
  await stderr.shows('Press Enter for another address.\n');
  stdout.text = '';
  stdin.write('\n');
  await stdout.shows('\n');
  expect(stdout.text).not.toBe(`${address}\n`);
  expect(await (await signIn(new URL(stdout.text.trim()))).state()).toMatchObject({ name: 'case-1' });
  process.emit('SIGINT');
  await ended;
});

test.each<[NodeJS.Platform, string, string[]]>([
  ['linux', 'xdg-open', []],
  ['darwin', 'open', []],
  ['win32', 'cmd', ['/c', 'start', '']],
])('--open on %s opens the address with %s, by a file of this user', async (system, program, before) => {
  Object.defineProperty(process, 'platform', { value: system });
  const browser = Object.assign(new EventEmitter(), { unref: jest.fn() });
  jest.mocked(spawn).mockReturnValue(browser as never);
  const { stdout, address, ended } = await start({ options: { open: true } });
  while (jest.mocked(spawn).mock.calls.length === 0) await new Promise(setImmediate);
  const [command, args, options] = jest.mocked(spawn).mock.lastCall as unknown as [string, string[], object];
  const file = args.at(-1) ?? '';
  expect([command, args, options]).toEqual([program, [...before, file], { stdio: 'ignore', detached: true }]);
  expect(dirname(dirname(file))).toBe(tmpdir());
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const [, opened = ''] =
    /^<!doctype html><meta http-equiv="refresh" content="0;url=(.+)">\n$/.exec(readFileSync(file, 'utf8')) ??
    [];
  expect(opened).not.toBe(address.href);
  expect(await (await signIn(new URL(opened))).state()).toMatchObject({ name: 'default' });
  expect(browser.unref).toHaveBeenCalled();
  // A machine without a browser: the address was printed.
  browser.emit('error', new Error('ENOENT'));
  expect(stdout.text).toBe(`${address}\n`);
  process.emit('SIGINT');
  await ended;
  expect(existsSync(dirname(file))).toBe(false);
});

test('--metrics serves measurements until it ends', async () => {
  const { stderr, ended } = await start({ options: { metrics: '0' }, logLevel: 'info' });
  const [metrics = ''] = /http:[^\s"]+/.exec(stderr.text) ?? [];
  expect((await fetch(metrics)).status).toBe(200);
  process.emit('SIGINT');
  await ended;
  await expect(fetch(metrics)).rejects.toThrow('fetch failed');
});

test('--port is the port that it listens on', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  standardStreams();
  const ended = webProcess({ words: [], options: { port }, overrides: OVERRIDES } as never);
  await expect(ended).rejects.toThrow(String(port));
  other.close();
});

test('a user without a sign-in starts a sandbox from the page', async () => {
  const { address, ended } = await start({ overrides: undefined });
  const page = await signIn(address);
  expect(await page.state()).toMatchObject({ target: 'tenant', login: false });
  expect((await page.post('/api/sandbox')).status).toBe(200);
  expect(await page.state()).toMatchObject({ target: 'sandbox', login: true });
  await page.post('/api/run', { line: 'host contoso.com' });
  let lines = [];
  while (lines.length === 0) ({ lines } = await page.state());
  expect(lines).toMatchObject([{ line: 'host contoso.com', entries: [{ kind: 'result' }] }]);
  process.emit('SIGINT');
  await ended;
});
