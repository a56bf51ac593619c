import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { relay } from './relay';

/** A host in a separate network: what runs there reaches this machine only through the ports that it was given. */
export interface Namespace {
  /** The words before a command that make it run there. */
  readonly prefix: readonly string[];
  close(): void;
}

/**
 * Makes a network namespace, joined by a pair of virtual interfaces (addresses of RFC 2544), in which these ports of this machine's
 * loopback are at the loopback too.
 * @throws what `ip` says, where namespaces cannot be made
 */
export async function openNamespace(number: number, ports: readonly number[]): Promise<Namespace> {
  const name = `mdti-${process.pid}-${number}`;
  const [outside, inside] = [`mo${process.pid}${number}`, `mi${process.pid}${number}`];
  const [here, there] = [`198.18.${number}.1`, `198.18.${number}.2`];
  const ip = (...words: readonly string[]) => execFileSync('ip', words, { stdio: 'pipe' });
  ip('netns', 'add', name);
  const closing: (() => void)[] = [() => ip('netns', 'del', name)];
  const close = () => {
    for (const step of closing.reverse()) step();
  };
  try {
    ip('link', 'add', outside, 'type', 'veth', 'peer', 'name', inside, 'netns', name);
    ip('addr', 'add', `${here}/30`, 'dev', outside);
    ip('link', 'set', outside, 'up');
    ip('-n', name, 'addr', 'add', `${there}/30`, 'dev', inside);
    ip('-n', name, 'link', 'set', inside, 'up');
    ip('-n', name, 'link', 'set', 'lo', 'up');
    for (const port of ports) {
      const server = relay(here, '127.0.0.1', port);
      closing.push(() => server.close());
    }
    const prefix = ['ip', 'netns', 'exec', name];
    const inner = startRelay(prefix, here, ports);
    closing.push(() => inner.kill('SIGKILL'));
    await once(inner.stdout ?? inner, 'data');
    return { prefix, close };
  } catch (error) {
    close();
    throw error;
  }
}

function startRelay(prefix: readonly string[], to: string, ports: readonly number[]): ChildProcess {
  const [ip = '', ...words] = prefix;
  const script = join(__dirname, 'relay.ts');
  return spawn(
    ip,
    [...words, process.execPath, '--import', 'tsx', script, '127.0.0.1', to, ...ports.map(String)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
}
