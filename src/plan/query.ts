import { PluginError } from '../base/errors';
import { quoted } from '../base/sanitize';
import {
  escapedPhrase,
  literal,
  optionValue,
  parseQuery,
  type QueryOption,
  searchOption,
} from '../graph/odata';
import { type GraphRequest, PAGE_SIZE, type RowCondition, type RowLimit } from '../graph/request';
import { queryPart, type Route } from '../graph/route';

/** Platforms send defaults as if the user had typed them, so this limit is treated as no limit. */
const DEFAULT_LIMIT = 50;

/** An entity is one row, regardless of the limit. */
const ONE: RowLimit = { most: 1, by: 'limit' };

type Query = Pick<GraphRequest, 'query' | 'optional' | 'typed' | 'rows' | 'where'>;

/** The part of the query that a command adds for its own arguments. */
interface OwnQuery {
  readonly query: readonly QueryOption[];
  readonly where: RowCondition | undefined;
}

/**
 * The query options of a request, from `odata`, `search`, `limit`, `all_results`, the route and what the command adds; `$orderby` and
 * `$top` are ours, so they are optional; so is a `$filter` that can be checked on the rows. A route to one entity ignores what only
 * concerns lists.
 * @throws PluginError ARGUMENT_INVALID for an unreadable `odata`, and for two values of one option that disagree.
 */
export function queryOf(
  route: Route,
  args: Readonly<Record<string, unknown>>,
  own: OwnQuery,
  maxResults: number,
): Query {
  const typed = typeof args.odata === 'string' ? parseQuery(args.odata) : [];
  const kept = typed.filter((option) => option.name !== '$top');
  const names = kept.map(({ name }) => name);
  if (route.returns === 'entity') {
    const expand = own.query.filter(({ name }) => name === '$expand');
    for (const option of expand) rejectDuplicateOption(option, kept);
    return { query: [...kept, ...expand], typed: [...names, ...expand.map(({ name }) => name)], rows: ONE };
  }
  const rows = rowLimit(args, typed, maxResults);
  const search = typeof args.search === 'string' ? [searchOption(args.search)] : [];
  const filter = filterOf(own.where);
  const isChecked = own.where !== undefined && isSelected(own.where.property, kept);
  const added = [...routeOptions(route, args), ...search, ...own.query, ...(isChecked ? [] : filter)];
  for (const option of [...added, ...filter]) rejectDuplicateOption(option, kept);
  const size = Math.min(rows.most, PAGE_SIZE);
  const top: QueryOption[] = args.all_results === true ? [] : [{ name: '$top', value: String(size) }];
  return {
    query: [...kept, ...added],
    optional: [...(isChecked ? filter : []), ...newestFirst(route, kept), ...top],
    ...(isChecked ? { where: own.where } : {}),
    typed: [...names, ...own.query.map(({ name }) => name)],
    rows,
  };
}

function filterOf(where: RowCondition | undefined): QueryOption[] {
  return where === undefined
    ? []
    : [{ name: '$filter', value: `${where.property} eq ${literal(where.equals)}` }];
}

/** Whether rows will have a property, so that it can be checked. */
function isSelected(property: string, typed: readonly QueryOption[]): boolean {
  const selected = optionValue(typed, '$select')?.split(',');
  return selected === undefined || selected.some((name) => ['*', property].includes(name));
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
      `limit (${limit}) and odata ($top=${top}) set different numbers of rows.`,
      {
        hint: 'Remove one of them.',
      },
    );
  }
  const wanted = top === undefined ? limit : Number(top);
  return wanted >= maxResults ? { most: maxResults, by: 'max_results' } : { most: wanted, by: 'limit' };
}

function rejectDuplicateOption(option: QueryOption, typed: readonly QueryOption[]): void {
  if (optionValue(typed, option.name) === undefined) return;
  throw new PluginError(
    'ARGUMENT_INVALID',
    `odata: ${option.name} cannot be combined with the argument that sets it.`,
    {
      hint: 'Remove one of them.',
    },
  );
}

/**
 * Returns the query options of a request line with the values of its placeholders.
 * @throws PluginError ARGUMENT_INVALID for a value that contains nothing to search for.
 */
function routeOptions(route: Route, args: Readonly<Record<string, unknown>>): QueryOption[] {
  return parseQuery(queryPart(route.line)).map(({ name, value }) => ({
    name,
    value: value.replace(/\{(\w+)\}/g, (_, argument: string) => searched(argument, String(args[argument]))),
  }));
}

/** Graph cuts `property:value` at the colon, so a value cannot contain one: fingerprints and IPv6 addresses lose theirs. */
function searched(argument: string, text: string): string {
  const value = text.replaceAll(':', '').trim();
  if (value !== '') return escapedPhrase(value);
  throw new PluginError('ARGUMENT_INVALID', `${argument}: ${quoted(text)} contains nothing to search for.`, {
    hint: 'Colons are removed from the value, as Graph requires.',
  });
}
