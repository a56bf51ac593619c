import type * as Os from 'node:os';
import { userInfo } from 'node:os';
import type { Investigation } from '../../../src/doors/war-room/investigation';
import { reportOf } from '../../../src/doors/web/report/report';

jest.mock('node:os', () => ({ ...jest.requireActual('node:os') }));

const BASE = {
  name: 'case <1>',
  target: 'tenant',
  now: Date.UTC(2026, 0, 3, 4, 5),
  mask: (text: string) => text,
} as const;

function line(text: string, ...entries: object[]): Investigation['happened'][number] {
  return { id: text, at: '2026-01-02T03:04:05.000Z', line: text, entries: entries as never };
}

const result = (HumanReadable: string) => ({ Type: 1, Contents: {}, HumanReadable });
const error = (Contents: string) => ({ Type: 4, Contents });

function rated(hostId: string, classification: string, score?: number, ...names: string[]) {
  return { hostId, classification, score, rules: names.map((name) => ({ name })) };
}

const INVESTIGATION: Investigation = {
  context: {
    MSGDefenderThreatIntel: {
      Host: [{ '@odata.type': '#microsoft.graph.security.hostname', id: 'plain.example' }],
      HostReputation: [
        rated('neutral.example', 'neutral', 0),
        rated('bad.example', 'malicious', 100, 'One | two', 'A <b>'),
        rated('odd.example', 'suspicious', 60),
      ],
    },
  },
  happened: [
    { ...line('host `a`', result('### Hosts')), at: '2026-01-01T01:02:03.000Z' },
    line(
      'host <b>',
      error('Failed at contoso.com'),
      { Type: 1, Contents: 'plain' },
      { Type: 1, Contents: {} },
    ),
  ],
};

test('as markdown it has a head, the verdicts from worst to best, and every command', () => {
  const mask = (text: string) => text.replaceAll('contoso.com', '<tenant_id>');
  expect(reportOf(INVESTIGATION, { ...BASE, markdown: true, mask })).toBe(`\
# Investigation case <1>

- Investigation: case <1>
- By: ${userInfo().username}
- Data: Microsoft Defender Threat Intelligence
- From: 2026-01-01 01:02 UTC
- To: 2026-01-02 03:04 UTC
- Written: 2026-01-03 04:05 UTC

## Verdicts

| Indicator | Kind | Verdict | Score | Reasons |
| --- | --- | --- | --- | --- |
| bad.example | Domain | ✕ malicious | 100 | One \\| two; A \\<b> |
| odd.example | Domain | ! suspicious | 60 |  |
| neutral.example | Domain | – neutral | 0 |  |

## Commands

### 2026-01-01 01:02 UTC \`host 'a'\`

### Hosts

### 2026-01-02 03:04 UTC \`host <b>\`

Failed at <tenant_id>
plain

`);
});

const EMPTY: Investigation = { context: {}, happened: [] };

test('an empty investigation says so, and what a sandbox is', () => {
  const markdown = reportOf(EMPTY, { ...BASE, target: 'sandbox', markdown: true });
  expect(markdown).toContain(
    '- Data: sandbox (invented data)\n- From: 2026-01-03 04:05 UTC\n- To: 2026-01-03 04:05 UTC',
  );
  expect(markdown).toContain('## Verdicts\n\nNo verdicts.\n\n## Commands\n');
  const html = reportOf(EMPTY, { ...BASE, markdown: false });
  expect(html).toContain('<h2>Verdicts</h2>\n<p>No verdicts.</p>\n<h2>Picture</h2>\n<p>Nothing to draw.</p>');
});

