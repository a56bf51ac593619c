import { join } from 'node:path';
import { cacheFolder } from './cache-folder';
import { loadCompiled } from './compiled';

/** A hash of the core, set when the bundle is made. */
declare const BUILD: string;

/** Since Node 22.1; caches compiled code for whatever is loaded from then on. */
interface CompileCache {
  readonly enableCompileCache?: (folder: string) => unknown;
}

/**
 * `dist/mdti.cjs`: the command line, from compiled code if there is a safe folder for it. The core has a separate cache on every
 * Node, since Node's own takes longer to start than it saves there; Node's own serves the chunks that a person's commands load.
 */
function launch(): void {
  const folder = cacheFolder(process.env);
  if (folder !== undefined && process.argv[2] !== 'run') {
    const { enableCompileCache } = process.getBuiltinModule('node:module') as CompileCache;
    enableCompileCache?.(folder);
  }
  loadCompiled(join(__dirname, 'core.cjs'), BUILD, folder);
  require(join(__dirname, 'main.cjs'));
}

launch();
