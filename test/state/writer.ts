import { writeSync } from 'node:fs';
import { statePaths } from '../../src/base/user-paths';
import { fileStore } from '../../src/state/file-store';

/*
 * A process that counts in the state until it is killed: `writer NAME POINT`. It says each number on stdout once it is kept.
 * POINT is the place inside a write at which it kills itself, or `anywhere`.
 */
const [name = '', point = ''] = process.argv.slice(2);

/** The calls that a write is made of; the product requests them by name, so they can be exchanged here. */
const calls = require('node:fs/promises') as Record<string, (...given: unknown[]) => Promise<unknown>>;

/** Counts the passes of the point: the first write of a process may differ from the later ones. */
let left = 1 + Math.floor(Math.random() * 3);

function die(): void {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}

function around(call: string, before: () => void, after: () => void = () => {}): void {
  const original = calls[call];
  calls[call] = async (...given) => {
    before();
    const result = await original?.(...given);
    after();
    return result;
  };
}

interface Handle {
  writeFile(text: string): Promise<void>;
  sync(): Promise<void>;
}

function aroundHandle(change: (handle: Handle) => void): void {
  const original = calls.open;
  calls.open = async (...given) => {
    const handle = (await original?.(...given)) as Handle;
    change(handle);
    return handle;
  };
}

const POINTS: Readonly<Record<string, () => void>> = {
  'lock-claimed': () => around('link', () => {}, die),
  'file-opened': () => around('open', () => {}, die),
  'half-written': () =>
    aroundHandle((handle) => {
      const write = handle.writeFile.bind(handle);
      handle.writeFile = async (text) => {
        await write(left === 1 ? text.slice(0, text.length / 2) : text);
        die();
      };
    }),
  'not-synced': () =>
    aroundHandle((handle) => {
      const sync = handle.sync.bind(handle);
      handle.sync = () => {
        die();
        return sync();
      };
    }),
  'not-renamed': () => around('rename', die),
  renamed: () => around('rename', () => {}, die),
  'lock-kept': () => around('truncate', die),
  anywhere: () => void setTimeout(() => process.kill(process.pid, 'SIGKILL'), Math.random() * 12),
};

async function count(): Promise<never> {
  const store = fileStore(statePaths(process.env), { log: (_, event) => void writeSync(1, `${event}\n`) });
  for (;;) {
    let number = 0;
    await store.update((state) => {
      number = Number(state[name] ?? 0) + 1;
      return { ...state, [name]: number };
    });
    writeSync(1, `${number}\n`);
  }
}

POINTS[point]?.();
void count();
