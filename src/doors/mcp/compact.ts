import { isRecord, type JsonObject } from '../../base/json';
import { artifactValue } from '../../investigation/artifact';
import { descendantsOf, type Member, navigationOf, propertiesOf, typeNamed } from '../../model/model';

/** Characters of one text, and elements of one list, in a compact row. */
const LONGEST_TEXT = 400;
const LONGEST_LIST = 10;

/** Members that only `detail: full` shows: long strings, pictures, and contacts that rarely matter. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'body',
  'tradecraft',
  'imageUrl',
  'rawWhoisText',
  'banners',
  'abuse',
  'admin',
  'billing',
  'noc',
  'technical',
  'zone',
  'telephone',
  'fax',
  'address',
  'remediation',
  'references',
  'exploits',
  'collectedDateTime',
  'createdDateTime',
  'serialNumber',
  'fingerprint',
  'relatedDetailsUrl',
  'whoisServer',
]);

/** Small objects that are one text in a compact row. */
const TEXTS: Readonly<Record<string, (value: JsonObject) => unknown>> = {
  autonomousSystem: ({ value, name }) => value ?? name,
  cvssSummary: ({ score, severity }) => [score, severity].filter((part) => part != null).join(' '),
  formattedContent: ({ content }) => content,
  hostPortComponent: ({ component }) => reference(component),
  hostSslCertificatePort: ({ port }) => (typeof port === 'number' ? String(port) : undefined),
  intelligenceProfileCountryOrRegionOfOrigin: ({ label }) => label,
  sslCertificateEntity: ({ commonName, organizationName }) => commonName ?? organizationName,
  whoisNameserver: ({ host }) => reference(host),
};

/** Types whose id no other tool accepts. */
const WITHOUT_ID: ReadonlySet<string> = new Set([
  'articleIndicator',
  'hostComponent',
  'hostCookie',
  'hostPair',
  'hostPort',
  'hostReputation',
  'hostSslCertificate',
  'hostTracker',
  'intelligenceProfileIndicator',
  'passiveDnsRecord',
  'subdomain',
  'vulnerabilityComponent',
]);

const SCALARS: Readonly<Record<string, string>> = {
  'Edm.Boolean': 'boolean',
  'Edm.Double': 'number',
  'Edm.Int32': 'integer',
};

/** One member of a Graph object in a compact row: its JSON schema, and the conversion of its value. */
interface Field {
  readonly schema: JsonObject;
  value(value: unknown): unknown;
}

/** A Graph object as a row for an agent: null, long or rarely read members are left out, references are ids. */
export function compact(type: string, object: unknown): JsonObject {
  if (!isRecord(object)) return {};
  const row: Record<string, unknown> = {};
  for (const [name, field] of fieldsOf(type)) {
    const value = field.value(object[name]);
    if (value !== undefined && value !== '') row[name] = value;
  }
  return row;
}

/** The JSON schema of what {@link compact} returns. */
export function compactSchema(type: string): JsonObject {
  return { ...objectSchema(fieldsOf(type)), additionalProperties: false };
}

const known = new Map<string, readonly (readonly [string, Field])[]>();

function fieldsOf(type: string): readonly (readonly [string, Field])[] {
  const fields = known.get(type) ?? makeFields(type);
  known.set(type, fields);
  return fields;
}

function makeFields(type: string) {
  const members = [type, ...descendantsOf(type)].flatMap((name) => [
    ...Object.entries(propertiesOf(name)),
    ...Object.entries(navigationOf(name)).filter(([, { collection }]) => !collection),
  ]);
  return [...new Map(members)].flatMap(([name, member]) => {
    const isUseless = LEFT_OUT.has(name) || (WITHOUT_ID.has(type) && isRepeated(type, name));
    const field = isUseless ? undefined : fieldOf(name, member);
    return field === undefined ? [] : [[name, field] as const];
  });
}

/** The parent's id is in the row already; the host of a subdomain is the subdomain itself. */
function isRepeated(type: string, name: string): boolean {
  return name === 'id' || (name === 'host' && type !== 'subdomain');
}

function fieldOf(name: string, member: Member): Field | undefined {
  const one = singleField(name, member.type);
  if (one === undefined || !member.collection) return one;
  return {
    schema: { type: 'array', items: one.schema },
    value: (list) =>
      Array.isArray(list) && list.length > 0
        ? list
            .slice(0, LONGEST_LIST)
            .map((item) => one.value(item))
            .filter((item) => item !== undefined)
        : undefined,
  };
}

function singleField(name: string, type: string): Field | undefined {
  const kind = typeNamed(type)?.kind;
  if (kind === undefined || kind === 'enum') return scalar(SCALARS[type] ?? 'string');
  const text = TEXTS[type];
  if (text !== undefined)
    return { schema: { type: 'string' }, value: (value) => (isRecord(value) ? cut(text(value)) : undefined) };
  if (kind === 'entity') {
    if (name === 'reputation' || name === 'whois') return undefined;
    if (type === 'sslCertificate') return object(type);
    return { schema: { type: 'string' }, value: reference };
  }
  return object(type);
}

function object(type: string): Field {
  const fields = fieldsOf(type);
  return {
    schema: objectSchema(fields),
    value(value) {
      if (!isRecord(value)) return undefined;
      const pairs = fields.flatMap(([name, field]) => {
        const inner = field.value(value[name]);
        return inner === undefined || inner === '' ? [] : [[name, inner]];
      });
      return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
    },
  };
}

function scalar(type: string): Field {
  return {
    schema: { type },
    value: (value) => {
      if (type === 'string') return cut(value);
      if (type === 'integer') return Number.isInteger(value) ? value : undefined;
      return typeof value === type ? value : undefined;
    },
  };
}

/** Returns the target of a reference: a host or another observable by its value, anything else by its name or id. */
function reference(value: unknown): unknown {
  if (!isRecord(value)) return undefined;
  const observable = artifactValue(value)?.value;
  return cut(value.name ?? observable ?? value.id);
}

function cut(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT - 1)}…` : value;
}

function objectSchema(fields: readonly (readonly [string, Field])[]): JsonObject {
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, { schema }]) => [name, schema])),
  };
}
