import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endpointsIn } from '../../config/endpoints';
import { openInstruments } from '../../metrics/instruments';
import { FILE_MODE } from '../../state/files';
import { memoryStore } from '../../state/store';
import { localResponseCache, localServices, type ParamSource } from '../cli/local-services';
import { withSignals } from '../io/signals';
import { openWeb, type WebOptions } from './open-web';

interface WebCall extends ParamSource {
  readonly words: readonly string[];
  readonly options: {
    readonly port: number | undefined;
    readonly open: boolean;
    readonly metrics: string | undefined;
  };
}

/** `mdti web [NAME]`: serves the investigation until SIGINT or SIGTERM. */
export function webProcess(call: WebCall): Promise<number> {
  return withSignals(async (signal) => {
    const stopped = once(signal, 'abort');
    const options = webOptions(call);
    const { log } = options.services;
    const instruments = await openInstruments(call.options.metrics, process.env, log);
    const server = await openWeb({ ...options, instruments });
    process.stdout.write(`${server.newAddress()}\n`);
    process.stderr.write(
      'Open this address in a browser on this machine. It works once; Ctrl-C stops the server.\n',
    );
    const forget = call.options.open ? openBrowser(server.newAddress()) : () => {};
    if (process.stdin.isTTY === true) {
      process.stderr.write('Press Enter for another address.\n');
      process.stdin.on('data', () => process.stdout.write(`${server.newAddress()}\n`));
    }
    await stopped;
    forget();
    process.stdin.pause();
    await server.close();
    await instruments.close();
    return 0;
  });
}

function webOptions(call: WebCall): WebOptions {
  const services = localServices(call);
  return {
    name: call.words[0] ?? 'default',
    port: call.options.port ?? 0,
    services: { ...services, responseCache: localResponseCache(call, services) },
    sandbox: call.overrides !== undefined,
    environment: process.env,
    async startSandbox() {
      const { openSandbox } = await import('../cli/sandbox');
      const { params, ca, close } = await openSandbox();
      const allowEndpoints = endpointsIn(params);
      return { services: { ...services, params, ca, store: memoryStore(), allowEndpoints }, close };
    },
  };
}

/**
 * Opens the system's browser by a file that only this user can read: other users see the arguments of a program, and the token
 * would be among them. Returns how to remove the file. A machine without a browser loses nothing, since the address is printed.
 */
function openBrowser(address: string): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'mdti-web-'));
  const file = join(folder, 'open.html');
  writeFileSync(file, `<!doctype html><meta http-equiv="refresh" content="0;url=${address}">\n`, {
    mode: FILE_MODE,
  });
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', file]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', file]
        : ['xdg-open', file];
  const child = spawn(command as string, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
  return () => rmSync(folder, { recursive: true, force: true });
}