describe('as HTML', () => {
  const html = (options: object = {}) => reportOf(INVESTIGATION, { ...BASE, markdown: false, ...options });

  test('it runs no script, and what comes from data is text', () => {
    const text = html();
    expect(text).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
    expect(text).toContain('<title>Investigation case &lt;1&gt;</title>');
    expect(text).toContain('<h1>Investigation case &lt;1&gt;</h1>');
    expect(text).toContain('<dt>Investigation</dt><dd>case &lt;1&gt;</dd><dt>By</dt>');
    expect(text).not.toMatch(/<script|<b>/);
  });

  test('it has a row for each verdict, with its reasons as a list', () => {
    const text = html();
    expect(text).toContain(
      '<tr class="malicious"><td>bad.example</td><td>Domain</td><td>✕ malicious</td><td>100</td><td><ul><li>One | two</li><li>A &lt;b&gt;</li></ul></td></tr>' +
        '<tr class="suspicious"><td>odd.example</td><td>Domain</td><td>! suspicious</td><td>60</td><td></td></tr>',
    );
    expect(text).toContain('<th>Indicator</th><th>Kind</th><th>Verdict</th><th>Score</th><th>Reasons</th>');
  });

  test('each command is a section, and a failure is marked', () => {
    const text = html({ mask: (one: string) => one.replaceAll('contoso.com', '***') });
    expect(text).toContain(
      '<section><h3><time>2026-01-02 03:04 UTC</time> <code>host &lt;b&gt;</code></h3><div class="error"><p>Failed at ***</p></div><p>plain</p></section>',
    );
    expect(text).toContain('<code>host `a`</code></h3><h4>Hosts</h4></section>\n<section>');
  });

  test('it has colors for light and dark screens', () => {
    expect(html()).toMatch(/<style>[^<]*color-scheme:light dark[^<]*prefers-color-scheme:dark[^<]*<\/style>/);
  });

  test('the picture draws up to 500 nodes', () => {
    const Host = Array.from({ length: 501 }, (_, at) => ({ id: `${at}.example` }));
    const large = { context: { MSGDefenderThreatIntel: { Host } }, happened: [] };
    expect(reportOf(large, { ...BASE, markdown: false })).toContain('<p>500 of 501 nodes are drawn.</p>');
    expect(html()).toMatch(/<\/svg><\/div>\n/);
  });

  test('the picture draws the nodes that the page shows, and says how many', () => {
    expect(html()).not.toContain('nodes are drawn');
    const shown = html({ positions: new Map([['domain:bad.example', { x: 1, y: 2 }]]) });
    expect(shown).toContain('<p>1 of 4 nodes are drawn.</p>');
    expect(shown.slice(shown.indexOf('<svg'), shown.indexOf('</svg>'))).not.toContain('plain.example');
  });
});

test('a result of more than 200,000 characters is cut', () => {
  const long: Investigation = { context: {}, happened: [line('a', result('x'.repeat(200_001)))] };
  expect(reportOf(long, { ...BASE, markdown: true })).toContain(`\n${'x'.repeat(200_000)}…\n`);
  const short: Investigation = { context: {}, happened: [line('a', result('x'.repeat(200_000)))] };
  expect(reportOf(short, { ...BASE, markdown: true })).not.toContain('…');
});

test('verdicts are listed from worst to best, and of up to 1,000 indicators', () => {
  const verdicts = ['neutral', 'unknown', 'suspicious', 'malicious', 'unknown', 'malicious'];
  const listed = (HostReputation: object[]) =>
    reportOf(
      { context: { MSGDefenderThreatIntel: { HostReputation } }, happened: [] },
      { ...BASE, markdown: true },
    )
      .split('\n')
      .filter((row) => row.includes('| Domain |'));
  expect(listed(verdicts.map((verdict, at) => rated(`${at}.example`, verdict)))).toEqual([
    '| 3.example | Domain | ✕ malicious |  |  |',
    '| 5.example | Domain | ✕ malicious |  |  |',
    '| 2.example | Domain | ! suspicious |  |  |',
    '| 0.example | Domain | – neutral |  |  |',
    '| 1.example | Domain | ? unknown |  |  |',
    '| 4.example | Domain | ? unknown |  |  |',
  ]);
  expect(listed(Array.from({ length: 1_001 }, (_, at) => rated(`${at}.example`, 'neutral')))).toHaveLength(
    1_000,
  );
});

test('spaces and line breaks of a reason are one space in a table', () => {
  const context = {
    MSGDefenderThreatIntel: { HostReputation: [rated('a.example', 'neutral', 0, 'two \n  lines')] },
  };
  expect(reportOf({ context, happened: [] }, { ...BASE, markdown: true })).toContain('| two lines |');
});

test('a user without a name, as in some containers, is unknown', () => {
  jest.spyOn(jest.requireMock<typeof Os>('node:os'), 'userInfo').mockImplementationOnce(() => {
    throw Object.assign(new Error('no such user'), { code: 'ENOENT' });
  });
  expect(reportOf(EMPTY, { ...BASE, markdown: true })).toContain('- By: unknown\n');
});

test('a report is from the first to the last command', () => {
  const at = (day: string) => ({ ...line('a'), at: `2026-01-0${day}T03:04:05.000Z` });
  const text = reportOf({ context: {}, happened: [at('1'), at('3'), at('2')] }, { ...BASE, markdown: true });
  expect(text).toContain('- From: 2026-01-01 03:04 UTC\n- To: 2026-01-02 03:04 UTC\n');
});
