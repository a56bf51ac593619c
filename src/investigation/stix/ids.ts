import { createHash } from 'node:crypto';

/** The namespace that STIX 2.1 sets for observables (chapter 2.9); OpenCTI uses it for all objects. */
const OASIS = '00abedb4-aa42-466c-9c01-fed23315a9b7';

/** Values that identify an object. */
type Contributing = Readonly<Record<string, unknown>>;

/** The id of a STIX object: the same for the same contributing properties, at every producer. */
export function stixId(type: string, contributing: Contributing): string {
  return `${type}--${uuid(canonical(contributing))}`;
}

/** The id as OpenCTI's library makes it: domain objects by their lower-cased name. */
export function namedId(type: string, name: string, more: Contributing = {}): string {
  return stixId(type, { name: name.toLowerCase().trim(), ...more });
}

/** JSON with sorted keys and no white space (RFC 8785, for strings and objects). */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`);
  return `{${members.join(',')}}`;
}

/** A UUID of version 5 (RFC 9562). */
function uuid(name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(OASIS.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex', 0, 16);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
