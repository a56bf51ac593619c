import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { runBundle } from './run-bundle';
import { IMAGE, packFiles } from './xsoar/files';
import { writeImageFolder } from './xsoar/image';

const ROOT = join(__dirname, '..');
const OUT = join(ROOT, 'out/xsoar');

/** The same files make the same bytes, whenever they are packed. */
const TIME = '1980-01-01T00:00:00';

/**
 * `npm run pack:xsoar [-- registry.example.com/name:tag]`: the content pack to upload, and the folder that its image is built
 * from.
 */
async function main([image = IMAGE]: readonly string[]): Promise<void> {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  const files = packFiles(ROOT, image);
  writeFileSync(join(OUT, 'MSGDefenderThreatIntel.zip'), zipSync(files, { mtime: TIME }));
  runBundle('--no-types');
  writeImageFolder(ROOT, join(OUT, 'image'));
  console.log(Object.keys(files).join('\n'));
  console.log(`\nout/xsoar/MSGDefenderThreatIntel.zip, for the image ${image}`);
}

void main(process.argv.slice(2));
