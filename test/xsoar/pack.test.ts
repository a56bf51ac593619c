import { join } from 'node:path';
import { parse } from 'yaml';
import { checkManifest } from '../../scripts/manifest/check';
import { packFiles } from '../../scripts/xsoar/files';
import { unifiedManifest } from '../../scripts/xsoar/integration';

const ROOT = join(__dirname, '../..');
const IMAGE = 'registry.example.com/mdti:1';
const files = packFiles(ROOT, IMAGE);

function textOf(path: string): string {
  return Buffer.from(files[path] ?? []).toString();
}

test('the pack holds what a pack holds, and nothing else', () => {
  expect(Object.keys(files)).toEqual([
    'pack_metadata.json',
    'README.md',
    'Author_image.png',
    'Integrations/integration-MicrosoftDefenderThreatIntelligence.yml',
    'Playbooks/playbook-enrich-a-host.yml',
    'Playbooks/playbook-follow-an-actor.yml',
    'Playbooks/playbook-look-into-a-cve.yml',
    'Playbooks/playbook-triage-indicators.yml',
    'ReleaseNotes/0_1_0.md',
  ]);
});

test('the integration is the manifest with code, image and picture, and lint-clean', () => {
  const unified = parse(textOf('Integrations/integration-MicrosoftDefenderThreatIntelligence.yml'));
  expect(unified).toEqual(unifiedManifest(ROOT, IMAGE));
  expect(unified.script.dockerimage).toBe(IMAGE);
  expect(unified.script.script).toMatch('mdti');
  expect(unified.image).toMatch(/^data:image\/png;base64,iVBOR/);
  const { image: _, detaileddescription: __, ...manifest } = unified;
  expect(checkManifest(manifest).findings).toEqual([]);
});

test('metadata and release notes are of the version', () => {
  expect(JSON.parse(textOf('pack_metadata.json'))).toMatchObject({
    currentVersion: '0.1.0',
    support: 'community',
  });
  expect(textOf('ReleaseNotes/0_1_0.md')).toMatch(
    /^#### Integrations\n\n##### Microsoft Defender Threat Intelligence\n\n- /,
  );
});
