import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { checkManifest } from '../../scripts/manifest/check';
import { packFiles } from '../../scripts/xsoar/files';
import { unifiedManifest } from '../../scripts/xsoar/integration';
import { checkPack, PACK_RULES, type Pack } from '../../scripts/xsoar/pack-rules';
import model from '../../src/model/generated/graph-model.json';

const ROOT = join(__dirname, '../..');
const IMAGE = 'registry.example.com/mdti:1';
const files = packFiles(ROOT, IMAGE);
const pack: Pack = Object.fromEntries(
  Object.entries(files).map(([path, bytes]) => [path, Buffer.from(bytes).toString()]),
);
const INTEGRATION = 'Integrations/integration-MicrosoftDefenderThreatIntelligence.yml';
const PLAYBOOK = 'Playbooks/playbook-enrich-a-host.yml';

test('the pack has the files of a pack, and no others', () => {
  const paths = Object.keys(files).map((path) => path.replace(/incidentfield-\w+/, 'incidentfield-*'));
  expect([...new Set(paths)]).toEqual([
    'metadata.json',
    'pack_metadata.json',
    'README.md',
    '.secrets-ignore',
    '.pack-ignore',
    'Author_image.png',
    INTEGRATION,
    'Integrations/integration-MicrosoftDefenderThreatIntelligence_README.md',
    ...['enrich-a-host', 'follow-an-actor', 'look-into-a-cve', 'triage-indicators'].flatMap((name) => [
      `Playbooks/playbook-${name}.yml`,
      `Playbooks/playbook-${name}_README.md`,
    ]),
    'IncidentTypes/incidenttype-Defender_Threat_Intelligence_Article.json',
    'IncidentFields/incidentfield-*.json',
    'Layouts/layoutscontainer-Defender_Threat_Intelligence_Article.json',
    'Classifiers/classifier-Defender_Threat_Intelligence_Classifier.json',
    'Classifiers/classifier-mapper-incoming-Defender_Threat_Intelligence_Incoming_Mapper.json',
  ]);
});

test('the integration is the manifest with code, image and picture, and lint-clean', () => {
  const unified = parse(pack[INTEGRATION] ?? '');
  expect(unified).toEqual(unifiedManifest(ROOT, IMAGE));
  expect(unified.script.dockerimage).toBe(IMAGE);
  expect(unified.script.script).toMatch('mdti');
  expect(unified.image).toMatch(/^data:image\/png;base64,iVBOR/);
  const { image, detaileddescription, defaultclassifier, defaultmapperin, ...manifest } = unified;
  expect([image, detaileddescription, defaultclassifier, defaultmapperin]).not.toContain(undefined);
  expect(checkManifest(manifest).findings).toEqual([]);
});

test('the pack meets every rule', () => {
  expect(checkPack(pack)).toEqual([]);
});

test('the mapper reads properties that an article has', () => {
  const mapper = JSON.parse(
    pack['Classifiers/classifier-mapper-incoming-Defender_Threat_Intelligence_Incoming_Mapper.json'] ?? '{}',
  );
  const [{ internalMapping }] = Object.values(mapper.mapping) as [
    { internalMapping: Record<string, { simple: string }> },
  ];
  const properties = { id: {}, ...model.types.article.properties };
  for (const { simple } of Object.values(internalMapping))
    expect(properties).toHaveProperty(simple.split('.')[0] ?? '');
});

function edit(path: string, change: (document: never) => void): Pack {
  const isYaml = path.endsWith('.yml');
  const document = isYaml ? parse(pack[path] ?? '', { version: '1.1' }) : JSON.parse(pack[path] ?? '');
  change(document as never);
  return { ...pack, [path]: isYaml ? stringify(document) : JSON.stringify(document) };
}

function without(path: string): Pack {
  const { [path]: _, ...rest } = pack;
  return rest;
}

type Configuration = { configuration: { name: string }[]; script: { feed?: boolean; dockerimage: string } };

/** For each rule a pack that breaks it. */
const MUTANTS: Readonly<Record<string, () => Pack>> = {
  IN121: () =>
    edit(INTEGRATION, (one: Configuration) => {
      one.configuration = one.configuration.filter(({ name }) => name !== 'isFetch');
    }),
  IN122: () =>
    edit(INTEGRATION, (one: Configuration) => {
      one.script.feed = true;
    }),
  ST110: () =>
    edit(PLAYBOOK, (one: { tasks: Record<string, { task: { description?: string } }> }) => {
      delete one.tasks['1']?.task.description;
    }),
  PB118: () =>
    edit(PLAYBOOK, (one: { description: string }) => {
      one.description = '';
    }),
  PA128: () => without('.secrets-ignore'),
  PA100: () =>
    edit('metadata.json', (one: { id?: string }) => {
      delete one.id;
    }),
  RM109: () => without('Playbooks/playbook-enrich-a-host_README.md'),
  RM110: () => without('Integrations/integration-MicrosoftDefenderThreatIntelligence_README.md'),
  RM116: () => ({
    ...pack,
    'Playbooks/playbook-enrich-a-host_README.md': '![Playbook](../doc_files/missing.png)',
  }),
  RN108: () => ({ ...pack, 'ReleaseNotes/0_1_0.md': '#### Integrations' }),
  BA130: () =>
    edit('pack_metadata.json', (one: { marketplaces: string[] }) => {
      one.marketplaces = ['xsoar'];
    }),
  DO102: () =>
    edit(INTEGRATION, (one: Configuration) => {
      one.script.dockerimage = 'registry.example.com/mdti:latest';
    }),
  XREF: () => without('Layouts/layoutscontainer-Defender_Threat_Intelligence_Article.json'),
};

test('every rule has a pack that breaks it', () => {
  expect(Object.keys(MUTANTS)).toEqual(PACK_RULES.map(({ code }) => code));
});

test.each(Object.entries(MUTANTS))('%s is found on a pack that breaks it', (code, mutant) => {
  expect(checkPack(mutant()).some((finding) => finding.startsWith(`${code} `))).toBe(true);
});
