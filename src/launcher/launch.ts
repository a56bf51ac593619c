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
 * The first part of `dist/mdti.cjs`, before `mdti.ts`: loads the core, from compiled code if there is a safe folder for it. The core
 * has a separate cache on every Node, since Node's own takes longer to start than it saves there; Node's own serves the other chunks.
 */
function launch(): void {
  const folder = cacheFolder(process.env);
  const isRun = process.argv[2] === 'run';
  if (folder !== undefined && !isRun) {
    const { enableCompileCache } = process.getBuiltinModule('node:module') as CompileCache;
    enableCompileCache?.(folder);
  }
  // A process saves what it compiled, and `run` compiles other functions than the verbs for users.
  loadCompiled(join(__dirname, 'core.cjs'), isRun ? `${BUILD}-run` : BUILD, folder);
}

launch();
