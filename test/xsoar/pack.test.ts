import { join } from 'node:path';
import { parse } from 'yaml';
import { checkManifest } from '../../scripts/manifest/check';
import { packFiles } from '../../scripts/xsoar/files';
import { unifiedManifest } from '../../scripts/xsoar/integration';
import { checkPack, PACK_RULES, packOf } from '../../scripts/xsoar/pack-rules';
import { documentIn, type Pack } from '../../scripts/xsoar/rules/rule';
import { SHAPES } from '../../scripts/xsoar/rules/shapes';
import model from '../../src/model/generated/graph-model.json';

const ROOT = join(__dirname, '../..');
const IMAGE = 'registry.example.com/mdti:1';
const files = packFiles(ROOT, IMAGE);
const pack: Pack = packOf(files);
const INTEGRATION = 'Integrations/integration-MicrosoftDefenderThreatIntelligence.yml';
const DASHBOARD = 'Dashboards/dashboard-Defender_Threat_Intelligence.json';
const LAYOUT = 'Layouts/layoutscontainer-Defender_Threat_Intelligence_Article.json';
const FIELD = 'IncidentFields/incidentfield-mdtitags.json';
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
    ...['enrich-a-host', 'follow-an-actor', 'look-into-a-cve', 'triage-indicators'].map(
      (name) => `doc_files/${name}.png`,
    ),
    'IncidentTypes/incidenttype-Defender_Threat_Intelligence_Article.json',
    'IncidentFields/incidentfield-*.json',
    'Layouts/layoutscontainer-Defender_Threat_Intelligence_Article.json',
    'Classifiers/classifier-Defender_Threat_Intelligence_Classifier.json',
    'Classifiers/classifier-mapper-incoming-Defender_Threat_Intelligence_Incoming_Mapper.json',
    'Classifiers/classifier-mapper-outgoing-Defender_Threat_Intelligence_Outgoing_Mapper.json',
    DASHBOARD,
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

test('the mappers read and write properties that an article has', () => {
  const properties = { id: {}, ...model.types.article.properties };
  const mapping = (direction: string) => {
    const name = direction[0]?.toUpperCase() + direction.slice(1);
    const path = `Classifiers/classifier-mapper-${direction}-Defender_Threat_Intelligence_${name}_Mapper.json`;
    const [{ internalMapping }] = Object.values(JSON.parse(pack[path] ?? '{}').mapping) as [
      { internalMapping: Record<string, { simple: string }> },
    ];
    return internalMapping;
  };
  const paths = [
    ...Object.values(mapping('incoming')).map(({ simple }) => simple),
    ...Object.keys(mapping('outgoing')),
  ];
  for (const path of paths) expect(properties).toHaveProperty(path.split('.')[0] ?? '');
});

function edit(path: string, change: (document: never) => void): Pack {
  const document = structuredClone(documentIn(path, pack[path] ?? ''));
  change(document as never);
  return { ...pack, [path]: JSON.stringify(document) };
}

/** The pack with other values in the root of one file. */
function changed(path: string, values: object): Pack {
  return edit(path, (document) => Object.assign(document, values));
}

function without(path: string): Pack {
  const { [path]: _, ...rest } = pack;
  return rest;
}

type Integration = {
  configuration: { name: string; display: string; defaultvalue?: string }[];
  script: { isfetch?: boolean; feed?: boolean; dockerimage: string };
};

const withoutParameter = (wanted: string) => (one: Integration) => {
  one.configuration = one.configuration.filter(({ name }) => name !== wanted);
};

