import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleChunks, bundleFile, CORE } from './bundle/chunks';
import { contentsOf, keepContents } from './bundle/contents';
import { bundleWeb } from './bundle/web';
import { packWorld } from './bundle/world';
import { writeTypes } from './types';

const ROOT = join(__dirname, '..');
const OUT = join(ROOT, 'dist');
/** What follows the launcher in its file: one file less to find and to read. */
const MAIN = 'main.cjs';
const BANNER = '#!/usr/bin/env node';

/**
 * Builds `dist/`: the command line, the library, and a chunk for each `import()`, so that what is behind one costs nothing
 * until it is needed. All of them share one core. Everything is bundled: a user installs no other package.
 */
async function bundle(): Promise<void> {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT);
  const chunks = await bundleChunks({
    main: join(ROOT, 'src/launcher/mdti.ts'),
    index: join(ROOT, 'src/index.ts'),
  });
  for (const { fileName, code } of chunks) if (fileName !== MAIN) writeFileSync(join(OUT, fileName), code);
  const page = await bundleWeb(join(OUT, 'web'));
  keepContents(Object.fromEntries([...chunks, ...page].map((chunk) => [chunk.fileName, contentsOf(chunk)])));
  const core = chunks.find(({ fileName }) => fileName === CORE)?.code ?? '';
  const build = createHash('sha256').update(core).digest('hex').slice(0, 16);
  const launcher = await bundleFile(join(ROOT, 'src/launcher/launch.ts'), {
    banner: BANNER,
    define: { BUILD: JSON.stringify(build) },
  });
  const main = chunks.find(({ fileName }) => fileName === MAIN)?.code ?? '';
  writeFileSync(join(OUT, 'mdti.cjs'), `${launcher}\n(()=>{${main}\n})();\n`);
  packWorld(join(ROOT, 'test_data/world'), join(OUT, 'world.json.gz'));
  writeModule(chunks.find(({ fileName }) => fileName === 'index.cjs')?.exports ?? []);
}

/** For `import`: the names of the library again, so that a program which also requires it shares one plugin. */
function writeModule(names: readonly string[]): void {
  const module = `import library from './index.cjs';\n\nexport const { ${names.join(', ')} } = library;\n`;
  writeFileSync(join(OUT, 'index.mjs'), module);
  writeFileSync(join(OUT, 'index.d.mts'), "export * from './types/index.js';\n");
}

/** `tsx scripts/bundle.ts` builds `dist/`; with `--no-types` without declarations. */
async function main([option]: readonly string[]): Promise<void> {
  await bundle();
  if (option !== '--no-types') writeTypes(ROOT, join(OUT, 'types'));
}

void main(process.argv.slice(2));
