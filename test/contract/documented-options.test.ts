import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifest } from '../../scripts/generate/manifest';
import { readPlaybooks } from '../../scripts/playbooks/read';
import type { Command } from '../../src/commands/declaration/command';
import { catalog } from '../../src/commands/generated/catalog';
import { parseQuery } from '../../src/graph/odata';
import { pathPart, type Route } from '../../src/graph/route';
import type { Capability, OptionName } from '../../src/model/capabilities';
import { CAPABILITIES, capabilityOf } from '../../src/model/capabilities';

/* Nothing that we write, send or recommend relies on a query option that Microsoft does not document. */

const ROOT = join(__dirname, '../..');
const manifest = readManifest(readFileSync(join(ROOT, 'integration.yml'), 'utf8'));

function routesOf(name: string): readonly Route[] {
  const command = (catalog as Readonly<Record<string, Command>>)[name];
  return command !== undefined && 'routes' in command ? command.routes : [];
}

function capabilityFor({ line }: Route): Capability | undefined {
  return capabilityOf(pathPart(line).replace(/\{\w+\}/g, 'id'));
}

function documentedFor(name: string): readonly OptionName[] {
  return routesOf(name).flatMap((route) => capabilityFor(route)?.documented ?? []);
}

test.each(Object.keys(CAPABILITIES))(
  '%s is the path of a command, and its capabilities have a source',
  (path) => {
    const known = Object.values(catalog).flatMap((command: Command) =>
      'routes' in command ? command.routes : 'reads' in command ? Object.values(command.reads) : [],
    );
    expect(known.map(capabilityFor)).toContain(capabilityOf(`/security/threatIntelligence/${path}`));
    const { page, documented, source } = CAPABILITIES[path] as Capability;
    expect(page === '' ? documented : page).toEqual(
      page === '' ? [] : expect.stringMatching(/^security-.*\.md$/),
    );
    expect(source === 'csdl').toBe(['articles', 'intelProfiles'].includes(path));
  },
);

/** Notes on Microsoft's pages, where they lie beside the clone. */
const SAMPLES = join(ROOT, '../shared/graph/examples');

test("the documented options are those of Microsoft's pages", () => {
  if (!existsSync(SAMPLES)) return;
  for (const file of readdirSync(SAMPLES).filter((name) => name.endsWith('.json'))) {
    const { paths, odata } = JSON.parse(readFileSync(join(SAMPLES, file), 'utf8')) as {
      readonly paths: readonly string[];
      readonly odata: readonly string[];
    };
    for (const path of paths) {
      const route = path.replace(/\?.*/, '').replace('/whoisHistoryRecord/', '/whoisHistoryRecords/');
      const listed = capabilityOf(route.replace(/\{\w+\}/g, 'id'))?.documented;
      const options = odata.map((name) => name.toLowerCase());
      expect([path, [...(listed ?? [])].sort()]).toEqual([path, options.sort()]);
    }
  }
});

const described = manifest.script.commands.flatMap(({ name, arguments: args = [] }) =>
  args
    .filter((argument) => argument.name === 'odata')
    .map(({ description }) => [name, /such as (\S+?)\.?\s/.exec(`${description} `)?.[1]] as const),
);

test.each(described)('%s: the odata example (%s) uses documented options only', (name, example = '') => {
  const options = parseQuery(example).map((option) => option.name);
  const documented = documentedFor(name);
  expect(options.length > 0).toBe(documented.length > 0);
  expect(documented).toEqual(expect.arrayContaining(options));
});

const pages = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((file) => `docs/${file}`)].filter((file) =>
  file.endsWith('.md'),
);

test('examples in the documentation take options that a list of Microsoft documents', () => {
  const documented = Object.values(CAPABILITIES).flatMap(({ documented }) => documented);
  const examples = pages
    .filter((file) => file !== 'docs/commands.md')
    .flatMap((file) => [...readFileSync(join(ROOT, file), 'utf8').matchAll(/[`"'=](\$[a-z]+=[^`"]+)[`"]/g)])
    .map((match) => match[1] ?? '');
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples)
    expect(documented).toEqual(expect.arrayContaining(parseQuery(example).map(({ name }) => name)));
});

test.each(Object.keys(catalog))(
  '%s says "newest first" exactly where it sorts, by documented options',
  (name) => {
    const sorted = routesOf(name).filter(({ newestBy }) => newestBy !== undefined);
    const description = manifest.script.commands.find((command) => command.name === name)?.description ?? '';
    expect(/(?:newest|latest registration) first/i.test(description)).toBe(sorted.length > 0);
    for (const route of sorted) expect(capabilityFor(route)?.documented).toContain('$orderby');
  },
);

test('the playbooks pass no query options, and search only where that is documented', () => {
  const used = Object.values(readPlaybooks(ROOT)).flatMap(({ tasks }) =>
    Object.values(tasks).flatMap(({ task, scriptarguments = {} }) => {
      const name = String(task.script ?? '').split('|||')[1] ?? '';
      const given = Object.keys(scriptarguments);
      return given.map((argument) => [name, argument] as const);
    }),
  );
  expect(used.filter(([, argument]) => argument === 'odata')).toEqual([]);
  const needs: Readonly<Record<string, OptionName>> = {
    search: '$search',
    limit: '$top',
    kind: '$filter',
    record_type: '$filter',
    expand_certificate: '$expand',
  };
  for (const [name, argument] of used) {
    const option = needs[argument];
    if (option !== undefined && option !== '$top') expect(documentedFor(name)).toContain(option);
  }
});

test('search is documented as one term, and sent in quotes as the samples of Graph send it', () => {
  const search = manifest.script.commands
    .find(({ name }) => name === 'msg-defender-threat-intel-article-list')
    ?.arguments?.find(({ name }) => name === 'search');
  expect(search?.description).toContain('Graph documents a single one');
});

test('featured_only has the description of its property', () => {
  const parameter = manifest.configuration.find(({ name }) => name === 'featured_only');
  expect(parameter?.additionalinfo).toContain('isFeatured');
});
