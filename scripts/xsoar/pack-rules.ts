import { parse } from 'yaml';
import type { Manifest } from '../manifest/shape';
import type { Playbook } from '../playbooks/shape';
import { ARTICLE_TYPE } from './article-incidents';

/** A content pack as the platform imports it: text of every file by its path. */
export type Pack = Readonly<Record<string, string>>;

/** A rule of the platform's public validators, or one about files that name each other (XREF). */
export interface PackRule {
  readonly code: string;
  readonly wants: string;
  /** What is wrong, an item each. */
  readonly broken: (pack: Pack) => readonly string[];
}

const FETCH_PARAMETERS: Readonly<Record<string, number>> = {
  isFetch: 8,
  incidentType: 13,
  max_fetch: 0,
  first_fetch: 0,
  incidentFetchInterval: 19,
};
const FEED_PARAMETERS =
  'feed feedReputation feedReliability feedExpirationPolicy feedExpirationInterval feedFetchInterval feedBypassExclusionList feedTags tlp_color'.split(
    ' ',
  );
const METADATA = [
  'id',
  'name',
  'description',
  'currentVersion',
  'serverMinVersion',
  'marketplaces',
  'support',
];

export const PACK_RULES: readonly PackRule[] = [
  {
    code: 'IN121',
    wants: 'the parameters of a fetching integration',
    broken: (pack) =>
      integrations(pack).flatMap(([path, { script, configuration }]) =>
        script.isfetch === true
          ? Object.entries(FETCH_PARAMETERS)
              .filter(([name, type]) => !configuration.some((one) => one.name === name && one.type === type))
              .map(([name]) => `${path}: ${name}`)
          : [],
      ),
  },
  {
    code: 'IN122',
    wants: 'the parameters of a feed, if the integration is one',
    broken: (pack) =>
      integrations(pack).flatMap(([path, { script, configuration }]) =>
        'feed' in script && script.feed === true
          ? FEED_PARAMETERS.filter((name) => !configuration.some((one) => one.name === name)).map(
              (name) => `${path}: ${name}`,
            )
          : [],
      ),
  },
  {
    code: 'ST110',
    wants: 'a description for every playbook task',
    broken: (pack) =>
      playbooks(pack).flatMap(([path, { tasks }]) =>
        Object.entries(tasks)
          .filter(([, { task }]) => typeof task.description !== 'string')
          .map(([key]) => `${path}: task ${key}`),
      ),
  },
  {
    code: 'PB118',
    wants: 'a description for every playbook and its inputs',
    broken: (pack) =>
      playbooks(pack).flatMap(([path, { description, inputs }]) => [
        ...(description ? [] : [path]),
        ...inputs.filter((one) => !one.description).map(({ key }) => `${path}: input ${key}`),
      ]),
  },
  {
    code: 'PA128',
    wants: 'the files that every pack has',
    broken: (pack) =>
      ['pack_metadata.json', 'metadata.json', 'README.md', '.secrets-ignore', '.pack-ignore'].filter(
        (path) => !(path in pack),
      ),
  },
  {
    code: 'PA100',
    wants: 'the fields that an import reads',
    broken: (pack) => {
      const found = object(pack['metadata.json']);
      return METADATA.filter((key) => found[key] === undefined || found[key] === '').map(
        (key) => `metadata.json: ${key}`,
      );
    },
  },
  {
    code: 'RM109',
    wants: 'a README beside each integration and playbook',
    broken: (pack) =>
      [...integrations(pack), ...playbooks(pack)]
        .map(([path]) => path.replace(/\.yml$/, '_README.md'))
        .filter((path) => !pack[path]?.trim()),
  },
  {
    code: 'RM110',
    wants: 'every command in the README of its integration',
    broken: (pack) =>
      integrations(pack).flatMap(([path, { script }]) =>
        script.commands
          .map(({ name }) => name)
          .filter((name) => !pack[path.replace(/\.yml$/, '_README.md')]?.includes(`### ${name}\n`)),
      ),
  },
  {
    code: 'RM116',
    wants: 'no link to a playbook image that the pack lacks',
    broken: (pack) =>
      Object.entries(pack).flatMap(([path, content]) =>
        path.endsWith('_README.md')
          ? [...content.matchAll(/!\[[^\]]*\]\((?!https:)([^)]+)\)/g)]
              .map(([, image = '']) => image)
              .filter((image) => !(image in pack))
              .map((image) => `${path}: ${image}`)
          : [],
      ),
  },
  {
    code: 'RN108',
    wants: 'no release notes in a pack that is new',
    broken: (pack) => Object.keys(pack).filter((path) => path.startsWith('ReleaseNotes/')),
  },
  {
    code: 'BA130',
    wants: 'platform among the marketplaces',
    broken: (pack) =>
      ['metadata.json', 'pack_metadata.json'].filter(
        (path) => !list(object(pack[path]).marketplaces).includes('platform'),
      ),
  },
  {
    code: 'DO102',
    wants: 'an image with a tag that is not latest',
    broken: (pack) =>
      integrations(pack)
        .map(([, { script }]) => script.dockerimage ?? '')
        .filter((image) => !/:(?!latest$)[\w][\w.-]*$/.test(image)),
  },
  {
    code: 'XREF',
    wants: 'classifier, mapper, layout and incident type that name only what is in the pack',
    broken: crossReferences,
  },
];

