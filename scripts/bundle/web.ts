import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Contents, contentsOf } from './contents';

const ROOT = join(__dirname, '../..');
const CLIENT = join(ROOT, 'src/doors/web/client');

/** Files of the page that are copied unchanged. */
const STATIC = ['index.html', 'icon.svg'];

/** Builds the page of `mdti web` into `out`. Returns what its scripts are made of. */
export async function bundleWeb(out: string): Promise<Readonly<Record<string, Contents>>> {
  mkdirSync(out, { recursive: true });
  const { metafile } = await build({
    entryPoints: {
      app: join(CLIENT, 'main.tsx'),
      layout: join(CLIENT, 'graph/layout-worker.ts'),
      'app.css': join(CLIENT, 'styles/app.css'),
    },
    entryNames: '[name]',
    outdir: out,
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: ['chrome111', 'firefox115', 'safari16.4'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  });
  for (const file of STATIC) copyFileSync(join(CLIENT, file), join(out, file));
  return { 'web/app.js': contentsOf(metafile) };
}
