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
  if (folder === undefined) require(file);
  else if (isBefore22()) runCompiled(file, BUILD, folder);
  else {
    (process.getBuiltinModule('node:module') as CompileCache).enableCompileCache?.(folder);
    require(file);
  }
}

/** To ask `node:module` itself would load it, which is slower than all of this file. */
function isBefore22(): boolean {
  return Number(process.versions.node.split('.')[0]) < 22;
}

launch();
