import { ERROR_CODES, type ErrorCode, PluginError } from '../../src/base/errors';
import {
  CVE_LOOKUP,
  enrichedRow,
  HOST_LOOKUP,
  isEnrichedRow,
  readRow,
  requestFor,
} from '../../src/enrich/row';
import type { GraphResult } from '../../src/graph/request';
import { TransportError, type TransportFault } from '../../src/http/transport';

const ROW = readRow('contoso.com');

function failed(error: PluginError): GraphResult {
  return { kind: 'failed', request: { url: '/x', subject: undefined } as never, error };
}

const OF_ONE_ROW: readonly ErrorCode[] = [
  'GRAPH_BAD_REQUEST',
  'GRAPH_NOT_FOUND',
  'GRAPH_UNEXPECTED',
  'GRAPH_UNAVAILABLE',
  'TIMED_OUT',
];

test.each(OF_ONE_ROW)('%s costs one row, which names the reason', (code) => {
  expect(enrichedRow(ROW, failed(new PluginError(code, 'The reason.')))).toEqual({
    input: 'contoso.com',
    type: 'domain',
    value: 'contoso.com',
    outcome: 'failed',
    reason: 'The reason.',
  });
});

const OF_ALL_ROWS = (Object.keys(ERROR_CODES) as ErrorCode[]).filter((code) => !OF_ONE_ROW.includes(code));

test.each(OF_ALL_ROWS)('%s would meet every row and ends the work', (code) => {
  const error = new PluginError(code, 'The reason.');
  expect(() => enrichedRow(ROW, failed(error))).toThrow(error);
});

function networkFailure(fault: TransportFault): PluginError {
  const cause = new TransportError(fault, 'https://graph.microsoft.com', fault);
  return new PluginError('NETWORK_FAILED', 'No response.', { cause });
}

test.each(['reset', 'timeout', 'too-large'] as const)(
  'a response that ends with %s costs one row',
  (fault) => {
    expect(enrichedRow(ROW, failed(networkFailure(fault)))).toMatchObject({ outcome: 'failed' });
  },
);

test.each(['refused', 'unresolved', 'untrusted', 'cancelled', 'unreachable', 'proxy'] as const)(
  'a connection that is %s ends the work',
  (fault) => {
    expect(() => enrichedRow(ROW, failed(networkFailure(fault)))).toThrow('No response.');
  },
);

test('a string that is not an observable is rejected with its first thousand characters, whatever the result', () => {
  const row = readRow('x y'.repeat(10_000));
  expect(enrichedRow(row, undefined)).toEqual({
    input: 'x y'.repeat(10_000).slice(0, 1_000),
    outcome: 'refused',
    reason: expect.stringContaining('is longer than 8,192 characters'),
  });
});

test('only a response from before the run has a time', () => {
  const result = (requestedAt: number) => ({ kind: 'missing', requestedAt }) as unknown as GraphResult;
  const started = '2026-11-21T12:00:00.000Z';
  const before = Date.parse(started) - 1;
  expect(enrichedRow(ROW, result(before), started)).toMatchObject({
    outcome: 'unknown',
    requestedAt: '2026-11-21T11:59:59.999Z',
  });
  expect(enrichedRow(ROW, result(Date.parse(started)), started)).not.toHaveProperty('requestedAt');
});

const REPUTATION = { classification: 'malicious', score: 92 };

function found(requestedAt?: number): GraphResult {
  return {
    kind: 'entity',
    request: {} as never,
    value: REPUTATION,
    ...(requestedAt && { requestedAt }),
  } as GraphResult;
}

test('a found row has the Graph record, and the time of a response older than the run', () => {
  const started = '2026-11-21T12:00:00.000Z';
  const row = {
    input: 'contoso.com',
    type: 'domain',
    value: 'contoso.com',
    outcome: 'found',
    known: REPUTATION,
  };
  expect(enrichedRow(ROW, found(), started)).toEqual(row);
  expect(enrichedRow(ROW, found(Date.parse(started)), started)).toEqual(row);
  expect(enrichedRow(ROW, found(Date.parse(started) - 1), started)).toEqual({
    ...row,
    requestedAt: '2026-11-21T11:59:59.999Z',
  });
  expect(enrichedRow(ROW, found(Date.parse(started)))).toEqual(row);
});

