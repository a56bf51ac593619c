import { enrichReport } from '../../../src/doors/cli/enrich/report';
import { requestCount } from '../../../src/doors/cli/enrich/request-count';
import type { SharedTraffic } from '../../../src/engine/instance-ports';
import type { EnrichedRow } from '../../../src/enrich/row';
import type { GraphResult } from '../../../src/graph/request';

const SCREEN = { styled: false, width: 120 };

function found(value: string, known: object): EnrichedRow {
  return { input: value, type: 'domain', value, outcome: 'found', known } as EnrichedRow;
}

const unknown = (value: string): EnrichedRow => ({ input: value, type: 'domain', value, outcome: 'unknown' });

const refused = (input: string, reason: string): EnrichedRow => ({ input, outcome: 'refused', reason });

/** The lines of the tables, without the headings' underlines. */
function report(rows: readonly EnrichedRow[]): string[] {
  const { add, text } = enrichReport();
  add(rows);
  return text(SCREEN)
    .split('\n')
    .filter((line) => !line.startsWith('─'));
}

test('a report of no rows is empty', () => {
  expect(enrichReport().text(SCREEN)).toBe('');
});

test('verdicts and severities come in the order of their weight, others and unknown hosts last', () => {
  const words = ['low', 'neutral', 'odd', 'medium', 'high', 'suspicious', 'critical', 'malicious'];
  const rows = words.map((word, at) =>
    found(`n${at}.example`, at % 2 === 0 ? { severity: word } : { classification: word }),
  );
  const lines = report([...rows, found('x.example', {}), unknown('y.example')]);
  expect(lines.slice(2, -1).map((line) => line.slice(3).split(/ {2,}/).slice(0, 2))).toEqual([
    ['malicious', '1'],
    ['critical', '1'],
    ['suspicious', '1'],
    ['high', '1'],
    ['medium', '1'],
    ['neutral', '1'],
    ['low', '1'],
    ['unknown', '2'],
    ['odd', '1'],
  ]);
  expect(lines[1]).toMatch(/^Verdict +Rows +Highest scores$/);
});

test('a verdict names the five highest scores, each observable once, and no score of 0', () => {
  const rows = [1, 5, 3, 6, 2, 4, 6].map((score) =>
    found(`n${score}.example`, { classification: 'malicious', score }),
  );
  expect(report(rows)[2]).toMatch(
    /^!! malicious +7 +n6\.example \(6\), n5\.example \(5\), n4\.example \(4\), n3\.example \(3\), n2\.example \(2\)$/,
  );
  const cve = found('CVE-2099-10001', { severity: 'high', priorityScore: 80 });
  expect(report([cve, found('CVE-2099-10002', { severity: 'high', priorityScore: 0 })])[2]).toMatch(
    / 2 +CVE-2099-10001 \(80\), CVE-2099-10002$/,
  );
});

test('refused and failed rows are counted by their reason, without the text that it is about', () => {
  const failed: EnrichedRow = {
    ...unknown('b.example'),
    outcome: 'failed',
    reason: 'Graph is busy',
  } as never;
  const lines = report([
    refused('N/A', '"N/A" is a placeholder.'),
    refused('say "hi"', String.raw`"say \"hi\"" is no host.`),
    refused('-', '"-" is a placeholder.'),
    refused('x'.repeat(80), `"${'x'.repeat(60)}"… is no host.`),
    failed,
    refused('y', 'Version 1.2 of "y" is odd.'),
  ]);
  expect(lines.slice(1, -1)).toEqual([
    expect.stringMatching(/^Not looked up +Rows +Examples$/),
    expect.stringMatching(/^is a placeholder +2 +N\/A, -$/),
    expect.stringMatching(/^is no host +2 +say "hi", x{60}$/),
    expect.stringMatching(/^Graph is busy +1 +b\.example$/),
    expect.stringMatching(/^Version 1\.2 of "y" is odd +1 +y$/),
  ]);
});

test('the two tables have an empty line before each', () => {
  const lines = report([unknown('contoso.com'), refused('N/A', '"N/A" is a placeholder.')]);
  expect(lines.map((line) => line.replace(/ {2,}/g, ' '))).toEqual([
    '',
    'Verdict Rows Highest scores',
    '? unknown 1 contoso.com',
    '',
    'Not looked up Rows Examples',
    'is a placeholder 1 N/A',
    '',
  ]);
});

test('after 20 reasons, the others are counted together', () => {
  const reasons = Array.from({ length: 23 }, (_, at) => refused(`x${at}`, `Reason ${at}.`));
  const lines = report([...reasons, refused('y', 'Reason 0.')]).slice(2, -1);
  expect(lines).toHaveLength(21);
  expect(lines[0]).toMatch(/^Reason 0 +2 +x0, y$/);
  expect(lines.at(-1)).toMatch(/^other +3 +x20, x21, x22$/);
});

test('requests that were sent and responses that were reused are counted', async () => {
  const requests = requestCount();
  expect(requests.text()).toBe('0 requests to Graph, 0 responses reused.');
  const sent: unknown[] = [];
  const send = (...given: readonly unknown[]) => void sent.push(given);
  const traffic = requests.traffic({ send, other: 1 } as unknown as SharedTraffic);
  const results = [{ requestedAt: 5 }, {}, {}] as unknown as GraphResult[];
  const client = requests.client({ execute: async () => results });
  traffic.send('request' as never, 'sending' as never);
  expect(await client.execute([], new AbortController().signal)).toBe(results);
  expect(requests.text()).toBe('1 request to Graph, 1 response reused.');
  for (let more = 0; more < 1_199; more++) traffic.send('request' as never, 'sending' as never);
  expect(requests.text()).toMatch(/^1,200 requests to Graph, /);
  expect([sent[0], traffic]).toEqual([['request', 'sending'], expect.objectContaining({ other: 1 })]);
});
