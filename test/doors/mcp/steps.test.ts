import { PluginError } from '../../../src/base/errors';
import { catalog } from '../../../src/commands/generated/catalog';
import { GRAPH_TOOL } from '../../../src/doors/mcp/graph-tool';
import { fitting } from '../../../src/doors/mcp/investigation-tool';
import { nextSteps } from '../../../src/doors/mcp/next-steps';
import type { RowCommand } from '../../../src/doors/mcp/result-types';
import { toolRows } from '../../../src/doors/mcp/rows';
import { DBOT_SCORE_KEY } from '../../../src/xsoar/dbot-score';
import { errorEntry, resultEntry } from '../../../src/xsoar/entry';

const hostname = (id: string) => ({ '@odata.type': '#microsoft.graph.security.hostname', id });

describe('the next steps', () => {
  test('name one call for the first object of each list', () => {
    const contents = {
      Host: hostname('contoso.com'),
      PassiveDns: [{ artifact: hostname('a.example') }, { artifact: hostname('b.example') }],
      HostSslCertificate: [{ sslCertificate: { id: 'cert' } }],
      Profile: [{ id: 'actor' }],
      Vulnerability: [{ id: 'CVE-2099-10001' }],
      Article: [{ id: 'article' }],
      ArticleIndicator: [{ artifact: hostname('c.example') }],
      ProfileIndicator: [{ artifact: hostname('d.example') }],
      Unknown: [{ id: 'x' }],
    };
    expect(nextSteps(contents).map(({ tool, arguments: args }) => [tool, args])).toEqual([
      ['investigate_host', { host: 'a.example' }],
      ['ssl_certificate_related_hosts_list', { ssl_certificate_id: 'cert' }],
      ['profile_summary', { intel_profile_id: 'actor' }],
      ['vulnerability_summary', { vulnerability_id: 'CVE-2099-10001' }],
      ['article_summary', { article_id: 'article' }],
      ['investigate_host', { host: 'c.example' }],
      ['investigate_host', { host: 'd.example' }],
    ]);
    for (const { why } of nextSteps(contents)) expect(why).toMatch(/^[A-Z].*\.$/);
  });

  test('name an address like a host', () => {
    const address = { '@odata.type': '#microsoft.graph.security.ipAddress', id: '192.0.2.1' };
    expect(nextSteps({ PassiveDns: [{ artifact: address }] })).toEqual([
      { tool: 'investigate_host', arguments: { host: '192.0.2.1' }, why: 'The host resolves to it.' },
    ]);
  });

  test('are missing for what no tool takes', () => {
    const hash = {
      '@odata.type': '#microsoft.graph.security.unclassifiedArtifact',
      kind: 'sha1',
      value: 'f'.repeat(40),
    };
    expect(
      nextSteps({
        PassiveDns: [{ artifact: hash }],
        Profile: [{ id: 7 }],
        Article: ['x'],
        Vulnerability: [],
      }),
    ).toEqual([]);
    expect(nextSteps({ PassiveDns: [{}], HostSslCertificate: [{ sslCertificate: null }] })).toEqual([]);
  });
});

describe('a verdict', () => {
  const none = { isParent: true, notFound: false, error: undefined, more: false };
  const rowsOf = (name: 'ip' | 'cve', context: object, rows: readonly unknown[]) =>
    toolRows(
      catalog[name] as RowCommand,
      {
        entries: [resultEntry({}, '', { [DBOT_SCORE_KEY]: context })],
        errors: [],
        lookups: [{ ...none, subject: { name: name, id: 'x' }, rows }],
      },
      true,
    );

  test('has the score, its word and each part', () => {
    const { rows, total, record } = rowsOf('ip', { Score: 3, Message: 'Two words.' }, [
      { Host: { id: '192.0.2.1', firstSeenDateTime: '2026-01-01T00:00:00Z' } },
    ]);
    expect(rows).toEqual([
      {
        indicator: 'x',
        score: 3,
        verdict: 'bad',
        message: '<untrusted>Two words.</untrusted>',
        host: expect.objectContaining({ id: '192.0.2.1' }),
      },
    ]);
    expect([total, record?.(0)]).toEqual([
      1,
      { Host: { id: '192.0.2.1', firstSeenDateTime: '2026-01-01T00:00:00Z' } },
    ]);
  });

  test('of what was not found is unknown', () => {
    expect(rowsOf('ip', {}, [])).toMatchObject({
      rows: [{ indicator: 'x', score: 0, verdict: 'unknown' }],
      total: 1,
    });
    expect(rowsOf('cve', { Score: 'x', Message: 7 }, [null]).rows).toEqual([
      { indicator: 'x', score: 0, verdict: 'unknown' },
    ]);
  });

  test('of a lookup that failed is unknown, whatever its entry contains', () => {
    const lookup = { ...none, subject: { name: 'ip', id: 'x' }, rows: [] };
    const failed = errorEntry(new PluginError('GRAPH_UNAVAILABLE', 'try later'));
    const lookups = [lookup, lookup] as never;
    const { rows } = toolRows(catalog.ip as RowCommand, { entries: [failed], errors: [], lookups }, false);
    expect(rows).toEqual([1, 2].map(() => ({ indicator: 'x', score: 0, verdict: 'unknown' })));
    const unnamed = [{ ...none, subject: undefined, rows: [] }] as never;
    expect(
      toolRows(catalog.ip as RowCommand, { entries: [failed], errors: [], lookups: unnamed }, false).rows,
    ).toEqual([{ indicator: '', score: 0, verdict: 'unknown' }]);
  });

  test('of a command with one part has the object itself', () => {
    const [row] = rowsOf('cve', { Score: 2 }, [{ id: 'CVE-2099-10001' }]).rows;
    expect(row).toMatchObject({ score: 2, verdict: 'suspicious', vulnerability: { id: 'CVE-2099-10001' } });
  });
});

