import { isRecord } from '../base/json';
import { artifactValue, typeOf } from '../investigation/artifact';
import type { Cell } from './cell';

/** Cell: the value that people know an artifact by. */
export function artifactCell(artifact: unknown): Cell {
  return artifactValue(artifact)?.value;
}

/** Cell: the kind of that value. */
export function artifactKind(artifact: unknown): Cell {
  return artifactValue(artifact)?.kind ?? (isRecord(artifact) ? typeOf(artifact) : undefined);
}
