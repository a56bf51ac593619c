import { isIP } from 'node:net';
import { isRecord } from '../base/json';
import type { NodeKind } from './graph';

/** A Graph artifact as shown to users: its value and the kind of that value. */
interface ArtifactValue {
  /** Host name, address, hash, URL and so on; never an opaque id. */
  readonly value: string;
  /** Graph's own word: `hostname`, `ipAddress`, `sha256`, `url` … */
  readonly kind: string | undefined;
}

const UNCLASSIFIED = 'unclassifiedArtifact';

/**
 * Reads an artifact from a response or from context. The id of an `unclassifiedArtifact` is opaque, so its `value` and `kind` count; of
 * any other artifact the id and the type.
 */
export function artifactValue(artifact: unknown): ArtifactValue | undefined {
  if (!isRecord(artifact)) return undefined;
  const type = typeOf(artifact);
  const isUnclassified =
    type === UNCLASSIFIED || (type === undefined && textOf(artifact.value) !== undefined);
  const value = textOf(isUnclassified ? artifact.value : artifact.id);
  if (value === undefined) return undefined;
  return { value, kind: isUnclassified ? (textOf(artifact.kind) ?? type) : type };
}

/** The short name of Graph's type, for objects from Graph and from context. */
export function typeOf(object: object): string | undefined {
  const { odataType, '@odata.type': annotation } = object as Record<string, unknown>;
  const type = textOf(odataType) ?? textOf(annotation);
  return type?.slice(type.lastIndexOf('.') + 1);
}

/** Hexadecimal digits of MD5, SHA-1, SHA-256 and SHA-512. */
const HASH_LENGTHS = [32, 40, 64, 128];

/** Returns the kind of node for an artifact: a host, a file hash, a URL, an e-mail address, or any other kind that has a value. */
export function artifactNodeKind({ value, kind = '' }: ArtifactValue): NodeKind | undefined {
  if (/^(?:domain|host)(?:name)?$/i.test(kind)) return isIP(value) === 0 ? 'domain' : 'address';
  if (/^ip(?:v[46])?(?:address)?$/i.test(kind)) return isIP(value) === 0 ? undefined : 'address';
  if (/^[\da-f]+$/i.test(value) && HASH_LENGTHS.includes(value.length))
    return /cert|thumbprint|ja3|jarm/i.test(kind) ? 'artifact' : 'hash';
  if (/^https?:\/\//i.test(value) && !/redirect/i.test(kind)) return 'url';
  if (/e-?mail/i.test(kind) && /^[^\s@]+@[^\s@]+$/.test(value)) return 'email';
  return kind === '' ? undefined : 'artifact';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
