import type { Shape } from './check-shape';

/**
 * Which keys a content item may and must have, as the platform's public validator demands (rule ST110; demisto/demisto-sdk,
 * `content_graph/strict_objects`, and the older forms in `common/schemas/*.yml`). Only what this pack uses is written out; keys that the
 * validator allows and the pack never has are missing here, so this is at least as strict.
 */

const MARKETPLACE = /^(?:xsoar|marketplacev2|xpanse|xsoar_saas|xsoar_on_prem|platform)$/;
const VERSION = /^\d+\.\d+\.\d+$/;

const ARGUMENT: Shape = {
  'name!': 'text',
  'description!': 'text',
  required: 'boolean',
  default: 'boolean',
  defaultValue: 'any',
  auto: /^PREDEFINED$/,
  predefined: ['text'],
  isArray: 'boolean',
  secret: 'boolean',
  deprecated: 'boolean',
  hidden: 'boolean',
  type: 'text',
};

const PARAMETER: Shape = {
  'name!': 'text',
  'type!': 'whole',
  display: 'text',
  defaultvalue: 'any',
  required: 'boolean',
  hidden: 'any',
  options: ['text'],
  section: /^(?:Connect|Collect|Optimize|Mirroring)$/,
  advanced: 'boolean',
  additionalinfo: 'text',
  displaypassword: 'text',
  hiddenusername: 'boolean',
};

const INTEGRATION: Shape = {
  'commonfields!': { 'id!': 'text', 'version!': 'whole' },
  'name!': 'text',
  'display!': 'text',
  'category!':
    /^(?:Analytics & SIEM|Utilities|Messaging|Endpoint|Network Security|Vulnerability Management|Case Management|Forensics & Malware Analysis|IT Services|Data Enrichment & Threat Intelligence|Authentication|Database|Deception|Email Gateway|Identity and Access Management|File Integrity Management)$/,
  'description!': 'text',
  detaileddescription: 'text',
  'configuration!': [PARAMETER],
  sectionorder: [/^(?:Connect|Collect|Optimize|Mirroring)$/],
  image: 'text',
  defaultmapperin: 'text',
  defaultclassifier: 'text',
  deprecated: 'boolean',
  fromversion: VERSION,
  marketplaces: [MARKETPLACE],
  tests: ['text'],
  provider: 'text',
  'script!': {
    'script!': 'text',
    'type!': /^(?:python|powershell|javascript)$/,
    subtype: /^python[23]$/,
    dockerimage: 'text',
    isfetch: 'boolean',
    feed: 'boolean',
    longRunning: 'boolean',
    commands: [
      {
        'name!': 'text',
        'description!': 'text',
        arguments: [ARGUMENT],
        outputs: [{ 'description!': 'text', contextPath: 'text', type: 'text' }],
        execution: 'boolean',
        deprecated: 'boolean',
        hidden: 'boolean',
        polling: 'boolean',
        timeout: 'whole',
      },
    ],
  },
};

const SIDE: Shape = { value: 'any', iscontext: 'boolean' };
const FILTERS: Shape = [[{ 'operator!': 'text', ignorecase: 'boolean', 'left!': SIDE, right: SIDE }]];
const TASK_TYPE = /^(?:regular|playbook|condition|start|title|section|standard|collection)$/;

const PLAYBOOK: Shape = {
  'id!': 'text',
  'version!': 'whole',
  'name!': 'text',
  'description!': 'text',
  'starttaskid!': 'text',
  'view!': 'text',
  'fromversion!': VERSION,
  tests: ['text'],
  tags: ['text'],
  marketplaces: [MARKETPLACE],
  inputs: [
    { 'key!': 'text', value: 'any', 'description!': 'text', required: 'boolean', playbookInputQuery: 'any' },
  ],
  outputs: [{ 'contextPath!': 'text', type: 'text', 'description!': 'text' }],
  'tasks!': {
    '^[0-9]+$': {
      'id!': 'text',
      'taskid!': 'text',
      'type!': TASK_TYPE,
      'view!': 'text',
      'task!': {
        'id!': 'text',
        'version!': 'whole',
        'name!': 'text',
        'description!': 'text',
        'iscommand!': 'boolean',
        'brand!': 'text',
        type: TASK_TYPE,
        script: 'text',
        scriptName: 'text',
        playbookName: 'text',
        playbookId: 'text',
        tags: ['text'],
      },
      nexttasks: { '^.+$': ['text'] },
      scriptarguments: 'object',
      conditions: [{ 'label!': 'text', 'condition!': FILTERS }],
      loop: 'object',
      results: ['text'],
      separatecontext: 'boolean',
      note: 'boolean',
      skipunavailable: 'boolean',
    },
  },
};

