import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { mcpProcess } from '../../src/doors/mcp/process';
import { runProcess } from '../../src/doors/run/run-stdin';
import { serveProcess } from '../../src/doors/serve/process';
import { loopProcess } from '../../src/doors/xsoar-loop/process';
import { startSandbox } from '../../src/sandbox';
import { WORLD } from '../support/case';
import { standardStreams } from '../support/standard-streams';

jest.mock('node:fs', () => {
  const real = jest.requireActual('node:fs');
  return { ...real, readSync: jest.fn(real.readSync) };
});

const environment = process.env;
beforeEach(() => {
  process.env = { ...environment, MDTI_STATE_FILE: join(mkdtempSync(join(tmpdir(), 'mdti-io-')), 'state') };
});
afterEach(() => {
  process.env = environment;
  jest.restoreAllMocks();
});

describe('mdti run', () => {
  /** Runs this document, which stdin returns at once. */
  async function run(text: string) {
    const { stdout, stderr } = standardStreams();
    const pieces = [Buffer.from(text), Buffer.alloc(0)];
    const { readSync } = jest.requireMock('node:fs') as { readSync: jest.Mock };
    readSync.mockImplementation((_, target: Buffer) => pieces.shift()?.copy(target));
    const status = await runProcess();
    return {
      status,
      document: JSON.parse(stdout.text),
      ended: stdout.text.endsWith('}\n'),
      log: stderr.text,
    };
  }

  test('writes one document as a line, with the log on stderr', async () => {
    const { log, ...result } = await run('{"command":"ip","door":"xsoar","args":{"hostname":"x"}}');
    expect(result).toMatchObject({ status: 1, ended: true, document: { entries: [{ Type: 4 }] } });
    expect(log).toContain('unexpected arguments ignored');
  });

  test('a document that cannot be read gets an error document and the status 2', async () => {
    expect(await run('{')).toMatchObject({
      status: 2,
      document: { errors: [{ code: 'INVOCATION_UNREADABLE' }] },
    });
  });

  test('so does one that is larger than the memory of a command', async () => {
    const { stdout } = standardStreams();
    (jest.requireMock('node:fs') as { readSync: jest.Mock }).readSync.mockReturnValue(65_536);
    expect(await runProcess()).toBe(2);
    expect(JSON.parse(stdout.text)).toMatchObject({ errors: [{ code: 'TOO_LARGE' }] });
  });
});

describe('mdti serve', () => {
  const DOCUMENT = '{"id":1,"command":"nothing"}\n';
  const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

  afterEach(() => {
    jest.useRealTimers();
    for (const signal of SIGNALS) process.removeAllListeners(signal);
  });

  test('responds to each line and ends with stdin', async () => {
    const { stdin, stdout, stderr } = standardStreams();
    process.env.MDTI_LOG = 'info';
    const ended = serveProcess();
    stdin.write(DOCUMENT);
    await stdout.shows('\n');
    stdin.end(DOCUMENT);
    expect(await ended).toBe(0);
    expect(stdout.text.trim().split('\n')).toHaveLength(2);
    expect(stderr.text).toContain('"code":"COMMAND_UNKNOWN"');
  });

  test.each(SIGNALS)('%s ends it while stdin is open; a second signal finds no listener', async (signal) => {
    const { stdin, stdout } = standardStreams();
    const ended = serveProcess();
    stdin.write(DOCUMENT);
    await stdout.shows('\n');
    process.emit(signal);
    expect(SIGNALS.map((name) => process.listenerCount(name))).toEqual([0, 0]);
    expect(await ended).toBe(0);
    expect(stdin.destroyed).toBe(true);
  });

  test('ends after MDTI_IDLE_SECONDS without a document, counted from the last response', async () => {
    const { stdin, stdout } = standardStreams();
    process.env.MDTI_IDLE_SECONDS = '2';
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const ended = serveProcess();
    const hasEnded = jest.fn();
    void ended.then(hasEnded);
    await jest.advanceTimersByTimeAsync(1_900);
    stdin.write(DOCUMENT);
    await stdout.shows('\n');
    await jest.advanceTimersByTimeAsync(1_900);
    expect(hasEnded).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(200);
    expect(await ended).toBe(0);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['MDTI_IDLE_SECONDS', 143],
  ] as const)(
    'a reader that reads nothing: %s ends it with the status %d after twelve seconds',
    async (reason, status) => {
      const { stdin } = standardStreams();
      const unread = Object.assign(new PassThrough({ highWaterMark: 1 }), { isTTY: false });
      jest.spyOn(process, 'stdout', 'get').mockReturnValue(unread as never);
      jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
      if (reason === 'MDTI_IDLE_SECONDS') process.env[reason] = '1';
      const ended = serveProcess();
      const hasEnded = jest.fn();
      void ended.then(hasEnded);
      stdin.write(DOCUMENT);
      await jest.advanceTimersByTimeAsync(100);
      if (reason === 'MDTI_IDLE_SECONDS') await jest.advanceTimersByTimeAsync(900);
      else process.emit(reason);
      await jest.advanceTimersByTimeAsync(11_900);
      expect(hasEnded).not.toHaveBeenCalled();
      await jest.advanceTimersByTimeAsync(200);
      expect(await ended).toBe(status);
    },
  );
});

