import { PluginError } from '../base/errors';
import { optionValue, parseQuery, type QueryOption, searchOption } from '../graph/odata';
import type { RowLimit } from '../graph/request';
import type { Route } from '../graph/route';
import { routeOptions } from './route-options';

/** The platform sends defaults as if somebody had typed them, so this limit and none are the same. */
const DEFAULT_LIMIT = 50;

/** An entity is one row, whatever limit says. */
const ONE: RowLimit = { most: 1, by: 'limit' };

interface Query {
  readonly query: readonly QueryOption[];
  readonly rows: RowLimit;
}

/**
 * The query options of a request, from `odata`, `search`, `limit`, `all_results`, the route and what the command adds. A
 * route that answers with one entity ignores what only concerns lists.
 * @throws PluginError ARGUMENT_INVALID for an unreadable `odata`, and for two ways of saying one thing that disagree.
 */
export function queryOf(
  route: Route,
  args: Readonly<Record<string, unknown>>,
  own: readonly QueryOption[],
  maxResults: number,
): Query {
  const typed = typeof args.odata === 'string' ? parseQuery(args.odata) : [];
  const kept = typed.filter((option) => option.name !== '$top');
  if (route.answers === 'entity') return { query: kept, rows: ONE };
  const rows = rowLimit(args, typed, maxResults);
  const search = typeof args.search === 'string' ? [searchOption(args.search)] : [];
  const added = [...routeOptions(route, args), ...search, ...own];
  for (const option of added) refuseSecond(option, kept);
  const top: QueryOption[] = args.all_results === true ? [] : [{ name: '$top', value: String(rows.most) }];
  return { query: [...kept, ...added, ...newestFirst(route, kept), ...top], rows };
}

function newestFirst({ newestBy }: Route, typed: readonly QueryOption[]): QueryOption[] {
  return newestBy === undefined || optionValue(typed, '$orderby') !== undefined
    ? []
    : [{ name: '$orderby', value: `${newestBy} desc` }];
}

function rowLimit(
  args: Readonly<Record<string, unknown>>,
  typed: readonly QueryOption[],
  maxResults: number,
): RowLimit {
  if (args.all_results === true) return { most: maxResults, by: 'max_results' };
  const limit = typeof args.limit === 'number' ? args.limit : DEFAULT_LIMIT;
  const top = optionValue(typed, '$top');
  if (top !== undefined && limit !== DEFAULT_LIMIT && Number(top) !== limit) {
    throw new PluginError(
      'ARGUMENT_INVALID',
      `The arguments limit (${limit}) and odata ($top=${top}) ask for different numbers of rows.`,
      {
        hint: 'Give one of the two.',
      },
    );
  }
  const wanted = top === undefined ? limit : Number(top);
  return wanted >= maxResults ? { most: maxResults, by: 'max_results' } : { most: wanted, by: 'limit' };
}

function refuseSecond(option: QueryOption, typed: readonly QueryOption[]): void {
  if (optionValue(typed, option.name) === undefined) return;
  throw new PluginError(
    'ARGUMENT_INVALID',
    `${option.name} is given twice: in odata, and by an argument of its own.`,
    {
      hint: 'Give one of the two.',
    },
  );
}
