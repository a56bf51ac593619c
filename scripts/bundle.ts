import { mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const ROOT = join(__dirname, '..');
const OUT = join(ROOT, 'dist');

/** The chunks that are still to be built: the file they begin with, and their name in `dist/`. */
const chunks = new Map<string, string>([[join(ROOT, 'src/doors/main.ts'), 'mdti.cjs']]);

/** Every `import()` begins a chunk of its own: what is behind it costs nothing until it is asked for. */
const lazyChunks: Plugin = {
  name: 'lazy-chunks',
  setup(bundle) {
    bundle.onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const file = `${resolve(resolveDir, path)}.ts`;
      const chunk = `${basename(dirname(file))}-${basename(file, '.ts')}.cjs`;
      chunks.set(file, chunk);
      return { path: `./${chunk}`, external: true };
    });
  },
};

const options = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [lazyChunks],
} satisfies BuildOptions;

async function bundle(): Promise<void> {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT);
  for (const [file, chunk] of chunks) {
    const banner = chunk === 'mdti.cjs' ? { js: '#!/usr/bin/env node' } : {};
    await build({ ...options, entryPoints: [file], outfile: join(OUT, chunk), banner });
  }
}

void bundle();
