import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Figure } from './figure';
import { paramsFile } from './params-file';
import type { Served } from './served';

const COMMAND_LINE = join(__dirname, '../dist/mdti.cjs');

/** Prints the size of the live objects of a process when it gets SIGUSR2. */
const HEAP = join(__dirname, 'bare/heap.cjs');

const WARM_UP = 3_000;
const MEASURED = 10_000;

/** An error entry, or the error of a tool. */
const ERROR = /"Type":4|"isError":true|^.{0,40}"error":/;

type Message = Readonly<Record<string, unknown>>;

/** A process that runs for months, as a program talks to it. */
interface LongRunning {
  readonly words: readonly string[];
  /** Every response is an error. */
  readonly fails?: true;
  /** Sent once at the start. */
  readonly greeting?: readonly Message[];
  request(id: number): Message | string;
  /** Whether a message ends the request; a string is written back to the process. */
  responds(message: Message): boolean | string;
}

/** The processes that stay open: what they keep of each request that is over. */
export async function soak(served: Served): Promise<Figure[]> {
  const command = 'msg-defender-threat-intel-host';
  const args = { host_id: 'contoso.com' };
  // Responses are not cached: every request is sent.
  const params = { ...served.params, cache_ttl: '0' };
  const kinds: Readonly<Record<string, LongRunning>> = {
    'serve, document': {
      words: ['serve'],
      request: (id) => ({ id, command, args, params }),
      responds: ({ id }) => id !== undefined,
    },
    'serve, parameters that are all different': {
      words: ['serve'],
      request: (id) => ({ id, command, args, params: { ...params, command_timeout: String(30 + id) } }),
      responds: ({ id }) => id !== undefined,
    },
    'serve, damaged line': {
      words: ['serve'],
      fails: true,
      request: () => '{',
      responds: ({ id }) => id !== undefined,
    },
    'serve, parameters that are all wrong': {
      words: ['serve'],
      fails: true,
      request: (id) => ({
        id,
        command,
        args,
        params: { tenant_id: `tenant${id}.example`, graph_endpoint: `https://g${id}.example` },
      }),
      responds: ({ id }) => id !== undefined,
    },
    'xsoar-loop, command': {
      words: ['xsoar-loop'],
      request: () => ({ command, args, params }),
      responds: ({ type, command: called }) =>
        type === 'completed' ||
        (type === 'executeCommand' && called === 'getIntegrationContext' ? '{}' : type !== 'result' && '""'),
    },
    'mcp, tool call': {
      words: ['mcp', '--params', paramsFile(served).file],
      greeting: [
        {
          jsonrpc: '2.0',
          id: 'greeting',
          method: 'initialize',
          params: {
            protocolVersion: '2025-06-18',
            capabilities: {},
            clientInfo: { name: 'soak', version: '1' },
          },
        },
        { jsonrpc: '2.0', method: 'notifications/initialized' },
      ],
      request: (id) => ({
        jsonrpc: '2.0',
        id,
        method: 'tools/call',
        params: { name: 'host', arguments: args },
      }),
      responds: ({ id }) => typeof id === 'number',
    },
  };
  const figures: Figure[] = [];
  for (const [name, kind] of Object.entries(kinds))
    figures.push({
      name: `soak: ${name}, memory kept of each`,
      value: (await keptBytes(served, kind)) / 1024,
      unit: 'KB/row',
      samples: MEASURED,
      target: { is: 'at most', value: 0.1 },
    });
  return figures;
}

/** Bytes of live objects that each request adds to a warm process. */
async function keptBytes(served: Served, kind: LongRunning): Promise<number> {
  const child = spawn(process.execPath, ['--expose-gc', '--require', HEAP, COMMAND_LINE, ...kind.words], {
    env: { ...process.env, ...paramsFile(served).environment, MDTI_LOG: 'error', MDTI_RESPONSES: '' },
  });
  const errors = createInterface({ input: child.stderr });
  const heapOf = async (running: ChildProcess) => {
    const printed = once(errors, 'line');
    running.kill('SIGUSR2');
    const [line] = (await printed) as [string];
    const [, bytes] = /^heap (\d+)$/.exec(line) ?? [];
    if (bytes === undefined) throw new Error(`mdti ${kind.words.join(' ')} printed: ${line}`);
    return Number(bytes);
  };
  const write = (message: Message | string) =>
    child.stdin.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`);
  let over = () => {};
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!kind.fails && ERROR.test(line)) throw new Error(`mdti ${kind.words.join(' ')}: ${line}`);
    const responds = kind.responds(JSON.parse(line) as Message);
    if (typeof responds === 'string') write(responds);
    else if (responds) over();
  });
  const run = async (from: number, to: number) => {
    for (let id = from; id < to; id++) {
      const done = new Promise<void>((resolve) => {
        over = resolve;
      });
      write(kind.request(id));
      await done;
    }
  };
  for (const message of kind.greeting ?? []) write(message);
  await run(0, WARM_UP);
  const before = await heapOf(child);
  await run(WARM_UP, WARM_UP + MEASURED);
  const after = await heapOf(child);
  const gone = once(child, 'exit');
  child.stdin.end();
  await gone;
  return (after - before) / MEASURED;
}
