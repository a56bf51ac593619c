import { join } from 'node:path';
import type { Plugin } from '../src/index';
import type { Served } from './served';
import { tokenIn } from './token';

type Library = Pick<typeof import('../src/index'), 'createPlugin' | 'memoryStore'>;

/** The plugin as another program has it: out of the built package, one for all commands, its connections kept. */
export interface Opened {
  readonly plugin: Plugin;
  /** The access token that it has cached. */
  readonly token: string;
}

/** Opens it and lets it log in, so that no command which is measured has to. */
export async function open({ params, ca }: Served): Promise<Opened> {
  const library: Library = require(join(__dirname, '../dist/index.cjs'));
  const store = library.memoryStore();
  const plugin = library.createPlugin({ params, ca, store });
  const { errors } = await plugin.execute('msg-defender-threat-intel-host', { host_id: 'contoso.com' });
  if (errors.length > 0) throw new Error(`the first command failed: ${errors[0]?.code}`);
  return { plugin, token: tokenIn(store.current()) };
}
