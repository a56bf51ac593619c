import { isRecord } from '../base/json';
import { type Member, memberOf, navigationOf, ROOT, typeNamed } from '../model/model';
import type { GraphResult } from './request';
import { API } from './route';

/** One way in which Graph's objects differ from the model that this version was made with. */
export interface SchemaDifference {
  /** The type that has the property, by its short name. */
  readonly type: string;
  readonly property: string;
  readonly finding: string;
}

/** Characters of a property's name that are told. */
const LONGEST_NAME = 60;

type Found = (drift: SchemaDifference) => void;

/** Holds what came back against the model, softly: nothing is changed or refused, each difference is told, also twice. */
export function findSchemaDrift(answers: readonly GraphResult[], found: Found): void {
  for (const answer of answers) {
    if (answer.kind === 'entity') checkObject(answer.value, typeAt(answer.request.path), found);
    if (answer.kind === 'collection')
      for (const row of answer.rows) checkObject(row, typeAt(answer.request.path), found);
  }
}

/** The type behind a request's path: an id follows each set that it does not end with. */
function typeAt(path: string): string {
  let member: Member | undefined = { type: ROOT };
  for (const segment of path.slice(API.length + 1).split('/'))
    member = member?.collection ? { type: member.type } : navigationOf(member?.type ?? '')[segment];
  return member?.type ?? 'entity';
}

function checkObject(value: unknown, declared: string, found: Found): void {
  if (!isRecord(value)) return;
  const type = namedType(value['@odata.type'], declared, found);
  for (const [name, inner] of Object.entries(value)) {
    if (name.includes('@odata.')) continue;
    const tell = (finding: string): void => found({ type, property: shortened(name), finding });
    const member = memberOf(type, name);
    if (member === undefined) tell('is not in the model');
    else checkValue(inner, member, tell, found);
  }
}

function namedType(annotation: unknown, declared: string, found: Found): string {
  if (typeof annotation !== 'string') return declared;
  const named = annotation.slice(annotation.lastIndexOf('.') + 1);
  if (typeNamed(named) !== undefined) return named;
  found({ type: declared, property: '@odata.type', finding: `names the unknown type${word(named)}` });
  return declared;
}

function checkValue(value: unknown, member: Member, tell: (finding: string) => void, found: Found): void {
  const type = typeNamed(member.type);
  if (value === null) {
    if (member.nullable === false) tell('is null');
  } else if (member.collection) {
    if (!Array.isArray(value)) tell('is no list');
    else for (const item of value) checkValue(item, { type: member.type }, tell, found);
  } else if (type === undefined) {
    if (!SCALARS[member.type]?.(value)) tell(`is no ${member.type}`);
  } else if (type.kind === 'enum') {
    if (!type.members?.some((known) => known === value)) tell(`has the unknown value${word(value)}`);
  } else if (isRecord(value)) checkObject(value, member.type, found);
  else tell('is no object');
}

const SCALARS: Readonly<Record<string, (value: unknown) => boolean>> = {
  'Edm.Boolean': (value) => typeof value === 'boolean',
  'Edm.DateTimeOffset': isMoment,
  'Edm.Double': (value) => typeof value === 'number',
  'Edm.Int32': Number.isInteger,
  'Edm.String': (value) => typeof value === 'string',
};

/** Whether a text is a moment that there is: neither the 13th of the month 17 nor the 30th of February. */
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

/** A log holds no bodies: a value is told only where it is one word, as a new member of an enumeration is. */
function word(value: unknown): string {
  return typeof value === 'string' && /^\w{1,40}$/.test(value) ? ` ${value}` : '';
}