test('rows are taken while they fit', () => {
  const rows = ['aaaa', 'b', 'c'];
  expect(fitting(rows, 9)).toEqual(['aaaa', 'b']);
  expect(fitting(rows, 8)).toEqual(['aaaa']);
  expect(fitting(rows, 12)).toEqual(rows);
});

describe('the graph', () => {
  const node = (value: string, more: object = {}) => ({
    id: `domain:${value}`,
    kind: 'domain',
    value,
    hop: 1,
    ...more,
  });
  const graphOf = (graph: object, args: Readonly<Record<string, unknown>> = {}) =>
    GRAPH_TOOL.shape(
      {
        entries: [
          resultEntry(
            {
              Graph: {
                nodes: [],
                edges: [],
                stops: [],
                requests: 1,
                end: 'complete',
                partial: false,
                ...graph,
              },
            },
            '',
            null,
          ),
        ],
        errors: [],
      },
      args,
    ) as { nodes: { id: string }[]; edges: object[]; next: object[]; leftOut?: number };

  test('begins with what is malicious, then suspicious, then near', () => {
    const nodes = [
      node('seed.example', { hop: 0 }),
      node('far.example', { hop: 2 }),
      node('odd.example', { verdict: 'suspicious', hop: 2 }),
      node('bad.example', { verdict: 'malicious', score: 100, hop: 2 }),
    ];
    const edge = {
      source: 'domain:seed.example',
      relation: 'resolves-to',
      target: 'domain:far.example',
      x: 1,
    };
    const shaped = graphOf({
      nodes,
      edges: [edge, { ...edge, target: 'domain:gone.example' }],
      partial: true,
    });
    expect(shaped.nodes.map(({ id }) => id)).toEqual([
      'domain:bad.example',
      'domain:odd.example',
      'domain:seed.example',
      'domain:far.example',
    ]);
    expect(shaped.edges).toEqual([{ source: edge.source, relation: edge.relation, target: edge.target }]);
    expect(shaped).toMatchObject({ leftOut: 1, requests: 1, end: 'complete', partial: true, stops: [] });
  });

  test('names the next calls: what is malicious, an article, and a higher limit', () => {
    const bad = Array.from({ length: 4 }, (_, at) => node(`bad${at}.example`, { verdict: 'malicious' }));
    const nodes = [
      node('seed.example', { hop: 0, verdict: 'malicious' }),
      { ...bad[0], score: 90 },
      ...bad.slice(1),
      { id: 'article:a', kind: 'article', value: 'a', hop: 1 },
    ];
    const args = { seeds: ['seed.example'], max_nodes: 10 };
    expect(graphOf({ nodes, end: 'max_nodes' }, args).next).toEqual([
      {
        tool: 'investigate_host',
        arguments: { host: 'bad0.example' },
        why: 'Malicious, 90 of 100.',
      },
      { tool: 'investigate_host', arguments: { host: 'bad1.example' }, why: 'Malicious.' },
      { tool: 'investigate_host', arguments: { host: 'bad2.example' }, why: 'Malicious.' },
      {
        tool: 'article_summary',
        arguments: { article_id: 'a' },
        why: expect.stringContaining('An article names'),
      },
      {
        tool: 'expand',
        arguments: { ...args, max_nodes: 20 },
        why: expect.stringContaining('partial: max_nodes.'),
      },
    ]);
    expect(graphOf({}).next).toEqual([]);
    const other = [node('odd.example', { verdict: 'suspicious' }), node('a.example')];
    expect(graphOf({ nodes: other }).next).toEqual([]);
  });

  test('has up to 15,000 characters of nodes, and counts the rest', () => {
    const nodes = Array.from({ length: 400 }, (_, at) => node(`${String(at).padStart(50, 'n')}.example`));
    const shaped = graphOf({ nodes });
    expect(JSON.stringify(shaped.nodes).length).toBeLessThan(16_000);
    expect((shaped.leftOut ?? 0) + shaped.nodes.length).toBe(400);
    expect(graphOf({ nodes: nodes.slice(0, 2) })).not.toHaveProperty('leftOut');
  });
});
