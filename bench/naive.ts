import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(__dirname, '..');

/** The same code as a compiler alone would leave it: a file for each file, packages where npm put them. */
export async function buildNaive(): Promise<string> {
  const folder = join(ROOT, 'node_modules/.cache/naive');
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|js|json)$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => join(ROOT, 'src', file));
  await build({
    entryPoints: [...sources, join(ROOT, 'package.json')],
    outbase: ROOT,
    outdir: folder,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    // A file without its extension is found by `require`, not by `import()`.
    supported: { 'dynamic-import': false },
    loader: { '.json': 'copy' },
    logLevel: 'warning',
  });
  return join(folder, 'src/launcher/mdti.js');
}
