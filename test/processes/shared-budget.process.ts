import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';

const made = mkdtempSync(join(tmpdir(), 'mdti-budget-'));
const taker = join(made, 'taker.cjs');
beforeAll(async () => {
  await build({
    entryPoints: [join(__dirname, '../budget/taker.ts')],
    outfile: taker,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
});

function started(folder: string) {
  const child = spawn(process.execPath, [taker, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    send: (text: string) => child.stdin.write(`${text}\n`),
    granted: async () => (await lines.next()).value as string,
  };
}

test.each(['SIGKILL', 'SIGSTOP'] as const)(
  'the serving process gets %s: another one takes over, and no request is lost',
  async (signal) => {
    const folder = join(made, signal);
    const serving = started(folder);
    serving.send('a');
    expect(await serving.granted()).toBe('a');
    const others = [started(folder), started(folder), started(folder)];
    for (const other of others) other.send('b');
    expect(await Promise.all(others.map(({ granted }) => granted()))).toEqual(['b', 'b', 'b']);
    expect(readdirSync(folder)).toHaveLength(1);
    serving.child.kill(signal);
    for (const other of others) other.send('c');
    expect(await Promise.all(others.map(({ granted }) => granted()))).toEqual(['c', 'c', 'c']);
    // On a slow machine a second successor may follow the first one.
    expect(readdirSync(folder)).toEqual([expect.not.stringMatching(/\.1$/)]);
    for (const { child } of [serving, ...others]) child.kill('SIGKILL');
  },
);
