import type { Thing } from '../world';
import { badRequest } from './errors';
import { compileFilter } from './filter/parser';
import type { QueryOptions } from './options';
import { compileOrder } from './order';
import type { PathTarget } from './path';
import { compileSearch, needsSearch } from './search';

type Rows = readonly Thing[];

/** The last selection of each list: a client that follows the pages of a long one sends the same selection for each. */
const LAST = new WeakMap<Rows, { readonly by: string; readonly rows: Rows }>();

/**
 * The rows that the options let through, in their order.
 * @throws GraphError 400 for an option that cannot be read or does not fit the type.
 */
export function selectProperties(
  { rows, type, isSet }: Exclude<PathTarget, { kind: 'entity' }>,
  options: QueryOptions,
): Rows {
  if (!options.has('$search') && isSet && needsSearch(type))
    throw badRequest('The query parameter $search is required for this resource.');
  const by = JSON.stringify(['$search', '$filter', '$orderby'].map((name) => options.get(name)));
  const last = LAST.get(rows);
  if (last?.by === by) return last.rows;
  const selected = selectFrom(rows, type, options);
  LAST.set(rows, { by, rows: selected });
  return selected;
}

function selectFrom(all: Rows, type: string, options: QueryOptions): Rows {
  const search = options.get('$search');
  const filter = options.get('$filter');
  const orderby = options.get('$orderby');
  let rows = all;
  if (search !== undefined) rows = rows.filter(compileSearch(search, type));
  if (filter !== undefined) rows = rows.filter(compileFilter(filter, type));
  if (orderby !== undefined) rows = rows.toSorted(compileOrder(orderby, type));
  return rows;
}
