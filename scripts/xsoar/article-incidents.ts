import { DASHBOARD, dashboard } from './article-dashboard';
import { COMMON } from './content-item';

/** The platform's objects for fetched articles: an incident type with fields, a layout, a classifier, mappers and a dashboard. */

export const ARTICLE_TYPE = 'Defender Threat Intelligence Article';
export const CLASSIFIER = 'Defender Threat Intelligence - Classifier';
export const INCOMING_MAPPER = 'Defender Threat Intelligence - Incoming Mapper';
export const OUTGOING_MAPPER = 'Defender Threat Intelligence - Outgoing Mapper';

interface Field {
  readonly name: string;
  readonly type: 'shortText' | 'markdown' | 'date' | 'boolean' | 'tagsSelect';
  /** Path in the article as Graph sends it, which is the incident's `rawJSON`. */
  readonly path: string;
}

/** Built-in fields of the platform keep what it shows in every list; `details` is the text of the incident. */
const BUILT_IN: Readonly<Record<string, string>> = {
  name: 'title',
  occurred: 'createdDateTime',
  details: 'summary.content',
};

const FIELDS: Readonly<Record<string, Field>> = {
  mdtiarticleid: { name: 'MDTI Article ID', type: 'shortText', path: 'id' },
  mdtisummary: { name: 'MDTI Summary', type: 'markdown', path: 'summary.content' },
  mdtibody: { name: 'MDTI Body', type: 'markdown', path: 'body.content' },
  mdtitags: { name: 'MDTI Tags', type: 'tagsSelect', path: 'tags' },
  mdtifeatured: { name: 'MDTI Featured', type: 'boolean', path: 'isFeatured' },
  mdtipublished: { name: 'MDTI Published', type: 'date', path: 'createdDateTime' },
  mdtiupdated: { name: 'MDTI Updated', type: 'date', path: 'lastUpdatedDateTime' },
};

/** Every object by its path in the pack. */
export function articleIncidentFiles(): Record<string, object> {
  return {
    [`IncidentTypes/incidenttype-${fileName(ARTICLE_TYPE)}.json`]: incidentType(),
    ...Object.fromEntries(
      Object.entries(FIELDS).map(([id, field]) => [
        `IncidentFields/incidentfield-${id}.json`,
        incidentField(id, field),
      ]),
    ),
    [`Layouts/layoutscontainer-${fileName(ARTICLE_TYPE)}.json`]: layout(),
    [`Classifiers/classifier-${fileName(CLASSIFIER)}.json`]: classifier(),
    [`Classifiers/classifier-mapper-incoming-${fileName(INCOMING_MAPPER)}.json`]: incomingMapper(),
    [`Classifiers/classifier-mapper-outgoing-${fileName(OUTGOING_MAPPER)}.json`]: outgoingMapper(),
    [`Dashboards/dashboard-${fileName(DASHBOARD)}.json`]: dashboard(ARTICLE_TYPE),
  };
}

function fileName(name: string): string {
  return name.replace(/[^\w]+/g, '_');
}

function incidentType(): object {
  return {
    ...COMMON,
    id: ARTICLE_TYPE,
    name: ARTICLE_TYPE,
    prevName: ARTICLE_TYPE,
    color: '#0078D4',
    layout: ARTICLE_TYPE,
    playbookId: '',
    autorun: false,
    closureScript: '',
    preProcessingScript: '',
    default: false,
    disabled: false,
    locked: false,
    readonly: false,
    system: false,
    vcShouldIgnore: false,
    reputationCalc: 0,
    ...{ hours: 0, days: 0, weeks: 0, hoursR: 0, daysR: 0, weeksR: 0 },
  };
}

