import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A sandbox served by the installed command, and how to reach it. */
export interface ServedSandbox {
  readonly params: string;
  /** Path of the certificate that the sandbox's own is signed with. */
  readonly ca: string;
  stop(): Promise<void>;
}

export async function serveSandbox(project: string): Promise<ServedSandbox> {
  const server = spawn(join(project, 'node_modules/.bin/mdti'), ['sandbox']);
  const text = await directions(server);
  const [, ca = ''] = /NODE_EXTRA_CA_CERTS=(\S+)/.exec(text) ?? [];
  const [, params = ''] = /--params (\S+)/.exec(text) ?? [];
  return {
    params,
    ca,
    async stop() {
      server.kill('SIGTERM');
      await once(server, 'exit');
    },
  };
}

async function directions(server: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of server.stdout ?? []) {
    text += chunk;
    if (text.includes('Ctrl-C')) return text;
  }
  throw new Error(`mdti sandbox ended before it served: ${text}`);
}
