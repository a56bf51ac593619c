import { randomUUID } from 'node:crypto';
import { isRecord, parseJson } from '../base/json';
import { httpRequest } from '../graph/authorized-request';
import { BATCH_SIZE, batchRequest, batchResponses } from '../graph/batch';
import { graphUrl } from '../graph/client';
import { formatQuery, type QueryOption } from '../graph/odata';
import { PAGE_SIZE } from '../graph/request';
import { pathPart, type Route, routeRequest } from '../graph/route';
import type { HttpRequest, HttpResponse } from '../http/transport';
import type { OptionName } from '../model/capabilities';
import type { CheckContext } from './checks';
import {
  accepted,
  NO_EFFECT,
  PROBED_ARTICLES,
  PROBED_HOST,
  PROBED_PROFILES,
  PROBES,
  type Probe,
  type ProbedPage,
  type ProbeFinding,
  type ProbeResult,
  SHOWS_ERROR,
  unknown,
} from './probes';

/** The routes that are probed. */
export const PROBED_ROUTES: readonly Route[] = PROBES.map(({ route }) => route);

/** The option that lists omit for a day if a probe finds it rejected or ignored, by the name of the probe. */
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
  for (const { probe, route, query, ...judgement } of PROBES) {
    const options = optionsOf(query);
    const request = `${route.line}${decodeURIComponent(formatQuery(options))}`;
    if (route.line.includes('{article_id}') && articleId === undefined) {
      yield { probe, request, status: 0, ...unknown('no article to request') };
      continue;
    }
    const { path } = routeRequest(route, { host_id: PROBED_HOST, article_id: articleId ?? '' });
    const response = await transported(context, await requestFor(context, path, options));
    const page = pageOf(response);
    const first = page.rows[0]?.id;
    if (typeof first === 'string' && route === PROBED_ARTICLES) articleId ??= first;
    const result = { probe, request, status: response.status, ...judged(judgement, response, page) };
    const option = REMEMBERED[probe];
    if (option !== undefined && (result.outcome === 'rejected' || result.outcome === 'ignored'))
      await context.rejected.remember(pathPart(route.line), [option]);
    yield result;
  }
  yield await probeBatch(context);
}

function optionsOf(query: Probe['query'] = {}): QueryOption[] {
  return Object.entries(query).map(([name, value]) => ({ name: name as OptionName, value }));
}

function judged(
  probe: Pick<Probe, 'judge' | 'without'>,
  response: HttpResponse,
  page: ProbedPage,
): ProbeFinding {
  const { status } = response;
  if (status >= 200 && status < 300) return probe.judge(response, page);
  const reason = reasonOf(response);
  const isRejected = status === 400 || status === 501;
  return {
    outcome: isRejected ? 'rejected' : 'failed',
    found: status === 0 ? 'no response' : reason,
    effect: isRejected ? (probe.without ?? SHOWS_ERROR) : NO_EFFECT,
  };
}

async function probeBatch(context: CheckContext): Promise<ProbeResult> {
  const items = [PROBED_ARTICLES, PROBED_PROFILES];
  const one = optionsOf({ $select: 'id', $top: '1' });
  const request = `POST $batch with ${items.length} requests (up to ${BATCH_SIZE} are sent together)`;
  const [first, second] = await Promise.all(
    items.map((route) => requestFor(context, pathPart(route.line), one)),
  );
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

async function requestFor(
  { login, config, signal }: CheckContext,
  path: string,
  query: readonly QueryOption[],
): Promise<HttpRequest> {
  const { value } = await login.tokens.get(signal);
  const timeout = config.limits.requestTimeout;
  return httpRequest(graphUrl(config.graph, { path, query }), value, randomUUID(), { timeout, signal });
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

function pageOf({ body }: HttpResponse): ProbedPage {
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
