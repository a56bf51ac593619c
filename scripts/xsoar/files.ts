import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../package.json';
import { readManifest } from '../generate/manifest';
import { unifiedYaml } from './integration';
import { packMetadata, releaseNotes } from './metadata';

/** The image that `xsoar/Dockerfile` makes, unless the pack is made for another registry. */
export const IMAGE = `msg-defender-threat-intel:${version}`;

/** Every file of the content pack by its path in the zip. */
export function packFiles(root: string, dockerimage: string): Record<string, Uint8Array> {
  const read = (path: string) => readFileSync(join(root, path));
  const manifest = readManifest(read('integration.yml').toString());
  const notes = releaseNotes(read('CHANGELOG.md').toString(), manifest.display, version);
  return {
    'pack_metadata.json': text(`${JSON.stringify(packMetadata(manifest, version), null, 2)}\n`),
    'README.md': read('xsoar/README.md'),
    'Author_image.png': read('xsoar/image.png'),
    [`Integrations/integration-${manifest.commonfields.id}.yml`]: text(unifiedYaml(root, dockerimage)),
    ...Object.fromEntries(
      playbooks(root).map((file) => [`Playbooks/playbook-${file}`, read(`playbooks/${file}`)]),
    ),
    [`ReleaseNotes/${version.replaceAll('.', '_')}.md`]: text(notes),
  };
}

function playbooks(root: string): string[] {
  return readdirSync(join(root, 'playbooks')).filter((file) => file.endsWith('.yml'));
}

function text(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}
