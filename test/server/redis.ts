import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Redis of one test, on loopback, with its data in its own folder. */
export interface TestRedis {
  readonly port: number;
  readonly folder: string;
  start(): Promise<void>;
  /** Ends it with SIGKILL, as a crash does. */
  kill(): Promise<void>;
  /** Stops it without closing its connections, as a machine that hangs does. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

export async function startRedis(...options: readonly string[]): Promise<TestRedis> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  let server: ChildProcess | undefined;
  const redis: TestRedis = {
    port,
    folder,
    async start() {
      const fixed = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
      server = spawn('redis-server', [...fixed, ...options], { stdio: 'ignore' });
      await listening(port);
    },
    async kill() {
      if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
      const exited = once(server, 'exit');
      server.kill('SIGKILL');
      await exited;
    },
    pause: () => void server?.kill('SIGSTOP'),
    resume: () => void server?.kill('SIGCONT'),
    async close() {
      await redis.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await redis.start();
  return redis;
}

/** The environment that makes an engine use this Redis, with its secret files. */
export function sharedEnvironment({ port, folder }: TestRedis): Record<string, string> {
  const keyFile = join(folder, 'mdti.key');
  writeFileSync(keyFile, Buffer.alloc(32, 7).toString('base64'), { mode: 0o600 });
  return { MDTI_SHARED: `redis://127.0.0.1:${port}`, MDTI_SHARED_KEY_FILE: keyFile };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

export async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const socket = connect(port, '127.0.0.1');
    const open = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`redis-server did not start on port ${port}`);
}
