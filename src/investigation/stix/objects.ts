import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { largest } from '../../base/largest';
import { sortableTime } from '../../base/sortable-time';
import type { Entity } from '../graph';
import { canonical, namedId, stixId } from './ids';

/**
 * STIX 2.1 objects (the OASIS standard): ids as the OpenCTI library makes them, `created` fixed, `modified` when Graph changed the
 * object or, where Graph says nothing, a moment that follows from the content.
 */
export type StixObject = Readonly<Record<string, unknown>> & { readonly id: string; readonly type: string };

/** The creation time of objects for which Graph has none: constant, so that it never changes. */
const CREATED = '2023-01-01T00:00:00.000Z';

/** TLP:AMBER: content of a licensed service may be shared with those who need it. The standard sets its id and dates. */
export const TLP_AMBER: StixObject = {
  type: 'marking-definition',
  spec_version: '2.1',
  id: 'marking-definition--f88d31f6-486f-44da-b317-01333bde0b82',
  created: '2017-01-20T00:00:00.000Z',
  definition_type: 'tlp',
  name: 'TLP:AMBER',
  definition: { tlp: 'amber' },
};

const NAME = 'Microsoft Defender Threat Intelligence';

export const PRODUCER: StixObject = {
  type: 'identity',
  spec_version: '2.1',
  id: namedId('identity', NAME, { identity_class: 'organization' }),
  created: CREATED,
  modified: CREATED,
  object_marking_refs: [TLP_AMBER.id],
  name: NAME,
  identity_class: 'organization',
};

/** The hash names of STIX by the number of hexadecimal digits. */
const HASHES: Readonly<Record<number, string>> = { 32: 'MD5', 40: 'SHA-1', 64: 'SHA-256', 128: 'SHA-512' };

/** The observable that a node is; undefined for one that STIX has no observable for. */
export function observable({ kind, value }: Entity): StixObject | undefined {
  if (kind === 'domain') return isHostName(value) ? byValue('domain-name', value) : undefined;
  if (kind === 'address') return byValue(isIP(value) === 6 ? 'ipv6-addr' : 'ipv4-addr', value);
  if (kind === 'url') return URL.canParse(value) ? byValue('url', value) : undefined;
  if (kind === 'email') return byValue('email-addr', value);
  const name = HASHES[value.length];
  if (name === undefined || !/^[0-9a-f]+$/i.test(value)) return undefined;
  const hashes = { [name]: value.toLowerCase() };
  if (kind === 'hash') return sco('file', { hashes });
  return kind === 'certificate' ? sco('x509-certificate', { hashes }) : undefined;
}

/** A DNS name of at least two labels; underscores are allowed in DNS names, though not in the names of machines. */
function isHostName(value: string): boolean {
  return value.length <= 253 && /^(?:(?!-)[a-z0-9_-]{1,63}(?<!-)\.)+(?!-)[a-z0-9-]{1,63}(?<!-)$/i.test(value);
}

function byValue(type: string, value: string): StixObject {
  return sco(type, { value });
}

function sco(type: string, contributing: Readonly<Record<string, unknown>>): StixObject {
  return {
    type,
    spec_version: '2.1',
    id: stixId(type, contributing),
    object_marking_refs: [TLP_AMBER.id],
    ...contributing,
  };
}

/** A domain or relationship object with what all of them have. */
export function sdo(
  type: string,
  id: string,
  dates: { readonly created?: string | undefined; readonly modified?: string | undefined },
  properties: Readonly<Record<string, unknown>>,
): StixObject {
  const created = timestamp(dates.created) ?? CREATED;
  const modified = timestamp(dates.modified) ?? versionOf(created, properties);
  return {
    type,
    spec_version: '2.1',
    id,
    created_by_ref: PRODUCER.id,
    created: modified < created ? modified : created,
    modified,
    object_marking_refs: [TLP_AMBER.id],
    ...properties,
  };
}

const DAY = 86_400_000;

/**
 * The `modified` of an object whose changes Graph does not date. Equal content gets the same time on every machine, so that a
 * receiver sees no change; different content gets another time, and a later one if it was seen later or its confidence is higher,
 * so that a receiver accepts it.
 */
function versionOf(created: string, properties: Readonly<Record<string, unknown>>): string {
  const { start_time, stop_time, confidence } = properties;
  const seen = [created, start_time, stop_time].flatMap(
    (time) => timestamp(time as string | undefined) ?? [],
  );
  const days = typeof confidence === 'number' ? confidence : 0;
  const withinDay = createHash('sha1').update(canonical(properties)).digest().readUInt32BE() % DAY;
  return new Date(largest(seen.map(Date.parse)) + days * DAY + withinDay).toISOString();
}

export function relationship(
  source: StixObject,
  type: string,
  target: StixObject,
  more: object = {},
): StixObject {
  const ends = { relationship_type: type, source_ref: source.id, target_ref: target.id };
  return sdo('relationship', stixId('relationship', ends), {}, { ...ends, ...more });
}

/** The pattern that matches an observable. */
export function patternOf({ type, value }: StixObject): string {
  return `[${type}:value = '${String(value).replace(/[\\']/g, '\\$&')}']`;
}

/** Returns a timestamp in the form that STIX uses, in UTC with milliseconds; undefined for any other text. */
export function timestamp(text: string | null | undefined): string | undefined {
  if (typeof text !== 'string' || sortableTime(text) === undefined) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString();
}

/** A string of Graph within the bounds of a description. */
export function shortText(text: unknown): string | undefined {
  return typeof text === 'string' && text.trim() !== '' ? text.slice(0, 4_000) : undefined;
}
