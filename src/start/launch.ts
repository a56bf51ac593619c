import * as nodeModule from 'node:module';
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

/** `dist/mdti.cjs`: the command line, from compiled code where there is a safe place to keep it. */
function launch(): void {
  const file = join(__dirname, CHUNK);
  const folder = cacheFolder(process.env);
  const { enableCompileCache } = nodeModule as CompileCache;
  if (folder !== undefined && enableCompileCache === undefined) {
    runCompiled(file, BUILD, folder);
    return;
  }
  if (folder !== undefined) enableCompileCache?.(folder);
  require(file);
}

launch();
