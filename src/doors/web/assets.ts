import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PluginError } from '../../base/errors';

export interface Asset {
  readonly type: string;
  readonly body: Buffer;
}

/** The page's files by their address; nothing else of the disk is served. */
const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/app.js': ['app.js', 'text/javascript; charset=utf-8'],
  '/layout.js': ['layout.js', 'text/javascript; charset=utf-8'],
  '/app.css': ['app.css', 'text/css; charset=utf-8'],
  '/icon.svg': ['icon.svg', 'image/svg+xml'],
};

/** Reads the page's files once, from the package. @throws PluginError INTERNAL if the package was not built. */
export function readAssets(from = __dirname): ReadonlyMap<string, Asset> {
  const folder = assetFolder(from);
  return new Map(
    Object.entries(FILES).map(([path, [file, type]]) => [
      path,
      { type, body: readFileSync(join(folder, file)) },
    ]),
  );
}

/** The folder `web` next to the bundle, or `dist/web` above the sources. */
function assetFolder(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    for (const candidate of [join(folder, 'web'), join(folder, 'dist', 'web')])
      if (existsSync(join(candidate, 'index.html')) && existsSync(join(candidate, 'app.js')))
        return candidate;
    if (dirname(folder) === folder) break;
  }
  throw new PluginError('INTERNAL', 'The page of `mdti web` is missing from the package (dist/web).', {
    hint: 'Install the package again; from the sources, run `npm run build`.',
  });
}
