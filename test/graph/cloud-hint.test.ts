import { PluginError } from '../../src/base/errors';
import { withCloudHint } from '../../src/graph/cloud-hint';
import type { GraphRequest, GraphResult } from '../../src/graph/request';

const CHINA = 'https://microsoftgraph.chinacloudapi.cn';
const REMINDER = `Microsoft offers threat intelligence in its worldwide cloud only, not at ${CHINA}. Set azure_ad_endpoint to https://login.microsoftonline.com and leave graph_endpoint empty.`;
const request = { path: '/security/threatIntelligence/hosts/contoso.com' } as GraphRequest;
const { signal } = new AbortController();

function responded(graph: string, response: GraphResult): Promise<GraphResult[]> {
  return withCloudHint({ execute: async () => [response] }, graph).execute([request], signal);
}

test('in a cloud without threat intelligence, a missing record is an error with a cloud hint', async () => {
  const [result] = await responded(CHINA, { kind: 'missing', request });
  expect(result).toMatchObject({
    kind: 'failed',
    request,
    error: { code: 'GRAPH_NOT_FOUND', message: `${CHINA} has no such record.`, hint: REMINDER },
  });
});

test.each([
  ['Try later.', `Try later. ${REMINDER}`],
  [undefined, REMINDER],
])('there, what fails ends with the reminder, and nothing of the error is lost (%s)', async (hint, hints) => {
  const details = { status: 503, requestId: 'r1', retryAfter: 7, cause: new Error('inner') };
  const error = new PluginError('GRAPH_UNAVAILABLE', 'Graph is unavailable.', { hint, ...details });
  const [result] = await responded(CHINA, { kind: 'failed', request, error });
  expect(result).toMatchObject({
    kind: 'failed',
    request,
    error: { code: 'GRAPH_UNAVAILABLE', message: 'Graph is unavailable.', hint: hints, ...details },
  });
});

test('returns a found record unchanged in a national cloud', async () => {
  const found: GraphResult = { kind: 'entity', request, value: { id: 'contoso.com' } };
  expect(await responded(CHINA, found)).toEqual([found]);
});

test.each(['https://graph.microsoft.com', 'https://localhost:8443'])('adds no cloud hint for %s', (graph) => {
  const client = { execute: async () => [] };
  expect(withCloudHint(client, graph)).toBe(client);
});
