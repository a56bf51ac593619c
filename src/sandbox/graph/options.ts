import { badRequest } from './errors';

/** The OData system query options of one request, by lower-case name with its `$`, decoded. */
export type QueryOptions = ReadonlyMap<string, string>;

const KNOWN = [
  '$count',
  '$expand',
  '$filter',
  '$orderby',
  '$search',
  '$select',
  '$skip',
  '$skiptoken',
  '$top',
];

/** Options that make sense for a collection only. */
const FOR_COLLECTIONS = ['$count', '$filter', '$orderby', '$search', '$skip', '$skiptoken', '$top'];

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw badRequest('The query string holds a malformed percent-encoding.');
  }
}

/** @throws GraphError 400 for an option that is unknown or repeated. */
export function readQueryOptions(query: string): QueryOptions {
  const options = new Map<string, string>();
  for (const part of query.split('&').filter(Boolean)) {
    const mark = part.indexOf('=');
    const name = decode(mark < 0 ? part : part.slice(0, mark));
    const key = name.toLowerCase();
    if (!KNOWN.includes(key)) throw badRequest(`The query parameter '${name}' is not supported.`);
    if (options.has(key))
      throw badRequest(
        `Query option '${name}' was specified more than once, but it must be specified at most once.`,
      );
    options.set(key, mark < 0 ? '' : decode(part.slice(mark + 1)));
  }
  return options;
}

/** @throws GraphError 400 for an option that only a collection supports. */
export function refuseCollectionOptions(options: QueryOptions): void {
  if (FOR_COLLECTIONS.some((name) => options.has(name)))
    throw badRequest(
      'The requested resource is not a collection. Query options $filter, $orderby, $count, $skip, $search and $top can be applied only on collections.',
    );
}

/** A whole number, 0 or higher. @throws GraphError 400 for anything else. */
export function wholeNumber(options: QueryOptions, name: string): number | undefined {
  const text = options.get(name);
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text))
    throw badRequest(
      `Invalid value '${text}' for ${name} query option found. The ${name} query option requires a non-negative integer value.`,
    );
  return Number(text);
}

/** @throws GraphError 400 for anything but `true` and `false`. */
export function truth(options: QueryOptions, name: string): boolean {
  const text = options.get(name) ?? 'false';
  if (text !== 'true' && text !== 'false')
    throw badRequest(
      `Invalid value '${text}' for ${name} query option found. Valid values are 'true' and 'false'.`,
    );
  return text === 'true';
}