/** For each rule a pack that breaks it. */
const MUTANTS: Readonly<Record<string, () => Pack>> = {
  ST110: () =>
    edit(PLAYBOOK, (one: { tasks: Record<string, { task: { description?: string } }> }) => {
      delete one.tasks['1']?.task.description;
    }),
  BA100: () => changed(DASHBOARD, { version: 1 }),
  BA101: () => changed(LAYOUT, { name: 'Another name' }),
  BA130: () =>
    edit('pack_metadata.json', (one: { marketplaces: string[] }) => {
      one.marketplaces = ['xsoar', 'marketplacev2'];
    }),
  PA100: () =>
    edit('pack_metadata.json', (one: { tags: string[] }) => {
      one.tags = ['elsewhere:Threat Intelligence'];
    }),
  PA107: () => changed('pack_metadata.json', { keywords: undefined }),
  PA128: () => without('.secrets-ignore'),
  RM106: () => ({ ...pack, 'README.md': 'Install it in Demisto.' }),
  RM109: () => without('Playbooks/playbook-enrich-a-host_README.md'),
  RN108: () => ({ ...pack, 'ReleaseNotes/0_1_0.md': '#### Integrations' }),
  IN121: () => edit(INTEGRATION, withoutParameter('isFetch')),
  IN122: () =>
    edit(INTEGRATION, (one: Integration) => {
      one.script.feed = true;
    }),
  IN125: () =>
    edit(INTEGRATION, (one: Integration) => {
      for (const parameter of one.configuration)
        if (parameter.name === 'max_fetch') delete parameter.defaultvalue;
    }),
  IN126: () => edit(INTEGRATION, withoutParameter('first_fetch')),
  DO100: () =>
    edit(INTEGRATION, (one: Integration) => {
      one.script.dockerimage = 'registry.example.com/mdti:latest';
    }),
  RM110: () => without('Integrations/integration-MicrosoftDefenderThreatIntelligence_README.md'),
  PB118: () =>
    edit(PLAYBOOK, (one: { inputs: object[] }) => {
      one.inputs.push({ key: 'Unused', value: {}, description: 'No task reads it.' });
    }),
  RM116: () =>
    edit(PLAYBOOK, (one: { tasks: Record<string, { task: { name: string } }> }) => {
      for (const { task } of Object.values(one.tasks)) task.name = 'Renamed after the picture was drawn';
    }),
  BA116: () => changed(FIELD, { cliName: 'mdti_tags' }),
  DA100: () => changed(DASHBOARD, { owner: 'admin' }),
  DA101: () => changed(DASHBOARD, { fromDate: undefined }),
  IF113: () => changed(FIELD, { name: 'Tags' }),
  LO107: () =>
    edit(LAYOUT, (one: { detailsV2: { tabs: object[] } }) => {
      one.detailsV2.tabs.push({ id: 'evidenceBoard', name: 'Evidence Board', type: 'evidenceBoard' });
    }),
  XREF: () => without(LAYOUT),
};

test('every rule has a pack that breaks it', () => {
  expect(Object.keys(MUTANTS)).toEqual(PACK_RULES.map(({ code }) => code));
});

test.each(Object.entries(MUTANTS))('%s is found on a pack that breaks it', (code, mutant) => {
  expect(checkPack(mutant()).some((finding) => finding.startsWith(`${code} `))).toBe(true);
});

describe('the schema of each kind of content item', () => {
  const kinds = SHAPES.map(([pattern]) => Object.keys(pack).find((path) => pattern.test(path)) ?? '');

  test.each(kinds)('rejects an unknown key, a missing one and a wrong type in %s', (path) => {
    const document = documentIn(path, pack[path] ?? '') as Record<string, unknown>;
    const findings = (changed: object) =>
      checkPack({ ...pack, [path]: JSON.stringify(changed) })
        .filter((finding) => finding.startsWith('ST110'))
        .map((finding) => finding.slice(finding.indexOf(': ') + 2));
    const { name: _, ...nameless } = document;
    expect(findings({ ...document, unknown: true })).toEqual([`${path}: unknown: is not allowed`]);
    expect(findings(nameless)).toEqual([`${path}: name: is missing`]);
    expect(findings({ ...document, name: 1 })).toEqual([`${path}: name: is not text`]);
    expect(findings({ ...document, 'name:xsoar': 'For one marketplace' })).toEqual([]);
  });

  test('rejects wrong values inside', () => {
    const findings = (changed: Pack) => checkPack(changed).filter((finding) => finding.startsWith('ST110'));
    type Deep = { script: { commands: { arguments: Record<string, unknown>[] }[] }; category: string };
    const wrongArgument = edit(INTEGRATION, (one: Deep) => {
      const argument = one.script.commands.find((command) => command.arguments.length > 0)?.arguments[0];
      if (argument !== undefined) argument.isArray = 'yes';
    });
    expect(findings(wrongArgument)).toEqual([
      expect.stringMatching(/arguments\[0\]\.isArray: is not boolean$/),
    ]);
    const wrongCategory = changed(INTEGRATION, { category: 'Intelligence' });
    expect(findings(wrongCategory)).toEqual([expect.stringContaining('category: does not match')]);
  });
});
