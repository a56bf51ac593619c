import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedFiles } from './generate/files';

/** Writes what is compiled from the manifest, the model and the declarations; with `--check` only names what differs. */
async function main(): Promise<void> {
  const root = join(__dirname, '..');
  const files = Object.entries(await generatedFiles(root));
  const drifted = files.filter(
    ([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text,
  );
  if (process.argv.includes('--check')) {
    for (const [path] of drifted) console.error(`${path} differs from its sources: run npm run generate`);
    process.exitCode = drifted.length === 0 ? 0 : 1;
    return;
  }
  for (const [path, text] of drifted) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(path);
  }
}

void main();