describe('mdti xsoar-loop', () => {
  function messages(text: string) {
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  }

  test('responds line by line, ends with stdin, and a line that is too long is not a call', async () => {
    const { stdin, stdout } = standardStreams();
    const ended = loopProcess();
    stdin.write('ping\n');
    await stdout.shows('\n');
    expect(stdout.text).toBe('{"type":"pong"}\n');
    stdin.end(`${'x'.repeat(70_000_000)}\n`);
    expect(await ended).toBe(0);
    const [, ...others] = messages(stdout.text);
    expect(others.map(({ type }) => type)).toEqual(['result', 'completed']);
    expect(others[0].results).toMatchObject([{ Type: 4 }]);
  });

  test("writes its log to the platform's log, a line each", async () => {
    const { stdin, stdout } = standardStreams();
    process.env.MDTI_LOG = 'info';
    const ended = loopProcess();
    const command = 'msg-defender-threat-intel-auth-test';
    stdin.end(
      `${JSON.stringify({ script: '-', integration: true, command, args: { odd: 'x' }, params: {}, context: {} })}\n`,
    );
    await ended;
    const logged = messages(stdout.text).filter(({ type }) => type === 'log');
    expect(logged).toEqual([
      {
        type: 'log',
        command: 'info',
        args: { args: [expect.stringMatching(/^\{.*"command failed".*\}$/)] },
      },
    ]);
  });
});

describe('mdti mcp', () => {
  function message(id: number, method: string, params = {}): string {
    return `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;
  }

  test('responds to messages, rejects lines that are none, and ends with stdin', async () => {
    const { stdin, stdout } = standardStreams();
    const overrides = { params: { graph_endpoint: 'https://localhost:1' }, ca: '' };
    const ended = mcpProcess({ words: [], options: {}, overrides } as never);
    stdin.write(`not JSON\n${message(1, 'ping')}`);
    await stdout.shows('"id":1');
    stdin.end(message(2, 'tools/list'));
    expect(await ended).toBe(0);
    const messages = stdout.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(messages).toMatchObject([
      { id: null, error: { code: -32700 } },
      { id: 1, result: {} },
      { id: 2, result: { tools: expect.any(Array) } },
    ]);
  });

  test('returns the results of all calls before it ends, and logs what slows them down', async () => {
    const sandbox = await startSandbox({ world: WORLD });
    sandbox.faults.rules = [{ kind: 'error', status: 400, times: 1, match: '/v1.0/$batch' }];
    const { stdin, stdout, stderr } = standardStreams();
    const overrides = { params: sandbox.params, ca: sandbox.ca };
    const ended = mcpProcess({ words: [], options: {}, overrides, logLevel: 'info' } as never);
    const info = {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'test', version: '1' },
    };
    const calls = [2, 3, 4].map((id) =>
      message(id, 'tools/call', { name: 'ip', arguments: { ip: `192.0.2.${id}` } }),
    );
    stdin.end([message(1, 'initialize', info), ...calls].join(''));
    expect(await ended).toBe(0);
    await sandbox.close();
    const messages = stdout.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(messages.map(({ id }) => id).sort()).toEqual([1, 2, 3, 4]);
    expect(messages.filter(({ result }) => result.isError === true)).toEqual([]);
    expect(stderr.text).toContain('batches are rejected');
  });

  test('many results wait for the reader of stdout without a warning', async () => {
    const { stdin, stdout } = standardStreams();
    const ended = mcpProcess({ words: [], options: {}, overrides: { params: {}, ca: '' } } as never);
    stdout.pause();
    stdin.end(Array.from({ length: 20 }, (_, id) => message(id, 'tools/list')).join(''));
    while (stdout.listenerCount('drain') < 19) await new Promise(setImmediate);
    // Node warns above this number of listeners; 0 means that there is no such number.
    expect(stdout.getMaxListeners()).toBe(0);
    stdout.resume();
    expect(await ended).toBe(0);
    expect(stdout.text.trim().split('\n')).toHaveLength(20);
  });

  test('ends when stdin is closed without an end', async () => {
    const { stdin } = standardStreams();
    const ended = mcpProcess({ words: [], options: {}, overrides: { params: {}, ca: '' } } as never);
    await new Promise(setImmediate);
    stdin.destroy();
    expect(await ended).toBe(0);
  });
});
