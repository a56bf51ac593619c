import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleChunks, bundleFile, CORE } from './bundle/chunks';
import { contentsOf, keepContents } from './bundle/contents';
import { replaceChanged } from './bundle/replace-changed';
import { bundleWeb } from './bundle/web';
import { packWorld } from './bundle/world';
import { writeTypes } from './types';

const ROOT = join(__dirname, '..');
const OUT = join(ROOT, 'dist');
/** On the same file system as `dist`, so that a file can be moved there in one step. */
const CACHE = join(ROOT, 'node_modules/.cache');
/** What follows the launcher in its file: one file less to find and to read. */
const MAIN = 'main.cjs';
const BANNER = '#!/usr/bin/env node';

/**
 * Bundles into a folder: the command line, the library, and a chunk for each `import()`, so that what is behind one costs nothing
 * until it is needed. All of them share one core. Everything is bundled: a user installs no other package.
 */
async function bundle(out: string): Promise<void> {
  const chunks = await bundleChunks({
    main: join(ROOT, 'src/launcher/mdti.ts'),
    index: join(ROOT, 'src/index.ts'),
  });
  for (const { fileName, code } of chunks) if (fileName !== MAIN) writeFileSync(join(out, fileName), code);
  const page = await bundleWeb(join(out, 'web'));
  keepContents(Object.fromEntries([...chunks, ...page].map((chunk) => [chunk.fileName, contentsOf(chunk)])));
  const core = chunks.find(({ fileName }) => fileName === CORE)?.code ?? '';
  const build = createHash('sha256').update(core).digest('hex').slice(0, 16);
  const launcher = await bundleFile(join(ROOT, 'src/launcher/launch.ts'), {
    banner: BANNER,
    define: { BUILD: JSON.stringify(build) },
  });
  const main = chunks.find(({ fileName }) => fileName === MAIN)?.code ?? '';
  writeFileSync(join(out, 'mdti.cjs'), `${launcher}\n(()=>{${main}\n})();\n`);
  packWorld(join(ROOT, 'test_data/world'), join(out, 'world.json.gz'));
  writeModule(out, chunks.find(({ fileName }) => fileName === 'index.cjs')?.exports ?? []);
}

/** For `import`: the names of the library again, so that a program which also requires it shares one plugin. */
function writeModule(out: string, names: readonly string[]): void {
  const module = `import library from './index.cjs';\n\nexport const { ${names.join(', ')} } = library;\n`;
  writeFileSync(join(out, 'index.mjs'), module);
  writeFileSync(join(out, 'index.d.mts'), "export * from './types/index.js';\n");
}

/** `tsx scripts/bundle.ts` builds `dist/`; with `--no-types` without declarations. */
async function main([option]: readonly string[]): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  const out = mkdtempSync(join(CACHE, 'dist-'));
  try {
    await bundle(out);
    if (option !== '--no-types') writeTypes(ROOT, join(out, 'types'));
    replaceChanged(out, OUT);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

void main(process.argv.slice(2));
