import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { version } from '../../package.json';
import { readManifest } from '../generate/manifest';
import type { Playbook } from '../playbooks/shape';
import { articleIncidentFiles } from './article-incidents';
import { unifiedYaml } from './integration';
import { dumpedMetadata, packMetadata } from './metadata';
import { pictureOf } from './playbook-picture';
import { integrationReadme, playbookReadme } from './readme';

/** The image that `xsoar/Dockerfile` makes, unless the pack is made for another registry. */
export const IMAGE = `msg-defender-threat-intel:${version}`;

/** Every file of the content pack by its path in the zip, in the form that the platform imports. */
export function packFiles(root: string, dockerimage: string): Record<string, Uint8Array> {
  const read = (path: string) => readFileSync(join(root, path));
  const manifest = readManifest(read('integration.yml').toString());
  const integration = `Integrations/integration-${manifest.commonfields.id}`;
  return {
    'metadata.json': json(dumpedMetadata(manifest, version)),
    'pack_metadata.json': json(packMetadata(manifest, version)),
    'README.md': read('xsoar/README.md'),
    '.secrets-ignore': text(''),
    '.pack-ignore': text(''),
    'Author_image.png': read('xsoar/image.png'),
    [`${integration}.yml`]: text(unifiedYaml(root, dockerimage)),
    [`${integration}_README.md`]: text(integrationReadme(manifest, read('xsoar/description.md').toString())),
    ...Object.fromEntries(playbooks(root).flatMap((file) => playbookFiles(file, read(`playbooks/${file}`)))),
    ...Object.fromEntries(
      pictures(root).map((file) => [`doc_files/${file}`, read(`xsoar/doc_files/${file}`)]),
    ),
    ...Object.fromEntries(
      Object.entries(articleIncidentFiles()).map(([path, object]) => [path, json(object)]),
    ),
  };
}

function playbookFiles(file: string, content: Buffer): [string, Uint8Array][] {
  const path = `Playbooks/playbook-${file.replace(/\.yml$/, '')}`;
  const playbook = parse(content.toString(), { version: '1.1' }) as Playbook;
  return [
    [`${path}.yml`, content],
    [`${path}_README.md`, text(playbookReadme(playbook, pictureOf(`${path}.yml`)))],
  ];
}

function playbooks(root: string): string[] {
  return readdirSync(join(root, 'playbooks')).filter((file) => file.endsWith('.yml'));
}

function pictures(root: string): string[] {
  return readdirSync(join(root, 'xsoar/doc_files')).filter((file) => file.endsWith('.png'));
}

function json(value: object): Uint8Array {
  return text(`${JSON.stringify(value, null, 2)}\n`);
}

function text(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}
