import childProcess from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { commandLog, humanLog } from '../../../src/doors/cli/human-log';
import { writePaged } from '../../../src/doors/cli/pager';
import { retryNotice } from '../../../src/doors/cli/retry-notice';
import { startSpinner } from '../../../src/doors/cli/spinner';
import { standardStreams } from '../../support/standard-streams';

const TOKEN = ['eyJhbGciOiJub25lIn0', 'payload', 'signature'].join('.');
const CLEAR = '\r\u001b[K';

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
  delete process.env.TERM;
});

/** A terminal or pipe; `read` returns what was written since the last time. */
function output(isTTY: boolean) {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
  return { stream, read: () => written.splice(0).join('') };
}

describe('the log', () => {
  test('of a terminal is a sentence with its fields, on a cleared line', () => {
    const { stream, read } = output(true);
    const log = commandLog('warn', stream);
    log('warn', 'certificates are not checked', { parameter: 'insecure', other: undefined, count: 0 });
    log('error', 'failed');
    log('info', 'too quiet');
    expect(read()).toBe(
      `${CLEAR}warn: certificates are not checked (parameter insecure, count 0)\n${CLEAR}error: failed\n`,
    );
    expect(log.level).toBe('warn');
  });

  test('of a dumb terminal clears no line', () => {
    process.env.TERM = 'dumb';
    const { stream, read } = output(true);
    commandLog('info', stream)('info', 'signed in');
    expect(read()).toBe('info: signed in\n');
  });

  test('of a pipe is JSON', () => {
    const { stream, read } = output(false);
    commandLog('info', stream)('info', 'signed in', { tenant: 'a' });
    expect(JSON.parse(read())).toMatchObject({ level: 'info', event: 'signed in', tenant: 'a' });
  });

  test('contains neither line ends of a service nor tokens', () => {
    const lines: string[] = [];
    const log = humanLog('debug', (line) => lines.push(line));
    log('debug', 'response', {
      text: 'a\nb\u001b[2J',
      header: `Bearer ${TOKEN}`,
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^debug: response \(text a b.*\n$/);
    expect(lines[0]).not.toContain('\u001b');
    expect(lines[0]).not.toContain(TOKEN);
  });
});

describe('the spinner', () => {
  beforeEach(() => jest.useFakeTimers());

  test('shows after 400 ms with the seconds and the latest notice, and is removed', () => {
    const { stream, read } = output(true);
    let reason: string | undefined;
    const stop = startSpinner(stream, {}, () => reason);
    jest.advanceTimersByTime(399);
    expect(read()).toBe('');
    jest.advanceTimersByTime(101);
    expect(read()).toBe(
      '\r⠋ Waiting for Microsoft Graph, 0 s\u001b[K\r⠙ Waiting for Microsoft Graph, 0 s\u001b[K',
    );
    reason = 'throttled, next try in 4 s';
    jest.advanceTimersByTime(1_500);
    expect(read()).toContain(`Waiting for Microsoft Graph, 2 s (${reason})\u001b[K`);
    stop();
    expect(read()).toBe(CLEAR);
    stop();
    jest.advanceTimersByTime(5_000);
    expect(read()).toBe('');
  });

  test('counts from its own start, with ten different marks', () => {
    jest.advanceTimersByTime(60_000);
    const { stream, read } = output(true);
    const stop = startSpinner(stream, {});
    jest.advanceTimersByTime(399);
    expect(read()).toBe('');
    jest.advanceTimersByTime(1_000);
    const marks = read()
      .split('\r')
      .filter((text) => text !== '')
      .map(([mark]) => mark);
    expect(new Set(marks).size).toBe(10);
    expect(marks).not.toContain(' ');
    stop();
  });

  test('of a command that is over sooner draws and clears nothing', () => {
    const { stream, read } = output(true);
    startSpinner(stream, {})();
    expect(read()).toBe('');
  });

  test.each([
    ['a pipe', false, {}],
    ['a dumb terminal', true, { TERM: 'dumb' }],
  ])('is not drawn on %s', (_, isTTY, environment) => {
    const { stream, read } = output(isTTY);
    const stop = startSpinner(stream, environment);
    jest.advanceTimersByTime(10_000);
    stop();
    expect([read(), jest.getTimerCount()]).toEqual(['', 0]);
  });
});

describe('the notice of a retry', () => {
  test('says what is waited for and how long, until it is over or Graph responds', () => {
    let now = 0;
    const passed: string[] = [];
    const notice = retryNotice(() => now);
    const log = notice.listening(
      Object.assign((_: string, event: string) => void passed.push(event), { level: 'info' as const }),
    );
    expect([notice.text(), log.level]).toEqual([undefined, 'info']);
    log('info', 'retrying', { milliseconds: 4_400, failure: '429' });
    expect(notice.text()).toBe('throttled, next try in 4 s');
    now = 4_300;
    expect(notice.text()).toBe('throttled, next try in 1 s');
    now = 4_400;
    expect(notice.text()).toBeUndefined();
    log('info', 'retrying', { milliseconds: 2_000, failure: '503' });
    expect(notice.text()).toBe('Microsoft Graph is unavailable, next try in 2 s');
    notice.clear();
    expect(notice.text()).toBeUndefined();
    log('info', 'retrying', { milliseconds: 2_000, failure: '429', attempt: 2, timeLeft: 90_000 });
    now += 1_000;
    expect(notice.text()).toBe('throttled, next try in 1 s, gives up in 89 s');
    log('info', 'retrying', { milliseconds: 2_000, failure: 'refused', attempt: 2, attempts: 3 });
    expect(notice.text()).toBe('Microsoft Graph is unavailable, next try in 2 s, attempt 2 of 3');
    notice.clear();
    log('info', 'requesting', { milliseconds: 2_000 });
    log('info', 'retrying', {});
    log('info', 'retrying');
    expect([notice.text(), passed.length]).toEqual([undefined, 7]);
    expect(retryNotice(() => 0).listening(() => {}).level).toBeUndefined();
  });
});

describe('the pager', () => {
  const LONG = 'line\n'.repeat(30);

  /** A terminal with 24 rows whose pager writes to a file of the test, or is missing. */
  async function paged(text: string, environment: NodeJS.ProcessEnv, { isTTY = true } = {}) {
    const { stdout } = standardStreams(isTTY);
    await writePaged(text, { PATH: process.env.PATH, ...environment });
    return stdout.text;
  }

  test.each([
    ['a short text', 'line\n'.repeat(23), {}],
    ['PAGER is empty', LONG, { PAGER: ' ' }],
    ['PAGER is cat', LONG, { PAGER: 'cat' }],
    ['the terminal is dumb', LONG, { TERM: 'dumb' }],
    ['the pager is not installed', LONG, { PAGER: 'no-such-pager-of-mdti 2>/dev/null' }],
  ])('is not used where %s', async (_, text, environment) => {
    expect(await paged(text, { PAGER: 'exit 0 #', ...environment })).toBe(text);
  });

  test('is less unless PAGER names another one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mdti-less-'));
    const file = join(folder, 'paged');
    writeFileSync(join(folder, 'less'), `#!/bin/sh\ncat > '${file}'\n`, { mode: 0o755 });
    expect(await paged(LONG, { PATH: `${folder}:${process.env.PATH}` })).toBe('');
    expect(readFileSync(file, 'utf8')).toBe(LONG);
  });

  test('writes to the terminal itself, and a system without a shell needs none', async () => {
    const spawn = jest.spyOn(childProcess, 'spawn');
    await paged(LONG, { PAGER: 'exit 0 #' });
    expect(spawn.mock.lastCall?.[1]).toMatchObject({ stdio: ['pipe', 'inherit', 'inherit'] });
    spawn.mockImplementation(() => {
      const child = new PassThrough();
      process.nextTick(() => child.emit('error', new Error('spawn /bin/sh ENOENT')));
      return Object.assign(child, { stdin: new PassThrough() }) as never;
    });
    expect(await paged(LONG, {})).toBe(LONG);
  });

  test('is not used behind a pipe', async () => {
    expect(await paged(LONG, { PAGER: 'exit 0 #' }, { isTTY: false })).toBe(LONG);
  });

  test.each([
    [undefined, 'FRX'],
    ['M', 'M'],
  ])('gets the whole text, with LESS=%s as %s', async (LESS, expected) => {
    const file = join(mkdtempSync(join(tmpdir(), 'mdti-pager-')), 'paged');
    const PAGER = `cat > '${file}'; printf %s "$LESS" >> '${file}'`;
    expect(await paged(LONG, { PAGER, ...(LESS === undefined ? {} : { LESS }) })).toBe('');
    expect(readFileSync(file, 'utf8')).toBe(`${LONG}${expected}`);
  });

  test('gets a long text, and one that quits early is no error', async () => {
    expect(await paged(LONG.repeat(10_000), { PAGER: 'exit 0 #' })).toBe('');
  });
});
