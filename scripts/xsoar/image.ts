import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the folder that the image is built from: the recipe, and every chunk of `dist/` as the package has it. */
export function writeImageFolder(root: string, folder: string): void {
  const program = join(folder, 'mdti');
  mkdirSync(program, { recursive: true });
  copyFileSync(join(root, 'xsoar/Dockerfile'), join(folder, 'Dockerfile'));
  copyFileSync(join(root, 'xsoar/install.sh'), join(program, 'install.sh'));
  for (const file of readdirSync(join(root, 'dist')))
    if (file.endsWith('.cjs')) copyFileSync(join(root, 'dist', file), join(program, file));
}

/** Returns the base images of the recipe that have no digest: another build could get other bytes. */
export function imagesWithoutDigest(root: string): string[] {
  const recipe = readFileSync(join(root, 'xsoar/Dockerfile'), 'utf8');
  const images = [...recipe.matchAll(/^ARG \w+=(\S+)$/gm)].map(([, image = '']) => image);
  return images.filter((image) => !/@sha256:[0-9a-f]{64}$/.test(image));
}
