/** An object of a bundle. */
export interface Thing {
  readonly [name: string]: unknown;
  readonly type: string;
  readonly id: string;
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const SCO = ['domain-name', 'ipv4-addr', 'ipv6-addr', 'url', 'email-addr', 'file', 'x509-certificate'];
const SDO = ['indicator', 'vulnerability', 'report', 'intrusion-set', 'identity'];
const INDICATOR_TYPES = [
  'anomalous-activity',
  'anonymization',
  'benign',
  'compromised',
  'malicious-activity',
  'attribution',
  'unknown',
];

/** Properties that the specification requires beside `type`, `spec_version` and `id`. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'domain-name': ['value'],
  'ipv4-addr': ['value'],
  'ipv6-addr': ['value'],
  url: ['value'],
  'email-addr': ['value'],
  file: ['hashes'],
  'x509-certificate': ['hashes'],
  indicator: ['created', 'modified', 'pattern', 'pattern_type', 'valid_from'],
  vulnerability: ['created', 'modified', 'name'],
  report: ['created', 'modified', 'name', 'published', 'object_refs'],
  'intrusion-set': ['created', 'modified', 'name'],
  identity: ['created', 'modified', 'name'],
  relationship: ['created', 'modified', 'relationship_type', 'source_ref', 'target_ref'],
  'marking-definition': ['created', 'definition_type', 'definition'],
};

type Rule = readonly [
  chapter: string,
  says: string,
  holds: (thing: Thing, all: ReadonlyMap<string, Thing>) => boolean,
];

const text = (value: unknown) => String(value);
const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
const typeOf = (ref: unknown) => text(ref).split('--')[0] ?? '';

/** Rules of STIX 2.1, one per line. */
export const RULES: readonly Rule[] = [
  ['2.9', 'an id is the type and a UUID', ({ type, id }) => new RegExp(`^${type}--${UUID}$`).test(id)],
  ['3.2', 'every object says 2.1', ({ spec_version }) => spec_version === '2.1'],
  ['3.1', 'the type is one of the standard', ({ type }) => Object.hasOwn(REQUIRED, type)],
  [
    '3.2',
    'required properties are there',
    (thing) => (REQUIRED[thing.type] ?? []).every((name) => thing[name] !== undefined),
  ],
  [
    '2.2',
    'no property is null, and no list is empty',
    (thing) =>
      Object.values(thing).every((value) => value !== null && !(Array.isArray(value) && value.length === 0)),
  ],
  [
    '2.16',
    'dates are in UTC',
    (thing) =>
      ['created', 'modified', 'valid_from', 'published', 'start_time', 'stop_time'].every(
        (name) => thing[name] === undefined || MOMENT.test(text(thing[name])),
      ),
  ],
  [
    '3.6',
    'an object is not modified before it is created',
    ({ created, modified }) => modified === undefined || text(modified) >= text(created),
  ],
  [
    '3.2',
    'observables have no dates of versions',
    ({ type, created, modified }) => !SCO.includes(type) || (created === undefined && modified === undefined),
  ],
  [
    '2.8',
    'references lead to objects of the bundle',
    (thing, all) =>
      Object.entries(thing).every(
        ([name, value]) => !/_refs?$/.test(name) || [value].flat().every((ref) => all.has(text(ref))),
      ),
  ],
  [
    '3.2',
    'the creator is an identity',
    ({ created_by_ref }) => created_by_ref === undefined || typeOf(created_by_ref) === 'identity',
  ],
  [
    '7.2',
    'markings are marking definitions',
    ({ object_marking_refs }) =>
      texts(object_marking_refs).every((ref) => typeOf(ref) === 'marking-definition'),
  ],
  [
    '2.7',
    'an external reference has a source and something more',
    ({ external_references }) =>
      ([external_references ?? []].flat() as Record<string, unknown>[]).every(
        (one) =>
          typeof one.source_name === 'string' &&
          (one.description ?? one.url ?? one.external_id) !== undefined,
      ),
  ],
  [
    '4.7',
    'a pattern compares the value of an observable, quotes escaped',
    ({ type, pattern }) =>
      type !== 'indicator' ||
      /^\[(?:domain-name|ipv4-addr|ipv6-addr|url|email-addr):value = '(?:[^'\\]|\\['\\])+'\]$/.test(
        text(pattern),
      ),
  ],
  [
    '10.7',
    'types of indicators are of the vocabulary',
    ({ indicator_types }) => texts(indicator_types).every((one) => INDICATOR_TYPES.includes(one)),
  ],
  [
    '3.2',
    'confidence is a whole number from 0 to 100',
    ({ confidence }) =>
      confidence === undefined ||
      (Number.isInteger(confidence) && Number(confidence) >= 0 && Number(confidence) <= 100),
  ],
  [
    '5.1',
    'a relationship is between objects, not markings or relationships',
    ({ type, source_ref, target_ref }) =>
      type !== 'relationship' ||
      [source_ref, target_ref].every((ref) => [...SCO, ...SDO].includes(typeOf(ref))),
  ],
  [
    '5.1',
    'a relationship leads from one object to another',
    ({ type, source_ref, target_ref }) => type !== 'relationship' || source_ref !== target_ref,
  ],
  [
    '5.1',
    'a relationship stops after it starts',
    ({ start_time, stop_time }) =>
      start_time === undefined || stop_time === undefined || text(stop_time) > text(start_time),
  ],
  [
    '6.4',
    'resolves-to leads from a name to a name or an address',
    ({ relationship_type, source_ref, target_ref }) =>
      relationship_type !== 'resolves-to' ||
      (typeOf(source_ref) === 'domain-name' &&
        ['domain-name', 'ipv4-addr', 'ipv6-addr'].includes(typeOf(target_ref))),
  ],
  [
    '4.7.1',
    'based-on starts at an indicator',
    ({ relationship_type, source_ref, target_ref }) =>
      relationship_type !== 'based-on' ||
      (typeOf(source_ref) === 'indicator' && SCO.includes(typeOf(target_ref))),
  ],
  [
    '6.4',
    'a domain name has two labels of DNS at least',
    ({ type, value }) =>
      type !== 'domain-name' ||
      /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(
        text(value),
      ),
  ],
  [
    '6.8',
    'an IPv4 address has four numbers',
    ({ type, value }) => type !== 'ipv4-addr' || /^(?:\d{1,3}\.){3}\d{1,3}$/.test(text(value)),
  ],
  [
    '6.9',
    'an IPv6 address has colons',
    ({ type, value }) => type !== 'ipv6-addr' || /^[0-9a-f:.]+$/.test(text(value)),
  ],
  ['6.16', 'a URL can be parsed', ({ type, value }) => type !== 'url' || URL.canParse(text(value))],
  [
    '2.4',
    'hashes have the length of their algorithm',
    ({ hashes }) =>
      hashes === undefined ||
      Object.entries(hashes as object).every(
        ([name, hash]) =>
          text(hash).length ===
          ({ MD5: 32, 'SHA-1': 40, 'SHA-256': 64, 'SHA-512': 128 } as Record<string, number>)[name],
      ),
  ],
];

/** What breaks the specification in a bundle: the rule and the object. */
export function violations(bundle: { type: string; id: string; objects: readonly Thing[] }): string[] {
  const all = new Map(bundle.objects.map((thing) => [thing.id, thing]));
  const twice = all.size < bundle.objects.length ? ['an object is in the bundle twice'] : [];
  const head =
    new RegExp(`^bundle--${UUID}$`).test(bundle.id) && bundle.type === 'bundle'
      ? []
      : ['the bundle has no id'];
  return [
    ...head,
    ...twice,
    ...bundle.objects.flatMap((thing) =>
      RULES.filter(([, , holds]) => !holds(thing, all)).map(
        ([chapter, says]) => `${chapter} ${says}: ${JSON.stringify(thing)}`,
      ),
    ),
  ];
}