const VERSIONED: Readonly<Record<string, Shape>> = {
  'id!': 'text',
  'version!': 'whole',
  fromVersion: VERSION,
  toVersion: VERSION,
  marketplaces: [MARKETPLACE],
};

const INCIDENT_TYPE: Shape = {
  ...VERSIONED,
  'name!': 'text',
  'color!': 'text',
  prevName: 'text',
  playbookId: 'text',
  preProcessingScript: 'text',
  closureScript: 'text',
  layout: 'text',
  ...every('boolean', 'vcShouldIgnore locked system readonly default autorun disabled detached'),
  ...every('whole', 'sla slaReminder hours days weeks hoursR daysR weeksR'),
  reputationCalc: 'whole',
  onChangeRepAlg: 'whole',
};

const INCIDENT_FIELD: Shape = {
  ...VERSIONED,
  'name!': 'text',
  'cliName!': 'text',
  'type!':
    /^(?:shortText|longText|boolean|singleSelect|multiSelect|date|user|role|number|attachments|tagsSelect|internal|url|markdown|grid|timer|html)$/,
  ...every('text', 'description placeholder fieldCalcScript script validationRegex breachScript'),
  ...every(
    'boolean',
    'ownerOnly closeForm editForm required neverSetAsRequired isReadOnly useAsKpi locked system hidden caseInsensitive associatedToAll unmapped content unsearchable openEnded runScriptAfterIncUpdate',
  ),
  ...every('whole', 'group threshold sla'),
  ...every('any', 'selectValues columns defaultRows associatedTypes systemAssociatedTypes'),
};

const TABS: Shape = {
  tabs: [{ 'id!': 'text', 'type!': 'text', 'name!': 'text', sections: ['object'], hidden: 'text' }],
};

const LAYOUT: Shape = {
  ...VERSIONED,
  'fromVersion!': VERSION,
  'name!': 'text',
  'group!': /^(?:incident|indicator|case)$/,
  description: 'text',
  system: 'boolean',
  detailsV2: TABS,
  edit: 'object',
  close: 'object',
  quickView: 'object',
  mobile: 'object',
};

const CLASSIFIER: Shape = {
  ...VERSIONED,
  'name!': 'text',
  'type!': /^classification$/,
  'description!': 'text',
  'transformer!': 'object',
  'keyTypeMap!': 'object',
  defaultIncidentType: 'text',
  feed: 'boolean',
};

const MAPPER: Shape = {
  ...VERSIONED,
  'name!': 'text',
  'type!': /^mapping-(?:incoming|outgoing)$/,
  'description!': 'text',
  'mapping!': 'object',
  defaultIncidentType: 'text',
  feed: 'boolean',
};

const DASHBOARD: Shape = {
  ...VERSIONED,
  'name!': 'text',
  'description!': 'text',
  'isPredefined!': 'boolean',
  fromDate: 'text',
  toDate: 'text',
  fromDateLicense: 'text',
  period: 'object',
  layout: [
    {
      'id!': 'text',
      'i!': 'text',
      'forceRange!': 'boolean',
      ...every('whole', 'x! y! w! h!'),
      reflectDimensions: 'boolean',
      'widget!': {
        ...every('text', 'id name prevName dataType widgetType query category description modified'),
        isPredefined: 'boolean',
        dateRange: 'object',
        params: 'object',
        version: 'whole',
        size: 'whole',
        sort: ['object'],
      },
    },
  ],
};

const METADATA: Shape = {
  'name!': 'text',
  'support!': /^(?:xsoar|partner|community|developer)$/,
  'author!': 'text',
  'currentVersion!': VERSION,
  ...every('text', 'id description url email certification author_image versionInfo serverMinVersion'),
  ...every('boolean', 'hidden deprecated'),
  categories: ['text'],
  tags: ['text'],
  useCases: ['text'],
  keywords: ['text'],
  itemPrefix: ['text'],
  marketplaces: [MARKETPLACE],
  dependencies: 'object',
};

/** The shape of each file of a pack, by the beginning of its path; the first that fits. */
export const SHAPES: readonly (readonly [path: RegExp, shape: Shape])[] = [
  [/^(?:pack_)?metadata\.json$/, METADATA],
  [/^Integrations\/.*\.yml$/, INTEGRATION],
  [/^Playbooks\/.*\.yml$/, PLAYBOOK],
  [/^IncidentTypes\//, INCIDENT_TYPE],
  [/^IncidentFields\//, INCIDENT_FIELD],
  [/^Layouts\//, LAYOUT],
  [/^Classifiers\/classifier-mapper-/, MAPPER],
  [/^Classifiers\//, CLASSIFIER],
  [/^Dashboards\//, DASHBOARD],
];

/** The same shape for each of these keys. */
function every(shape: Shape, keys: string): Readonly<Record<string, Shape>> {
  return Object.fromEntries(keys.split(' ').map((key) => [key, shape]));
}
