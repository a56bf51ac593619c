import { isRecord } from '../base/json';
import { type Member, memberOf, typeAt, typeNamed } from '../model/model';
import type { GraphResult } from './request';

/** One way in which Graph's objects differ from the model that this version was made with. */
export interface SchemaDifference {
  /** The type that has the property, by its short name. */
  readonly type: string;
  readonly property: string;
  readonly difference: string;
}

/** Characters of a property's name that are logged. */
const LONGEST_NAME = 60;

type Found = (drift: SchemaDifference) => void;

/** Compares Graph's objects with the model. Changes and rejects nothing; reports each difference as often as it occurs. */
export function findSchemaDrift(results: readonly GraphResult[], found: Found): void {
  for (const result of results) {
    if (result.kind === 'entity') checkObject(result.value, typeAt(result.request.path) ?? 'entity', found);
    if (result.kind === 'collection')
      for (const row of result.rows) checkObject(row, typeAt(result.request.path) ?? 'entity', found);
  }
}

function checkObject(value: unknown, declared: string, found: Found): void {
  if (!isRecord(value)) return;
  const type = namedType(value['@odata.type'], declared, found);
  for (const [name, inner] of Object.entries(value)) {
    if (name.includes('@odata.')) continue;
    const report = (difference: string): void => found({ type, property: shortened(name), difference });
    const member = memberOf(type, name);
    if (member === undefined) report('is not in the model');
    else checkValue(inner, member, report, found);
  }
}

function namedType(annotation: unknown, declared: string, found: Found): string {
  if (typeof annotation !== 'string') return declared;
  const named = annotation.slice(annotation.lastIndexOf('.') + 1);
  if (typeNamed(named) !== undefined) return named;
  found({ type: declared, property: '@odata.type', difference: `names the unknown type${word(named)}` });
  return declared;
}

function checkValue(
  value: unknown,
  member: Member,
  report: (difference: string) => void,
  found: Found,
): void {
  const type = typeNamed(member.type);
  if (value === null) {
    if (member.nullable === false) report('is null');
  } else if (member.collection) {
    if (!Array.isArray(value)) report('is not a list');
    else for (const item of value) checkValue(item, { type: member.type }, report, found);
  } else if (type === undefined) {
    if (!SCALARS[member.type]?.(value)) report(`is not ${member.type}`);
  } else if (type.kind === 'enum') {
    if (!type.members?.some((known) => known === value)) report(`has the unknown value${word(value)}`);
  } else if (isRecord(value)) checkObject(value, member.type, found);
  else report('is not an object');
}

const SCALARS: Readonly<Record<string, (value: unknown) => boolean>> = {
  'Edm.Boolean': (value) => typeof value === 'boolean',
  'Edm.DateTimeOffset': isMoment,
  'Edm.Double': (value) => typeof value === 'number',
  'Edm.Int32': Number.isInteger,
  'Edm.String': (value) => typeof value === 'string',
};

/** Whether a string is an existing date and time: neither the 13th of the month 17 nor the 30th of February. */
function isMoment(value: unknown): boolean {
  const form = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,12})?)?(Z|[+-]\d\d:\d\d)$/;
  const [, date] = (typeof value === 'string' && form.exec(value)) || [];
  if (date === undefined) return false;
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}

function shortened(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
}

/** Logs contain no bodies: a value is logged only if it is one word, such as a new member of an enumeration. */
function word(value: unknown): string {
  return typeof value === 'string' && /^\w{1,40}$/.test(value) ? ` ${value}` : '';
}
