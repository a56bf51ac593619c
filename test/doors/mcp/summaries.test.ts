import { summaryTool } from '../../../src/doors/mcp/summary-tools';
import { resultEntry } from '../../../src/xsoar/entry';

const hostname = (id: string) => ({ '@odata.type': '#microsoft.graph.security.hostname', id });

describe('a summary', () => {
  const SUMMARY = summaryTool('host-summary', 'Everything.');
  const shape = (contents: object, markdown = '', host: unknown = ['contoso.com']) =>
    SUMMARY.shape({ entries: [resultEntry(contents, markdown, null)], errors: [] }, { host_id: host });

  test('has single objects as rows, lists as lines, and the next calls', () => {
    const shaped = shape({
      Host: { id: 'contoso.com' },
      PassiveDns: [{ recordType: 'A', artifact: hostname('a.example') }],
      Subdomain: [],
    });
    expect(shaped).toMatchObject({
      found: true,
      host: { id: 'contoso.com' },
      passiveDns: [expect.stringMatching(/recordType: A.*a\.example/)],
    });
    expect(shaped).not.toHaveProperty('subdomain');
    expect(shaped).not.toHaveProperty('notes');
    expect(shaped.next).toEqual([
      {
        tool: 'investigate_host',
        arguments: { host: 'a.example' },
        why: 'The host resolves to it.',
      },
      {
        tool: 'expand',
        arguments: { seeds: ['contoso.com'] },
        why: 'Shows what else belongs to this host.',
      },
    ]);
  });

  test('reads both directions of passive DNS alike, and a part of an unknown type', () => {
    const records = [{ recordType: 'A', artifact: hostname('a.example'), firstSeenDateTime: '2026-01-01' }];
    const shaped = shape({
      PassiveDns: records,
      PassiveDnsReverse: records,
      Added: { id: 'x', recordType: 'A' },
    });
    expect(shaped.passiveDnsReverse).toEqual(shaped.passiveDns);
    expect(shaped.passiveDnsReverse).toEqual([expect.stringContaining('recordType: A')]);
    expect(shaped.added).toEqual({ id: 'x', recordType: 'A' });
  });

  test('of nothing says so, without next calls', () => {
    expect(shape({})).toEqual({ found: false, next: [] });
    expect(SUMMARY.shape({ entries: [], errors: [] }, {})).toEqual({ found: false, next: [] });
  });

  test('has notes on what failed and what was left out, without the commands of the platform', () => {
    const markdown =
      '### Host\n\nFailed: ports.\nShowing 5 of 9. For the rest, run `!host-ports host_id=a`.\nOther.';
    expect(shape({ Host: { id: 'a' } }, markdown).notes).toBe(
      '<untrusted>Failed: ports.</untrusted> Showing 5 of 9.',
    );
  });

  test('of something else than a host does not name the graph around a host', () => {
    const tool = summaryTool('profile-summary', 'A profile.');
    const contents = { Profile: { id: 'p' }, Article: [{ id: 'a', title: 'T', tags: ['one', 'two'] }] };
    const shaped = tool.shape(
      { entries: [resultEntry(contents, '', null)], errors: [] },
      { intel_profile_id: 'p' },
    );
    expect(shaped.article).toEqual(['<untrusted>id: a; title: T; tags: one, two</untrusted>']);
    expect((shaped.next as { tool: string }[]).map(({ tool }) => tool)).toEqual(['article_summary']);
  });

  test('has notes of up to 2,000 characters, and no line that only contains such words', () => {
    expect(shape({ Host: { id: 'a' } }, 'It says Failed: x')).not.toHaveProperty('notes');
    const frame = '<untrusted></untrusted>'.length;
    const notes = shape({ Host: { id: 'a' } }, `Failed: ${'x'.repeat(3_000)}`).notes as string;
    expect(notes).toHaveLength(2_000 + frame);
  });

  test('names up to two articles of the verdict, each once', () => {
    const link = (id: string) => ({ relatedDetailsUrl: `https://ti.defender.microsoft.com/articles/${id}` });
    const rules = [
      link('a'),
      link('a'),
      { relatedDetailsUrl: 'https://example.org' },
      link('b'),
      link('c'),
      null,
    ];
    const { next } = shape({ HostReputation: { rules } });
    const why = 'The verdict refers to this article.';
    expect((next as object[]).slice(0, 2)).toEqual([
      { tool: 'article_summary', arguments: { article_id: 'a' }, why },
      { tool: 'article_summary', arguments: { article_id: 'b' }, why },
    ]);
    expect(next).toHaveLength(3);
  });
});