/** Rules that this pack cannot meet, and why; `npm run check:pack` prints them. */
export const UNMET: Readonly<Record<string, string>> = {
  'DO101, DO103, DO106':
    'they want an image of the organisation demisto on Docker Hub; this image contains Node.js and is built by its user.',
  RM116: 'a picture of a playbook needs a running platform; the READMEs link to none.',
};

export function checkPack(pack: Pack): string[] {
  return PACK_RULES.flatMap(({ code, wants, broken }) =>
    broken(pack).map((what) => `${code} (${wants}): ${what}`),
  );
}

function crossReferences(pack: Pack): string[] {
  const of = (folder: string) =>
    Object.entries(pack)
      .filter(([path]) => path.startsWith(folder))
      .map(([, content]) => object(content));
  const types = of('IncidentTypes/');
  const fields = of('IncidentFields/');
  const layouts = of('Layouts/').map(({ id }) => id);
  const classifiers = of('Classifiers/');
  const ids = classifiers.map(({ id }) => id);
  const fieldNames = fields.map(({ name }) => name);
  const shown = [...JSON.stringify(of('Layouts/')).matchAll(/"fieldId":"([^"]+)"/g)].map(([, id = '']) => id);
  const mapped = classifiers.flatMap(({ mapping }) =>
    Object.values((mapping ?? {}) as Record<string, { internalMapping: object }>).flatMap(
      ({ internalMapping }) => Object.keys(internalMapping),
    ),
  );
  const { defaultclassifier, defaultmapperin } = (integrations(pack)[0]?.[1] ?? {}) as {
    defaultclassifier?: string;
    defaultmapperin?: string;
  };
  return [
    ...(types.some(({ id }) => id === ARTICLE_TYPE) ? [] : [`no incident type ${ARTICLE_TYPE}`]),
    ...types
      .filter(({ layout }) => !layouts.includes(layout))
      .map(({ id }) => `incident type ${id}: no layout`),
    ...fields
      .filter(({ associatedTypes }) =>
        list(associatedTypes).some((type) => !types.some(({ id }) => id === type)),
      )
      .map(({ id }) => `field ${id}: no such incident type`),
    ...fields
      .filter(({ id, cliName }) => id !== `incident_${cliName}` || !/^[a-z0-9]+$/.test(String(cliName)))
      .map(({ id }) => `field ${id}: id and cliName differ`),
    ...shown
      .filter((id) => !fields.some(({ cliName }) => cliName === id))
      .map((id) => `layout: no field ${id}`),
    ...mapped
      .filter((name) => !fieldNames.includes(name) && !['name', 'occurred', 'details'].includes(name))
      .map((name) => `mapper: no field ${name}`),
    ...[defaultclassifier, defaultmapperin]
      .filter((id) => !ids.includes(id))
      .map((id) => `integration: no classifier ${id}`),
    ...[...types, ...fields, ...classifiers]
      .filter(({ version, fromVersion }) => version !== -1 || !/^\d+\.\d+\.\d+$/.test(String(fromVersion)))
      .map(({ id }) => `${id}: version or fromVersion`),
  ];
}

function integrations(pack: Pack): [string, Manifest][] {
  return documents<Manifest>(pack, 'Integrations/');
}

function playbooks(pack: Pack): [string, Playbook][] {
  return documents<Playbook>(pack, 'Playbooks/');
}

function documents<T>(pack: Pack, folder: string): [string, T][] {
  return Object.entries(pack)
    .filter(([path]) => path.startsWith(folder) && path.endsWith('.yml'))
    .map(([path, content]) => [path, parse(content, { version: '1.1' }) as T]);
}

function object(content = '{}'): Record<string, unknown> {
  return JSON.parse(content);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