test.each([
  ['no result', undefined],
  ['a missing record', { kind: 'missing', request: {} } as unknown as GraphResult],
])('%s is an unknown row', (_, result) => {
  expect(enrichedRow(ROW, result)).toEqual({
    input: 'contoso.com',
    type: 'domain',
    value: 'contoso.com',
    outcome: 'unknown',
  });
});

test('a row without an observable is rejected with the reason, and repeats a thousand characters of it', () => {
  expect(enrichedRow(readRow(' '), undefined)).toMatchObject({ input: ' ', outcome: 'refused' });
  expect(readRow('x'.repeat(5_000)).input).toHaveLength(1_000);
});

test.each([
  ['contoso.com', 'domain', 'contoso.com'],
  [' hxxps://Contoso[.]com/x ', 'domain', 'contoso.com'],
  ['a.cve-2021.example', 'domain', 'a.cve-2021.example'],
  ['cve2021.example', 'domain', 'cve2021.example'],
  ['192[.]0[.]2[.]1', 'ipv4', '192.0.2.1'],
  ['2001:DB8::1', 'ipv6', '2001:db8::1'],
  ['CVE-2021-44228', 'cve', 'CVE-2021-44228'],
  [' cve-2021-44228 ', 'cve', 'CVE-2021-44228'],
] as const)('%j is the %s %s', (text, type, value) => {
  expect(readRow(text)).toEqual({ input: text, observable: { type, value } });
});

test.each([
  ['localhost', '"localhost" is a single label, not a public host name.'],
  [' intranet ', '"intranet" is a single label, not a public host name.'],
  ['x'.repeat(8_193), `"${'x'.repeat(60)}…" is longer than 8,192 characters.`],
])('%j is rejected by its row', (text, message) => {
  expect(readRow(text)).toMatchObject({ reason: message });
});

test('hosts are looked up by their reputation, and CVEs by their record', () => {
  expect([HOST_LOOKUP, CVE_LOOKUP].map((route) => JSON.stringify(route))).toEqual([
    expect.stringContaining('/security/threatIntelligence/hosts/{host_id}/reputation'),
    expect.stringContaining('/security/threatIntelligence/vulnerabilities/{vulnerability_id}'),
  ]);
});

test.each([
  ['CVE-2021-44228', '/security/threatIntelligence/vulnerabilities/CVE-2021-44228'],
  ['contoso.com', '/security/threatIntelligence/hosts/contoso.com/reputation'],
])('%s is requested as %s', (text, path) => {
  const row = readRow(text);
  if ('reason' in row) throw new Error(row.reason);
  const request = requestFor(row.observable);
  expect(request.path).toBe(path);
  expect(request.subject).toEqual({ argument: 'observable', id: text, observable: true });
});

const STORED = { input: 'x', type: 'domain', value: 'contoso.com' };

test.each([
  [{ ...STORED, outcome: 'found', known: {} }, true],
  [{ ...STORED, outcome: 'found' }, false],
  [{ ...STORED, outcome: 'unknown' }, true],
  [{ ...STORED, outcome: 'other' }, false],
  [{ ...STORED, outcome: 'failed', reason: 'Later.' }, true],
  [{ ...STORED, outcome: 'failed' }, false],
  [{ ...STORED, outcome: 'unknown', type: 7 }, false],
  [{ ...STORED, outcome: 'unknown', value: null }, false],
  [{ ...STORED, outcome: 'unknown', input: 7 }, false],
  [{ input: 'x', outcome: 'refused', reason: 'No host.' }, true],
  [{ input: 'x', outcome: 'refused' }, false],
  [null, false],
  ['x', false],
])('stored value %j is a row: %j', (value, isRow) => {
  expect(isEnrichedRow(value)).toBe(isRow);
});
