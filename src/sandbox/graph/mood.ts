import { capabilityOf } from '../../model/capabilities';
import type { Quirks } from '../faults';
import { badRequest } from './errors';
import { type QueryOptions, wholeNumber } from './options';

/** The options as this Graph honors them. @throws GraphError 400 for what its mood rejects. */
export function honored(options: QueryOptions, path: string, quirks: Quirks): QueryOptions {
  checkTop(options, quirks.maxTop);
  if (quirks.mood === 'documented') return options;
  const excluded: readonly string[] = capabilityOf(path)?.excluded ?? [];
  const met = [...options.keys()].filter((name) => excluded.includes(name));
  const [first] = met;
  if (quirks.mood === 'annotated' && first !== undefined)
    throw badRequest(`The query specified in the URI is not valid. Query option '${first}' is not allowed.`);
  return new Map([...options].filter(([name]) => !met.includes(name)));
}

function checkTop(options: QueryOptions, most: number | null): void {
  const top = wholeNumber(options, '$top');
  if (most !== null && top !== undefined && top > most)
    throw badRequest(
      `The query specified in the URI is not valid. The limit of '${most}' for Top query has been exceeded. The value from the incoming request is '${top}'.`,
    );
}
