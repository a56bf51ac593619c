import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { type Contents, contentsOf, keepContents } from './bundle/contents';
import { leanAxios } from './bundle/lean-axios';
import { writeTypes } from './types';

const ROOT = join(__dirname, '..');
const OUT = join(ROOT, 'dist');
const HOT = 'main.js';
const LIBRARY = 'index.cjs';

const options = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  minify: true,
  legalComments: 'none',
  charset: 'ascii',
  logLevel: 'warning',
  metafile: true,
  // Optional peers: only who scales out installs them.
  external: ['bullmq', 'ioredis', '@azure/storage-blob'],
  // A chunk that is already there is had at once by require; import() would start Node's other loader for it.
  supported: { 'dynamic-import': false },
} satisfies BuildOptions;

/** The hot chunk is no module but a script whose value is what Node makes of a module: so it is compiled from a cache as it is. */
const AS_FUNCTION = {
  banner: { js: '(function (exports, require, module, __filename, __dirname) {' },
  footer: { js: '})' },
} satisfies BuildOptions;

/**
 * Builds `dist/`: the command line, the library, and a chunk for each `import()`, so that what is behind one costs nothing until it is
 * asked for. Everything is bundled: who installs the package installs nothing else.
 */
export async function bundle(): Promise<void> {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT);
  const contents: Record<string, Contents> = {};
  const chunks = new Map([
    [join(ROOT, 'src/launcher/mdti.ts'), HOT],
    [join(ROOT, 'src/index.ts'), LIBRARY],
  ]);
  for (const [file, chunk] of chunks) {
    const { metafile } = await build({
      ...options,
      entryPoints: [file],
      outfile: join(OUT, chunk),
      plugins: [leanAxios, lazyChunks(chunks)],
      ...(chunk === HOT ? AS_FUNCTION : {}),
    });
    contents[chunk] = contentsOf(metafile);
  }
  await buildLauncher();
  writeModule();
  keepContents(contents);
}

/** `mdti.cjs`, which knows the build of the hot chunk that it loads. */
async function buildLauncher(): Promise<void> {
  const hot = readFileSync(join(OUT, HOT), 'utf8');
  const foreign = /\P{ASCII}/u.exec(hot);
  if (foreign !== null) throw new Error(`${HOT} is read as ASCII, and holds ${JSON.stringify(foreign[0])}`);
  const hash = createHash('sha256').update(hot);
  await build({
    ...options,
    entryPoints: [join(ROOT, 'src/launcher/launch.ts')],
    outfile: join(OUT, 'mdti.cjs'),
    banner: { js: '#!/usr/bin/env node' },
    define: { CHUNK: JSON.stringify(HOT), BUILD: JSON.stringify(hash.digest('hex').slice(0, 16)) },
  });
}

/** For `import`: the names of the library again, so that a program which also requires it has one plugin and not two. */
function writeModule(): void {
  const names = Object.keys(require(join(OUT, LIBRARY)));
  const module = `import library from './${LIBRARY}';\n\nexport const { ${names.join(', ')} } = library;\n`;
  writeFileSync(join(OUT, 'index.mjs'), module);
  writeFileSync(join(OUT, 'index.d.mts'), "export * from './types/index.js';\n");
}

/** Builds the one file that the platform's image runs. */
export async function bundleImage(outfile: string): Promise<void> {
  const banner = { js: '#!/usr/bin/env node' };
  await build({ ...options, entryPoints: [join(ROOT, 'src/launcher/image.ts')], outfile, banner });
}

/** Leaves each `import()` of ours in place and adds what it asks for to the chunks that are still to be built. */
function lazyChunks(chunks: Map<string, string>): Plugin {
  return {
    name: 'lazy-chunks',
    setup(building) {
      building.onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined;
        const file = `${resolve(resolveDir, path)}.ts`;
        const chunk = `${basename(dirname(file))}-${basename(file, '.ts')}.cjs`;
        chunks.set(file, chunk);
        return { path: `./${chunk}`, external: true };
      });
    },
  };
}

if (require.main === module) void bundle().then(() => writeTypes(ROOT, join(OUT, 'types')));
