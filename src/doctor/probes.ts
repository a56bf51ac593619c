import { isRecord } from '../base/json';
import { counted } from '../base/sanitize';
import { sortableTime } from '../base/sortable-time';
import { PAGE_SIZE } from '../graph/request';
import { API, collection, type Route } from '../graph/route';
import type { HttpResponse } from '../http/transport';
import type { OptionName } from '../model/capabilities';

/** The behavior of this tenant for one request. Contains no indicator, id, token or host of the user. */
export interface ProbeResult {
  readonly probe: string;
  /** The request line, with names instead of ids. */
  readonly request: string;
  /** HTTP status; 0 if no response arrived. */
  readonly status: number;
  readonly outcome: 'accepted' | 'ignored' | 'rejected' | 'failed' | 'unknown';
  /** The behavior that the response showed. */
  readonly found: string;
  /** The effect on the integration. */
  readonly effect: string;
}

/** A well-known host with many records; it is not an indicator of an attack. */
export const PROBED_HOST = 'contoso.com';

export type ProbeFinding = Pick<ProbeResult, 'outcome' | 'found' | 'effect'>;

export interface Probe {
  readonly probe: string;
  readonly route: Route;
  readonly query?: Readonly<Partial<Record<OptionName, string>>>;
  readonly judge: (response: HttpResponse, page: ProbedPage) => ProbeFinding;
  /** The fallback of the integration if Graph rejects the request. */
  readonly without?: string;
}

export interface ProbedPage {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly link: string | undefined;
  readonly count: unknown;
}

export const PROBED_ARTICLES = collection('GET /security/threatIntelligence/articles');
export const PROBED_PROFILES = collection('GET /security/threatIntelligence/intelProfiles');

export const NO_EFFECT = 'none';
const UNSORTED =
  'fetch-incidents reads the whole list; other lists are sorted after reading, or say that they are not';
const UNFILTERED = 'rows of other kinds are left out after they were read';
const OWN_SIZE = 'pages have the size that Graph chooses';
export const SHOWS_ERROR = 'the error of Graph is shown';

export const PROBES: readonly Probe[] = [
  {
    probe: '$orderby on articles',
    route: PROBED_ARTICLES,
    query: { $select: 'id,lastUpdatedDateTime', $orderby: 'lastUpdatedDateTime desc' },
    judge: (_, { rows }) => {
      const times = rows.flatMap((row) => sortableTime(row.lastUpdatedDateTime) ?? []);
      const sorted = times.every((time, index) => index === 0 || time <= (times[index - 1] ?? ''));
      if (times.length < 2) return unknown('too few articles to tell');
      return sorted
        ? accepted(`${times.length} articles, newest first`)
        : { outcome: 'ignored', found: `${times.length} articles in another order`, effect: UNSORTED };
    },
    without: UNSORTED,
  },
  {
    probe: `$top=${PAGE_SIZE} on articles`,
    route: PROBED_ARTICLES,
    query: { $select: 'id', $top: String(PAGE_SIZE) },
    judge: sizes,
    without: OWN_SIZE,
  },
  {
    probe: '$top=1000 on articles',
    route: PROBED_ARTICLES,
    query: { $select: 'id', $top: '1000' },
    judge: sizes,
    without: `pages of ${PAGE_SIZE} rows are requested`,
  },
  {
    probe: 'meaning of $top',
    route: PROBED_ARTICLES,
    query: { $select: 'id', $top: '2' },
    judge: (_, { rows, link }) =>
      link !== undefined
        ? accepted('a page size: the response has a link to the next page')
        : rows.length < 2
          ? unknown('too few articles to tell')
          : {
              outcome: 'ignored',
              found: 'a total: no link to a next page',
              effect: 'full pages are continued with $skip',
            },
  },
  {
    probe: 'case of nextLink',
    route: PROBED_ARTICLES,
    query: { $select: 'id', $top: '2' },
    judge: (_, { link }) => {
      if (link === undefined || !URL.canParse(link)) return unknown('no link to a next page');
      return new URL(link).pathname.includes(API)
        ? accepted('the path in the spelling of the request')
        : accepted('the path in another case', 'links are compared without regard to case');
    },
  },
  {
    probe: '$count=true on articles',
    route: PROBED_ARTICLES,
    query: { $select: 'id', $count: 'true' },
    judge: (_, { count }) =>
      typeof count === 'number'
        ? accepted('the response has a total')
        : {
            outcome: 'ignored',
            found: 'no total',
            effect: 'tables say "more are available" without a total',
          },
  },
  {
    probe: '$search of one word',
    route: PROBED_ARTICLES,
    query: { $select: 'id', $search: '"phishing"' },
    judge: some,
  },
  {
    probe: '$search of two words',
    route: PROBED_ARTICLES,
    query: { $select: 'id', $search: '"phishing campaign"' },
    judge: some,
  },
  {
    probe: '$filter on profiles',
    route: PROBED_PROFILES,
    query: { $select: 'id,kind', $filter: "kind eq 'tool'" },
    judge: (_, { rows }) =>
      rows.length === 0
        ? unknown('no rows')
        : rows.every(({ kind }) => kind === 'tool')
          ? accepted('tools only')
          : { outcome: 'ignored', found: 'profiles of all kinds', effect: UNFILTERED },
    without: UNFILTERED,
  },
  {
    probe: 'passive DNS without a filter',
    route: collection('GET /security/threatIntelligence/hosts/{host_id}/passiveDns'),
    judge: some,
    without: 'the error requests record_type',
  },
  {
    probe: 'ports',
    route: collection('GET /security/threatIntelligence/hosts/{host_id}/ports'),
    judge: some,
  },
  {
    probe: 'WHOIS history',
    route: collection('GET /security/threatIntelligence/hosts/{host_id}/whois/history'),
    judge: some,
  },
  {
    probe: 'subdomains',
    route: collection('GET /security/threatIntelligence/hosts/{host_id}/subdomains'),
    judge: some,
  },
  {
    probe: 'ids of artifacts',
    route: collection('GET /security/threatIntelligence/articles/{article_id}/indicators'),
    judge: (_, { rows }) => {
      const artifacts = rows.flatMap(({ artifact }) => (isRecord(artifact) ? [artifact] : []));
      const unclassified = artifacts.filter(({ value }) => typeof value === 'string');
      if (unclassified.length === 0) return unknown('no hash, URL or e-mail address among the indicators');
      const opaque = unclassified.some(({ id, value }) => id !== value);
      return accepted(
        opaque ? 'opaque: the value is in value' : 'the value itself',
        'tables, relationships and exports use value and kind',
      );
    },
  },
];

function sizes(_: HttpResponse, { rows, link }: ProbedPage): ProbeFinding {
  return accepted(
    `a page of ${counted(rows.length, 'row')}${link === undefined ? '' : ' with a link to the next'}`,
  );
}

function some(_: HttpResponse, { rows }: ProbedPage): ProbeFinding {
  return rows.length === 0 ? unknown('no rows') : accepted(counted(rows.length, 'row'));
}

export function accepted(found: string, effect: string = NO_EFFECT): ProbeFinding {
  return { outcome: 'accepted', found, effect };
}

export function unknown(found: string): ProbeFinding {
  return { outcome: 'unknown', found, effect: NO_EFFECT };
}
