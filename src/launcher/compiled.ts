import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';

type Factory = (
  exports: object,
  require: NodeJS.Require,
  module: object,
  file: string,
  folder: string,
) => void;

/**
 * Runs a chunk, a script whose value is the function that `require` would make of it, with the machine code of an earlier run where
 * the folder holds it for this Node, this architecture and this build; where it does not, what was compiled by the end of this
 * process is kept there. The chunk is ASCII, which Node reads at half the memory, and quickest as Latin 1.
 * @param build tells builds apart: V8 itself only compares the length of a source.
 * @param folder nothing is kept without one.
 */
export function runCompiled(file: string, build: string, folder: string | undefined): void {
  const kept = folder === undefined ? undefined : join(folder, `${build}-${process.version}-${process.arch}`);
  const cachedData = kept === undefined ? undefined : contentOf(kept);
  const script = new Script(readFileSync(file, 'latin1'), { filename: file, cachedData });
  const module = { exports: {} };
  (script.runInThisContext() as Factory)(module.exports, require, module, file, dirname(file));
  if (kept !== undefined && script.cachedDataRejected !== false)
    process.once('exit', () => keep(kept, script.createCachedData()));
}

/** Bytes of a SHA-256, which stands behind the code: V8 runs what is damaged, and falls. */
const DIGEST = 32;

/** The code in a file; undefined where there is none, or none that is whole. */
function contentOf(file: string): Buffer | undefined {
  try {
    const content = readFileSync(file);
    const code = content.subarray(0, -DIGEST);
    return digestOf(code).equals(content.subarray(-DIGEST)) ? code : undefined;
  } catch {
    return undefined;
  }
}

/** Under another name first, so that nobody reads half of it. A full or read-only disk costs speed, nothing else. */
function keep(file: string, code: Buffer): void {
  const unfinished = `${file}.${process.pid}.${Date.now()}`;
  try {
    writeFileSync(unfinished, Buffer.concat([code, digestOf(code)]), { mode: 0o600 });
    renameSync(unfinished, file);
  } catch {
    return;
  }
}

function digestOf(code: Buffer): Buffer {
  return createHash('sha256').update(code).digest();
}
