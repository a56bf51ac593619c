import { join } from 'node:path';
import { cacheFolder } from './cache-folder';
import { runCompiled } from './compiled';

/** Set when the bundle is made: what its hot chunk is called, and a hash of it. */
declare const CHUNK: string;
declare const BUILD: string;

/** Since Node 22.1; it keeps compiled code for whatever is loaded from then on. */
interface CompileCache {
  readonly enableCompileCache?: (folder: string) => unknown;
}

/**
 * `dist/mdti.cjs`: the command line, from compiled code where there is a safe place to keep it. The hot chunk has a cache of
 * its own on every Node, since Node's own takes longer to start than it saves there; it serves what a person's commands load.
 */
function launch(): void {
  const folder = cacheFolder(process.env);
  if (folder !== undefined && process.argv[2] !== 'run') {
    const { enableCompileCache } = process.getBuiltinModule('node:module') as CompileCache;
    enableCompileCache?.(folder);
  }
  runCompiled(join(__dirname, CHUNK), BUILD, folder);
}

launch();