function incidentField(cliName: string, { name, type }: Field): object {
  return {
    ...COMMON,
    id: `incident_${cliName}`,
    name,
    cliName,
    type,
    group: 0,
    associatedTypes: [ARTICLE_TYPE],
    associatedToAll: false,
    caseInsensitive: true,
    closeForm: false,
    content: true,
    editForm: false,
    hidden: false,
    isReadOnly: true,
    locked: false,
    neverSetAsRequired: true,
    openEnded: type === 'tagsSelect',
    ownerOnly: false,
    required: false,
    sla: 0,
    system: false,
    threshold: 72,
    unmapped: false,
    unsearchable: type === 'markdown',
    useAsKpi: false,
  };
}

function layout(): object {
  const facts = Object.keys(FIELDS).filter((id) => FIELDS[id]?.type !== 'markdown');
  return {
    ...COMMON,
    id: ARTICLE_TYPE,
    name: ARTICLE_TYPE,
    group: 'incident',
    system: false,
    description: 'An article of Microsoft Defender Threat Intelligence.',
    detailsV2: {
      tabs: [
        {
          id: 'mdtiarticle',
          name: 'Article',
          type: 'custom',
          sections: [
            section('Facts', facts, 0),
            section('Summary', ['mdtisummary'], 1),
            { ...section('Body', ['mdtibody'], 0), y: 3, w: 3, h: 4 },
          ],
        },
        { id: 'warRoom', name: 'War Room', type: 'warRoom' },
        { id: 'workPlan', name: 'Work Plan', type: 'workPlan' },
      ],
    },
  };
}

function section(name: string, fields: readonly string[], column: number): object {
  return {
    i: `mdtiarticle-${name.toLowerCase()}`,
    name,
    displayType: 'ROW',
    isVisible: true,
    ...{ x: column, y: 0, w: column === 0 ? 1 : 2, h: 3, minH: 1, maxW: 3, moved: false, static: false },
    items: fields.map((fieldId, index) => ({
      id: `mdtiarticle-${fieldId}`,
      fieldId,
      index,
      sectionItemType: 'field',
      dropEffect: 'move',
      startCol: 0,
      endCol: 2,
      height: 26,
    })),
  };
}

function classifier(): object {
  return {
    ...COMMON,
    id: CLASSIFIER,
    name: CLASSIFIER,
    type: 'classification',
    description: `Every fetched article becomes an incident of the type ${ARTICLE_TYPE}.`,
    defaultIncidentType: ARTICLE_TYPE,
    keyTypeMap: {},
    transformer: {},
    feed: false,
  };
}

function incomingMapper(): object {
  const fields = Object.values(FIELDS).map(({ name, path }) => [name, { simple: path }]);
  const builtIn = Object.entries(BUILT_IN).map(([name, path]) => [name, { simple: path }]);
  return {
    ...COMMON,
    id: INCOMING_MAPPER,
    name: INCOMING_MAPPER,
    type: 'mapping-incoming',
    description: 'Fills the incident fields from an article as Microsoft Graph sends it.',
    defaultIncidentType: ARTICLE_TYPE,
    feed: false,
    mapping: {
      [ARTICLE_TYPE]: {
        dontMapEventToLabels: true,
        internalMapping: Object.fromEntries([...builtIn, ...fields]),
      },
    },
  };
}

/**
 * The same fields in the other direction: for an integration or script that passes an article on. Graph offers articles for reading only,
 * so this integration itself sends none.
 */
function outgoingMapper(): object {
  const fields = Object.entries(FIELDS).map(([cliName, { path }]) => [path, { simple: cliName }]);
  const builtIn = Object.entries(BUILT_IN).map(([name, path]) => [path, { simple: name }]);
  return {
    ...COMMON,
    id: OUTGOING_MAPPER,
    name: OUTGOING_MAPPER,
    type: 'mapping-outgoing',
    description:
      'Maps the incident fields back to the properties of an article, for integrations that pass it on. Microsoft Graph offers articles for reading only.',
    feed: false,
    mapping: {
      [ARTICLE_TYPE]: {
        dontMapEventToLabels: true,
        internalMapping: Object.fromEntries([...builtIn, ...fields]),
      },
    },
  };
}
