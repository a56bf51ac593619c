import { ARTICLE_TYPE } from '../article-incidents';
import { integrations, jsonFiles, list, object, type Pack, type PackRule } from './rule';

const DATES = ['fromDate', 'toDate', 'fromDateLicense'];

/** Keys that an export of a dashboard has, and a pack does not. */
const EXPORTED = [
  'system',
  'isCommon',
  'shared',
  'owner',
  'sortValues',
  'vcShouldIgnore',
  'commitMessage',
  'shouldCommit',
];

/** Tabs and sections that a pack for marketplacev2 cannot have. */
const XSOAR_ONLY = [
  ...['canvas', 'evidenceBoard', 'relatedIncidents'],
  ...['evidence', 'childInv', 'linkedIncidents', 'team', 'droppedIncidents', 'todoTasks'],
];

/** Fields of the platform itself that a mapper may fill. */
const BUILT_IN = ['name', 'occurred', 'details'];

export const INCIDENT_RULES: readonly PackRule[] = [
  {
    code: 'BA116',
    wants: 'a cliName of letters and digits that equals the id of its field',
    broken: (pack) =>
      jsonFiles(pack, 'IncidentFields/')
        .filter(([, { id, cliName }]) => id !== `incident_${cliName}` || !/^[a-z0-9]+$/.test(String(cliName)))
        .map(([path]) => path),
  },
  {
    code: 'DA100',
    wants: 'a dashboard without the keys that only an export has',
    broken: (pack) =>
      jsonFiles(pack, 'Dashboards/').flatMap(([path, dashboard]) =>
        [dashboard, ...widgetsOf(dashboard)].flatMap((one) =>
          EXPORTED.filter((key) => key in one).map((key) => `${path}: ${key}`),
        ),
      ),
  },
  {
    code: 'DA101',
    wants: 'a dashboard with fromDate, toDate and fromDateLicense',
    broken: (pack) =>
      jsonFiles(pack, 'Dashboards/').flatMap(([path, dashboard]) =>
        DATES.filter((key) => dashboard[key] === undefined).map((key) => `${path}: ${key}`),
      ),
  },
  {
    code: 'IF113',
    wants: "names of incident fields that start with the pack's name or an itemPrefix",
    broken: (pack) => {
      const { name, itemPrefix } = object(pack['pack_metadata.json']);
      const prefixes = [name, ...list(itemPrefix)].map(String);
      return jsonFiles(pack, 'IncidentFields/')
        .filter(([, field]) => !prefixes.some((prefix) => String(field.name).startsWith(prefix)))
        .map(([path]) => path);
    },
  },
  {
    code: 'LO107',
    wants: 'a layout without the tabs and sections that only XSOAR has, if the pack is for marketplacev2',
    broken: (pack) =>
      list(object(pack['pack_metadata.json']).marketplaces).includes('marketplacev2')
        ? jsonFiles(pack, 'Layouts/').flatMap(([path, layout]) =>
            XSOAR_ONLY.filter((type) => JSON.stringify(layout).includes(`"type":"${type}"`)).map(
              (type) => `${path}: ${type}`,
            ),
          )
        : [],
  },
  {
    code: 'XREF',
    wants: 'classifier, mappers, layout, dashboard and incident type that name only what is in the pack',
    broken: crossReferences,
  },
];

type Item = Readonly<Record<string, unknown>>;

function widgetsOf({ layout }: Item): Item[] {
  return list(layout).map((one) => (one as { widget: Item }).widget);
}

function crossReferences(pack: Pack): string[] {
  const of = (folder: string) => jsonFiles(pack, folder).map(([, item]) => item);
  const [types, fields, classifiers] = [of('IncidentTypes/'), of('IncidentFields/'), of('Classifiers/')];
  const layouts = of('Layouts/').map(({ id }) => id);
  const typeIds = types.map(({ id }) => id);
  const cliNames = fields.map(({ cliName }) => cliName);
  const shown = [...JSON.stringify(of('Layouts/')).matchAll(/"fieldId":"([^"]+)"/g)].map(([, id = '']) => id);
  const columns = [...JSON.stringify(of('Dashboards/')).matchAll(/"?\b(mdti\w+)\b/g)].map(
    ([, id = '']) => id,
  );
  return [
    ...(typeIds.includes(ARTICLE_TYPE) ? [] : [`no incident type ${ARTICLE_TYPE}`]),
    ...types
      .filter(({ layout }) => !layouts.includes(layout))
      .map(({ id }) => `incident type ${id}: no layout`),
    ...fields
      .filter(({ associatedTypes }) => list(associatedTypes).some((type) => !typeIds.includes(type)))
      .map(({ id }) => `field ${id}: no such incident type`),
    ...shown.filter((id) => !cliNames.includes(id)).map((id) => `layout: no field ${id}`),
    ...columns.filter((id) => !cliNames.includes(id)).map((id) => `dashboard: no field ${id}`),
    ...mapped(classifiers, fields, typeIds),
    ...integrationReferences(pack, classifiers),
  ];
}

/** What mappers name that the pack does not have: incident types, and fields by name (incoming) or cliName (outgoing). */
function mapped(mappers: readonly Item[], fields: readonly Item[], typeIds: readonly unknown[]): string[] {
  return mappers.flatMap(({ type, mapping }) =>
    Object.entries(
      (mapping ?? {}) as Record<string, { internalMapping: Record<string, { simple: string }> }>,
    ).flatMap(([incidentType, { internalMapping }]) => {
      const isOutgoing = type === 'mapping-outgoing';
      const named = isOutgoing
        ? Object.values(internalMapping).map(({ simple }) => simple)
        : Object.keys(internalMapping);
      const known = [...BUILT_IN, ...fields.map(({ name, cliName }) => (isOutgoing ? cliName : name))];
      return [
        ...(typeIds.includes(incidentType) ? [] : [`mapper: no incident type ${incidentType}`]),
        ...named.filter((name) => !known.includes(name)).map((name) => `mapper: no field ${name}`),
      ];
    }),
  );
}

function integrationReferences(pack: Pack, classifiers: readonly Item[]): string[] {
  const ids = classifiers.map(({ id }) => id);
  return integrations(pack).flatMap(([, one]) => {
    const { defaultclassifier, defaultmapperin } = one as {
      defaultclassifier?: string;
      defaultmapperin?: string;
    };
    return [defaultclassifier, defaultmapperin]
      .filter((id) => !ids.includes(id))
      .map((id) => `integration: no classifier ${id}`);
  });
}
