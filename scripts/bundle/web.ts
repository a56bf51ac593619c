import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OutputChunk, rolldown } from 'rolldown';

const ROOT = join(__dirname, '../..');
const CLIENT = join(ROOT, 'src/doors/web/client');

/** Scripts of the page, by the name that they are served under. */
const SCRIPTS = { 'app.js': 'main.tsx', 'layout.js': 'graph/layout-worker.ts' };

/** Files of the page that are copied unchanged. */
const STATIC = ['index.html', 'icon.svg'];

/** Builds the page of `mdti web` into a folder. Returns its scripts. */
export async function bundleWeb(out: string): Promise<OutputChunk[]> {
  mkdirSync(out, { recursive: true });
  const chunks: OutputChunk[] = [];
  for (const [file, entry] of Object.entries(SCRIPTS)) {
    const chunk = await bundleScript(join(CLIENT, entry));
    writeFileSync(join(out, file), chunk.code);
    chunks.push(chunk);
  }
  writeFileSync(join(out, 'app.css'), bundleStyle(join(CLIENT, 'styles'), 'app.css'));
  for (const file of STATIC) copyFileSync(join(CLIENT, file), join(out, file));
  return chunks;
}

async function bundleScript(entry: string): Promise<OutputChunk> {
  const build = await rolldown({
    input: entry,
    platform: 'browser',
    logLevel: 'warn',
    transform: { target: ['chrome111', 'firefox115', 'safari16.4'] },
  });
  const { output } = await build.generate({ format: 'iife', minify: true, codeSplitting: false });
  await build.close();
  return output[0];
}

/** A style sheet with the ones that it imports in place, without comments and indentation. */
function bundleStyle(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8')
    .replace(/@import "\.\/([\w-]+\.css)";\n/g, (_, name: string) => bundleStyle(folder, name))
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, '\n')
    .trim();
}
