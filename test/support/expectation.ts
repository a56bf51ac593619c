import { isRecord, type JsonObject } from '../../src/base/json';
import { CONTEXT_ROOT } from '../../src/xsoar/context-keys';
import { DBOT_SCORE_KEY } from '../../src/xsoar/dbot-score';
import type { Expectation, ExpectedEntry } from './case';

/** The document that `mdti run` writes. */
export interface RunDocument {
  readonly entries: readonly JsonObject[];
  readonly errors?: readonly { readonly code: string }[];
  readonly incidents?: readonly JsonObject[];
  readonly lastRun?: JsonObject;
}

const RECORDS_SHOWN = 2;

/**
 * Describes a result in the short form of a case file. What repeats the response of Graph is proven here and shortened:
 * `contents: 3 records, as sent` where Contents equals what Graph sent, `from: contents` where a context record is its Contents
 * record without annotations, and `and 47 more` behind the records that show something new. Whatever
 * differs is written out.
 */
export function describeOutcome(
  document: RunDocument,
  requests: readonly string[],
  bodies: readonly unknown[],
): Expectation {
  const { entries, errors, incidents, lastRun = {} } = document;
  const sent = sentRecords(bodies);
  return {
    requests,
    entries: entries.map((entry) => describeEntry(entry, sent)),
    ...(errors === undefined ? {} : { errors }),
    ...(incidents === undefined ? {} : { incidents: incidents.map((one) => describeIncident(one, sent)) }),
    ...(Object.keys(lastRun).length === 0 ? {} : { lastRun }),
  };
}

/** Every object that Graph sent: each body, and what its `value` holds. */
function sentRecords(bodies: readonly unknown[]): Set<string> {
  const records = bodies.flatMap((body) => (isRecord(body) ? [body, ...[body.value ?? []].flat()] : []));
  return new Set(records.map((record) => JSON.stringify(record)));
}

function describeEntry(entry: JsonObject, sent: ReadonlySet<string>): ExpectedEntry {
  const {
    Type,
    Contents,
    ContentsFormat,
    HumanReadable,
    ReadableContentsFormat,
    EntryContext,
    Relationships,
    ...more
  } = entry;
  if (Type === 4 && ContentsFormat === 'text' && EntryContext === null && HumanReadable === undefined)
    return { error: String(Contents), ...more };
  const usual = Type === 1 && ContentsFormat === 'json' && ReadableContentsFormat === 'markdown';
  return {
    ...(usual ? {} : { format: { Type, ContentsFormat, ReadableContentsFormat } }),
    ...(HumanReadable === undefined ? {} : { table: String(HumanReadable) }),
    contents: describeContents(Contents, sent),
    context: isRecord(EntryContext) ? describeContext(EntryContext, Contents) : null,
    ...(Array.isArray(Relationships) ? { relationships: Relationships.map(describeRelationship) } : {}),
    ...more,
  };
}

function describeContents(contents: unknown, sent: ReadonlySet<string>): unknown {
  const asSent = (value: unknown) => sent.has(JSON.stringify(value));
  if (Array.isArray(contents) && contents.length > 0 && contents.every(asSent))
    return `${contents.length} ${contents.length === 1 ? 'record' : 'records'}, as sent`;
  if (!isRecord(contents)) return contents;
  if (asSent(contents)) return 'the record, as sent';
  const parts = Object.entries(contents).map(([part, value]) => [part, asSent(value) ? 'as sent' : value]);
  return Object.fromEntries(parts);
}

function describeContext(context: JsonObject, contents: unknown): JsonObject {
  const isVerdict = DBOT_SCORE_KEY in context;
  const parts = Object.entries(context).map(([key, value]) => {
    const [, name] = new RegExp(`^${CONTEXT_ROOT}\\.(\\w+)\\(`).exec(key) ?? [];
    if (name === undefined) return [key, value];
    if (isVerdict && isRecord(contents) && isRecord(value))
      return [key, fromContents(value, contents[name] ?? contents) ?? value];
    return [key, Array.isArray(value) && Array.isArray(contents) ? firstRecords(value, contents) : value];
  });
  return Object.fromEntries(parts);
}

/** The first two records of a list, and each that has a property which those before it lack, if all come from Contents. */
function firstRecords(records: readonly unknown[], contents: readonly unknown[]): readonly unknown[] {
  const derived = records.every(
    (record, index) => isRecord(record) && fromContents(record, contents[index]) !== undefined,
  );
  if (!derived) return records;
  const seen = new Set<string>();
  const shown = records.filter((record, index) => {
    const added = pathsOf(record).filter((path) => !seen.has(path));
    for (const path of added) seen.add(path);
    return index < RECORDS_SHOWN || added.length > 0;
  });
  const more = records.length - shown.length;
  return more < 2 ? records : [...shown, `and ${more} more`];
}

/** The paths of the values that are set, list positions left out. */
function pathsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => pathsOf(item, path));
  if (isRecord(value))
    return Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, `${path}.${name}`));
  return value === null ? [] : [path];
}

/** What a context record has beyond its Contents record; undefined if anything of that is missing or differs. */
function fromContents(record: JsonObject, contents: unknown): JsonObject | undefined {
  const expected = withoutAnnotations(contents);
  if (!isRecord(expected)) return undefined;
  const same = Object.entries(expected).every(
    ([name, value]) => JSON.stringify(record[name]) === JSON.stringify(value),
  );
  const added = Object.entries(record).filter(([name]) => !(name in expected));
  return same ? { from: 'contents', ...Object.fromEntries(added) } : undefined;
}

/** The rules of context, written a second time on purpose: annotations are left out, `@odata.type` becomes `odataType`. */
function withoutAnnotations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAnnotations);
  if (!isRecord(value)) return value;
  const parts = Object.entries(value).flatMap(([name, inner]): [string, unknown][] => {
    if (name === '@odata.type') return [['odataType', String(inner).replace(/^.*\./, '')]];
    return name.includes('@odata.') ? [] : [[name, withoutAnnotations(inner)]];
  });
  return Object.fromEntries(parts);
}

function describeIncident({ rawJSON, ...incident }: JsonObject, sent: ReadonlySet<string>): JsonObject {
  return { ...incident, rawJSON: sent.has(String(rawJSON)) ? 'the record, as sent' : rawJSON };
}

/** `files.contoso.com (Domain) sub-domain-of contoso.com (Domain)`; anything unusual is written out. */
function describeRelationship(relationship: unknown): unknown {
  if (!isRecord(relationship)) return relationship;
  const { name, entityA, entityAType, entityB, entityBType, reverseName, ...rest } = relationship;
  if (JSON.stringify(rest) !== USUAL_RELATIONSHIP) return relationship;
  return `${entityA} (${entityAType}) ${name} ${entityB} (${entityBType}), reverse ${reverseName}`;
}

const USUAL_RELATIONSHIP = JSON.stringify({
  type: 'IndicatorToIndicator',
  entityAFamily: 'Indicator',
  entityBFamily: 'Indicator',
  fields: {},
  reliability: 'B - Usually reliable',
  brand: 'MicrosoftDefenderThreatIntelligence',
});
