import { isRecord, parseJson } from '../base/json';
import { sortableTime } from '../base/sortable-time';
import { USER_AGENT } from '../base/version';
import { BATCH_SIZE, batchRequest, batchResponses } from '../graph/batch';
import { PAGE_SIZE } from '../graph/request';
import { API } from '../graph/route';
import type { HttpRequest, HttpResponse } from '../http/transport';
import type { OptionName } from '../model/capabilities';
import type { CheckContext } from './checks';

/** What one request showed about this tenant. Contains no indicator, id, token or host of the user. */
export interface ProbeResult {
  readonly probe: string;
  /** The request line, with names instead of ids. */
  readonly request: string;
  /** HTTP status; 0 if no response arrived. */
  readonly status: number;
  readonly outcome: 'accepted' | 'ignored' | 'rejected' | 'failed' | 'unknown';
  /** What the response showed. */
  readonly found: string;
  /** What the integration does about it. */
  readonly effect: string;
}

/** A well-known host with much data; it is not an indicator of an attack. */
const HOST = 'contoso.com';

type Finding = Pick<ProbeResult, 'outcome' | 'found' | 'effect'>;

interface Probe {
  readonly probe: string;
  /** Path and query below the version, with `{article_id}` where the id of an article is put in. */
  readonly path: string;
  readonly judge: (response: HttpResponse, page: Page) => Finding;
  /** What the integration does where Graph rejects the request. */
  readonly without?: string;
}

interface Page {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly link: string | undefined;
  readonly count: unknown;
}

const NORMAL = 'none';
const UNSORTED =
  'fetch-incidents reads the whole list; other lists are sorted after reading, or say that they are not';
const UNFILTERED = 'rows of other kinds are left out after they were read';
const OWN_SIZE = 'pages have the size that Graph chooses';
const ERROR = 'the error of Graph is shown';

