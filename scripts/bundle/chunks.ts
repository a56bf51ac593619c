import { basename, dirname, join } from 'node:path';
import { type InputOptions, type OutputChunk, type Plugin, type PreRenderedChunk, rolldown } from 'rolldown';
import { leanAxios } from './lean-axios';

const ROOT = join(__dirname, '../..');

/** What every command loads: one chunk, and the only copy of each of its modules in the process. */
export const CORE = 'core.cjs';

const RUNTIME = 'rolldown-runtime.cjs';

const OPTIONS = {
  platform: 'node',
  // Optional peers, installed only for several machines.
  external: ['bullmq', 'ioredis', '@azure/storage-blob', /^@opentelemetry\//],
  transform: { target: 'node20.19' },
  logLevel: 'warn',
} satisfies InputOptions;

const OUTPUT = {
  format: 'cjs',
  minify: true,
  exports: 'named',
  // `require` returns a loaded chunk at once; import() would start Node's other loader for it.
  dynamicImportInCjs: false,
} as const;

/**
 * Bundles the entries, by name, into CommonJS chunks that share every module: the core, which is all that the first entry
 * imports statically, and a chunk behind each `import()`.
 */
export async function bundleChunks(entries: Readonly<Record<string, string>>): Promise<OutputChunk[]> {
  const core = new Set<string>();
  const [first = ''] = Object.values(entries);
  const build = await rolldown({
    ...OPTIONS,
    input: { ...entries },
    plugins: [leanAxios, collectStaticImports(first, core)],
  });
  const { output } = await build.generate({
    ...OUTPUT,
    entryFileNames: '[name].cjs',
    chunkFileNames: chunkName,
    codeSplitting: {
      groups: [{ name: basename(CORE, '.cjs'), test: (id) => core.has(id) }],
    },
  });
  await build.close();
  return chunksOf(output).map((chunk, _, all) =>
    chunk.fileName === CORE ? { ...chunk, code: withRuntime(chunk.code, all) } : chunk,
  );
}

/** The core with the bundler's helpers inside: a file less to find and to read. Rolldown puts them in a separate chunk. */
function withRuntime(code: string, chunks: readonly OutputChunk[]): string {
  const runtime = chunks.find(({ fileName }) => fileName === RUNTIME)?.code ?? '';
  const required = `require("./${RUNTIME}")`;
  if (runtime === '' || !code.includes(required)) throw new Error('the core does not require the helpers');
  return code.replace(required, () => `(exports=>{${runtime}\n;return exports})({})`);
}

/** Bundles one entry with all that it imports into one file. */
export async function bundleFile(
  entry: string,
  { banner, define = {} }: { readonly banner: string; readonly define?: Record<string, string> },
): Promise<string> {
  const build = await rolldown({
    ...OPTIONS,
    input: entry,
    plugins: [leanAxios],
    transform: { ...OPTIONS.transform, define },
  });
  const { output } = await build.generate({ ...OUTPUT, exports: 'auto', codeSplitting: false });
  await build.close();
  const [chunk] = chunksOf(output);
  return `${banner}\n${chunk?.code}`;
}

function chunksOf(output: readonly { readonly type: string }[]): OutputChunk[] {
  const chunks = output.filter((one): one is OutputChunk => one.type === 'chunk');
  return chunks.map((chunk) => ({ ...chunk, modules: chunk.modules, code: toAscii(chunk.code) }));
}

/** Node reads ASCII at half the memory. A backslash before such a character means nothing and would change the escape. */
function toAscii(code: string): string {
  const escaped = code.replace(
    /(?<!\\)((?:\\\\)*)\\?([^\0-\x7f])/g,
    (_, backslashes: string, character: string) => {
      const hex = character.charCodeAt(0).toString(16).padStart(4, '0');
      return `${backslashes}\\u${hex}`;
    },
  );
  if (/[^\0-\x7f]/.test(escaped)) throw new Error('a chunk is not ASCII');
  return escaped;
}

/** Collects the modules that an entry imports statically, itself left out. */
function collectStaticImports(entry: string, found: Set<string>): Plugin {
  return {
    name: 'collect-static-imports',
    buildEnd() {
      const visit = (id: string) => {
        if (found.has(id)) return;
        found.add(id);
        for (const next of this.getModuleInfo(id)?.importedIds ?? []) visit(next);
      };
      visit(entry);
      found.delete(entry);
    },
  };
}

/** `war-room-process.cjs` for `src/doors/war-room/process.ts`. */
function chunkName({ name, facadeModuleId, moduleIds }: PreRenderedChunk): string {
  if (`${name}.cjs` === CORE) return CORE;
  if (name.includes('rolldown-runtime')) return RUNTIME;
  const file = facadeModuleId ?? moduleIds.findLast((id) => id.startsWith(ROOT)) ?? name;
  return `${basename(dirname(file))}-${basename(file).replace(/\.\w+$/, '')}.cjs`;
}
