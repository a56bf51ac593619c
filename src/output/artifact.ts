import { isIP } from 'node:net';
import { isRecord } from '../base/json';
import type { End } from '../xsoar/relationship';
import type { Cell } from './cell';

/** What a Graph artifact is to people: its value, and what kind of value that is. */
export interface ArtifactValue {
  /** Host name, address, hash, URL and so on; never an opaque id. */
  readonly value: string;
  /** Graph's own word: `hostname`, `ipAddress`, `sha256`, `url` … */
  readonly kind: string | undefined;
}

const UNCLASSIFIED = 'unclassifiedArtifact';

/**
 * Reads an artifact as context stores it. The id of an `unclassifiedArtifact` is opaque, so its `value` and `kind` count; of any other
 * artifact the id and the type.
 */
export function artifactValue(artifact: unknown): ArtifactValue | undefined {
  if (!isRecord(artifact)) return undefined;
  const type = textOf(artifact.odataType);
  const isUnclassified =
    type === UNCLASSIFIED || (type === undefined && textOf(artifact.value) !== undefined);
  const value = textOf(isUnclassified ? artifact.value : artifact.id);
  if (value === undefined) return undefined;
  return { value, kind: isUnclassified ? (textOf(artifact.kind) ?? type) : type };
}

/** Cell: the value that people know an artifact by. */
export function artifactCell(artifact: unknown): Cell {
  return artifactValue(artifact)?.value;
}

/** Cell: the kind of that value. */
export function artifactKind(artifact: unknown): Cell {
  return artifactValue(artifact)?.kind ?? (isRecord(artifact) ? textOf(artifact.odataType) : undefined);
}

/** The indicator that an artifact is on the platform; undefined for a kind that the platform has no type for. */
export function artifactEnd(artifact: unknown): End | undefined {
  const found = artifactValue(artifact);
  if (found === undefined) return undefined;
  const type = indicatorType(found);
  return type === undefined ? undefined : { value: found.value, type };
}

/** Hexadecimal digits of MD5, SHA-1, SHA-256 and SHA-512. */
const HASH_LENGTHS = [32, 40, 64, 128];

function indicatorType({ value, kind = '' }: ArtifactValue): End['type'] | undefined {
  if (/^(?:domain|host)(?:name)?$/i.test(kind)) return hostType(value);
  if (/^ip(?:v[46])?(?:address)?$/i.test(kind)) return isIP(value) === 0 ? undefined : hostType(value);
  if (/^[\da-f]+$/i.test(value) && HASH_LENGTHS.includes(value.length))
    return /cert|thumbprint|ja3|jarm/i.test(kind) ? undefined : 'File';
  if (/^https?:\/\//i.test(value) && !/redirect/i.test(kind)) return 'URL';
  if (/e-?mail/i.test(kind) && /^[^\s@]+@[^\s@]+$/.test(value)) return 'Email';
  return undefined;
}

function hostType(value: string): End['type'] {
  const version = isIP(value);
  return version === 4 ? 'IP' : version === 6 ? 'IPv6' : 'Domain';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
