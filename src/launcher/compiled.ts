import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { isOurs } from '../base/owned-path';

type Factory = (
  exports: object,
  require: NodeJS.Require,
  module: object,
  file: string,
  folder: string,
) => void;

/** The wrapper that `require` puts around a CommonJS file, so that the same file can also be required. */
const WRAPPER = ['(function (exports, require, module, __filename, __dirname) {', '\n})'] as const;

/**
 * Loads a CommonJS file into `require.cache`, with the machine code of an earlier run if the folder contains it for this Node, this
 * architecture and this build; if not, what was compiled by the end of this process is saved there. Every other chunk that
 * requires the file gets this copy. The file is ASCII, which Node reads at half the memory, and fastest as Latin 1.
 * @param build identifies the build: V8 itself only compares the length of a source.
 * @param folder nothing is saved without one.
 */
export function loadCompiled(file: string, build: string, folder: string | undefined): void {
  const saved =
    folder === undefined ? undefined : join(folder, `${build}-${process.version}-${process.arch}`);
  const cachedData = saved === undefined ? undefined : contentOf(saved);
  const source = WRAPPER.join(readFileSync(file, 'latin1'));
  const script = new Script(source, { filename: file, cachedData });
  const module = { id: file, filename: file, exports: {}, loaded: false, children: [], paths: [] };
  require.cache[file] = module as unknown as NodeJS.Module;
  (script.runInThisContext() as Factory)(module.exports, require, module, file, dirname(file));
  module.loaded = true;
  if (saved !== undefined && script.cachedDataRejected !== false)
    process.once('exit', () => save(saved, script.createCachedData()));
}

/** Bytes of a SHA-256 after the code: V8 does not validate cached code and may crash on damaged data. */
const DIGEST = 32;

/** Returns the code in a file of this user; undefined if it is missing, a link, damaged, or owned by another user. */
function contentOf(file: string): Buffer | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    const found = fstatSync(descriptor);
    if (!found.isFile() || !isOurs(found)) return undefined;
    const content = readFileSync(descriptor);
    const code = content.subarray(0, -DIGEST);
    return digestOf(code).equals(content.subarray(-DIGEST)) ? code : undefined;
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Writes under another name first, so that no process reads half of it. A full or read-only disk costs speed, nothing else. */
function save(file: string, code: Buffer): void {
  const unfinished = `${file}.${process.pid}.${Date.now()}`;
  try {
    writeFileSync(unfinished, Buffer.concat([code, digestOf(code)]), { mode: 0o600, flag: 'wx' });
    renameSync(unfinished, file);
  } catch {
    return;
  }
}

function digestOf(code: Buffer): Buffer {
  return createHash('sha256').update(code).digest();
}