const PROBES: readonly Probe[] = [
  {
    probe: '$orderby on articles',
    path: '/articles?$select=id,lastUpdatedDateTime&$orderby=lastUpdatedDateTime%20desc',
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
    path: `/articles?$select=id&$top=${PAGE_SIZE}`,
    judge: sizes,
    without: OWN_SIZE,
  },
  {
    probe: '$top=1000 on articles',
    path: '/articles?$select=id&$top=1000',
    judge: sizes,
    without: `pages of ${PAGE_SIZE} rows are requested`,
  },
  {
    probe: 'meaning of $top',
    path: '/articles?$select=id&$top=2',
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
    path: '/articles?$select=id&$top=2',
    judge: (_, { link }) => {
      if (link === undefined || !URL.canParse(link)) return unknown('no link to a next page');
      return new URL(link).pathname.includes(API)
        ? accepted('the path in the spelling of the request')
        : accepted('the path in another case', 'links are compared without regard to case');
    },
  },
  {
    probe: '$count=true on articles',
    path: '/articles?$select=id&$count=true',
    judge: (_, { count }) =>
      typeof count === 'number'
        ? accepted('the response has a total')
        : {
            outcome: 'ignored',
            found: 'no total',
            effect: 'tables say "more are available" without a total',
          },
  },
  { probe: '$search of one word', path: '/articles?$select=id&$search=%22phishing%22', judge: some },
  {
    probe: '$search of two words',
    path: '/articles?$select=id&$search=%22phishing%20campaign%22',
    judge: some,
  },
  {
    probe: '$filter on profiles',
    path: '/intelProfiles?$select=id,kind&$filter=kind%20eq%20%27tool%27',
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
    path: `/hosts/${HOST}/passiveDns`,
    judge: some,
    without: 'the error asks for record_type',
  },
  { probe: 'ports', path: `/hosts/${HOST}/ports`, judge: some },
  { probe: 'WHOIS history', path: `/hosts/${HOST}/whois/history`, judge: some },
  { probe: 'subdomains', path: `/hosts/${HOST}/subdomains`, judge: some },
  {
    probe: 'ids of artifacts',
    path: '/articles/{article_id}/indicators',
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

/** What lists no longer send for a day where a probe finds it rejected or ignored, by probe. */
const REMEMBERED: Readonly<Record<string, OptionName>> = {
  '$orderby on articles': '$orderby',
  [`$top=${PAGE_SIZE} on articles`]: '$top',
  '$filter on profiles': '$filter',
};

/**
 * Sends a dozen requests that read and change nothing, to settle what no document says about this tenant. What is rejected or ignored is
 * remembered for a day, as if a command had found it out.
 */
export async function* probeTenant(context: CheckContext): AsyncGenerator<ProbeResult> {
  let articleId: string | undefined;
  for (const probe of PROBES) {
    const needsId = probe.path.includes('{article_id}');
    const request = `GET ${API}${decodeURIComponent(probe.path).replace(HOST, '{host}')}`;
    if (needsId && articleId === undefined) {
      yield { probe: probe.probe, request, status: 0, ...unknown('no article to ask about') };
      continue;
    }
    const path = probe.path.replace('{article_id}', encodeURIComponent(articleId ?? ''));
    const response = await send(context, path);
    const page = pageOf(response);
    const first = page.rows[0]?.id;
    if (typeof first === 'string' && probe.path.startsWith('/articles?')) articleId ??= first;
    const result = { probe: probe.probe, request, status: response.status, ...judged(probe, response, page) };
    const option = REMEMBERED[probe.probe];
    if (option !== undefined && (result.outcome === 'rejected' || result.outcome === 'ignored'))
      await context.rejected.remember(`${API}${probe.path.split('?')[0]}`, [option]);
    yield result;
  }
  yield await probeBatch(context);
}

function judged(probe: Probe, response: HttpResponse, page: Page): Finding {
  const { status } = response;
  if (status >= 200 && status < 300) return probe.judge(response, page);
  const reason = reasonOf(response);
  const isRejected = status === 400 || status === 501;
  return {
    outcome: isRejected ? 'rejected' : 'failed',
    found: status === 0 ? 'no response' : reason,
    effect: isRejected ? (probe.without ?? ERROR) : NORMAL,
  };
}

async function probeBatch(context: CheckContext): Promise<ProbeResult> {
  const items = ['/articles?$select=id&$top=1', '/intelProfiles?$select=id&$top=1'];
  const request = `POST $batch with ${items.length} requests (up to ${BATCH_SIZE} are sent together)`;
  const [first, second] = await Promise.all(items.map((path) => requestFor(context, path)));
  if (first === undefined || second === undefined) throw new Error('a batch has two requests');
  const response = await transported(context, batchRequest([first, second]));
  const statuses = (batchResponses(response) ?? []).map((item) => item?.status);
  const isServed = statuses.length === items.length && statuses.every((status) => status === 200);
  return {
    probe: '$batch',
    request,
    status: response.status,
    ...(isServed
      ? accepted('every request was served')
      : {
          outcome: response.status >= 400 ? ('rejected' as const) : ('failed' as const),
          found: statuses.length > 0 ? `statuses ${statuses.join(', ')}` : reasonOf(response),
          effect: 'requests are sent one by one',
        }),
  };
}

async function requestFor({ login, config, signal }: CheckContext, path: string): Promise<HttpRequest> {
  const { value } = await login.tokens.get(signal);
  return {
    method: 'GET',
    url: new URL(`/v1.0${API}${path}`, config.graph).href,
    headers: { accept: 'application/json', authorization: `Bearer ${value}`, 'user-agent': USER_AGENT },
    timeout: config.limits.requestTimeout,
    signal,
  };
}

async function send(context: CheckContext, path: string): Promise<HttpResponse> {
  return transported(context, await requestFor(context, path));
}

/** A failure of the network is a result too, with status 0. */
async function transported({ transport, signal }: CheckContext, request: HttpRequest): Promise<HttpResponse> {
  try {
    return await transport(request);
  } catch (error) {
    if (signal.aborted) throw error;
    return { status: 0, headers: {}, body: '' };
  }
}

function pageOf({ body }: HttpResponse): Page {
  const parsed = parseJson(body);
  const page = isRecord(parsed) ? parsed : {};
  const link = page['@odata.nextLink'];
  return {
    rows: Array.isArray(page.value) ? page.value.filter(isRecord) : [],
    link: typeof link === 'string' ? link : undefined,
    count: page['@odata.count'],
  };
}

/** Graph's error code only: its message may repeat what was requested. */
function reasonOf({ status, body }: HttpResponse): string {
  const parsed = parseJson(body);
  const error = isRecord(parsed) && isRecord(parsed.error) ? parsed.error : {};
  const code = typeof error.code === 'string' ? error.code.replace(/\W/g, '').slice(0, 60) : '';
  return code === '' ? `status ${status}` : `${status} ${code}`;
}

function sizes(_: HttpResponse, { rows, link }: Page): Finding {
  return accepted(
    `a page of ${rows.length} ${rows.length === 1 ? 'row' : 'rows'}${link === undefined ? '' : ' with a link to the next'}`,
  );
}

function some(_: HttpResponse, { rows }: Page): Finding {
  return rows.length === 0
    ? unknown('no rows')
    : accepted(`${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`);
}

function accepted(found: string, effect: string = NORMAL): Finding {
  return { outcome: 'accepted', found, effect };
}

function unknown(found: string): Finding {
  return { outcome: 'unknown', found, effect: NORMAL };
}
