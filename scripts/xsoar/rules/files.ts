import { checkShape } from './check-shape';
import {
  documentIn,
  integrations,
  jsonFiles,
  list,
  object,
  type Pack,
  type PackRule,
  playbooks,
  readmeOf,
} from './rule';
import { SHAPES } from './shapes';

/** Fields that `pack_metadata.json` has, also where they are empty. */
const METADATA = 'name description support currentVersion author url categories tags useCases keywords'.split(
  ' ',
);

const MARKETPLACES = ['xsoar', 'marketplacev2', 'xpanse', 'xsoar_saas', 'xsoar_on_prem', 'platform'];

/** Folders of items whose id is their name. */
const NAMED = ['Layouts/', 'IncidentTypes/', 'Classifiers/', 'Dashboards/'];

export const FILE_RULES: readonly PackRule[] = [
  {
    code: 'ST110',
    wants: 'only the keys that the schema of a content item has, each of its type, and every required one',
    broken: (pack) =>
      Object.entries(pack).flatMap(([path, content]) => {
        const [, shape] = SHAPES.find(([pattern]) => pattern.test(path)) ?? [];
        if (shape === undefined) return [];
        return checkShape(documentIn(path, content), shape).map((what) => `${path}: ${what}`);
      }),
  },
  {
    code: 'BA100',
    wants: 'the version -1: the platform counts versions itself',
    broken: (pack) =>
      Object.entries(pack)
        .filter(([path, content]) => {
          if (!/^[A-Z]\w+\/.*\.(?:yml|json)$/.test(path)) return false;
          const { version, commonfields } = documentIn(path, content) as {
            version?: unknown;
            commonfields?: { version: unknown };
          };
          return (commonfields?.version ?? version) !== -1;
        })
        .map(([path]) => path),
  },
  {
    code: 'BA101',
    wants: 'an id that equals the name',
    broken: (pack) =>
      [
        ...playbooks(pack).map(([path, { id, name }]) => ({ path, id, name })),
        ...integrations(pack).map(([path, { commonfields, name }]) => ({ path, id: commonfields.id, name })),
        ...NAMED.flatMap((folder) => jsonFiles(pack, folder)).map(([path, { id, name }]) => ({
          path,
          id,
          name,
        })),
      ]
        .filter(({ id, name }) => id !== name)
        .map(({ path }) => path),
  },
  {
    code: 'BA130',
    wants: 'platform wherever marketplacev2 is among the marketplaces',
    broken: (pack) =>
      [
        ...jsonFiles(pack, ''),
        ...integrations(pack).map(([path, one]) => [path, { ...one }] as [string, Record<string, unknown>]),
      ]
        .filter(([, { marketplaces }]) => {
          const found = list(marketplaces);
          return found.includes('marketplacev2') && !found.includes('platform');
        })
        .map(([path]) => path),
  },
  {
    code: 'PA100',
    wants: 'tags without a prefix, or with the name of a marketplace as prefix',
    broken: (pack) =>
      list(object(pack['pack_metadata.json']).tags)
        .map(String)
        .filter((tag) => {
          const [prefix = '', rest] = tag.split(':');
          return rest !== undefined && !prefix.split(',').every((name) => MARKETPLACES.includes(name));
        }),
  },
  {
    code: 'PA107',
    wants: 'the mandatory fields of pack_metadata.json',
    broken: (pack) => METADATA.filter((key) => object(pack['pack_metadata.json'])[key] === undefined),
  },
  {
    code: 'PA128',
    wants: 'a README, .secrets-ignore and .pack-ignore, and the metadata in both forms',
    broken: (pack) =>
      ['README.md', '.secrets-ignore', '.pack-ignore', 'pack_metadata.json', 'metadata.json'].filter(
        (path) => !(path in pack),
      ),
  },
  {
    code: 'RM106',
    wants: "READMEs without the platform's former name",
    broken: (pack) =>
      Object.keys(pack).filter((path) => path.endsWith('README.md') && /demisto/i.test(pack[path] ?? '')),
  },
  {
    code: 'RM109',
    wants: 'a README beside each integration and playbook',
    broken: (pack) => itemPaths(pack).filter((path) => !pack[readmeOf(path)]?.trim()),
  },
  {
    code: 'RN108',
    wants: 'no release notes in a pack that is new',
    broken: (pack) => Object.keys(pack).filter((path) => path.startsWith('ReleaseNotes/')),
  },
];

function itemPaths(pack: Pack): string[] {
  return [...integrations(pack), ...playbooks(pack)].map(([path]) => path);
}
