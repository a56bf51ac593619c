/** An investigation with a graph of many entities, none of which hangs on one other only, so that none is in a group. */
export function manyEntities(count: number) {
  const nodes = Array.from({ length: count }, (_, at) => ({
    id: `domain:host-${at}.example`,
    kind: 'domain',
    value: `host-${at}.example`,
    verdict: ['malicious', 'suspicious', 'neutral', 'unknown'][at % 4],
  }));
  const edge = (from: number, to: number) => ({
    id: `${from} ${to}`,
    source: nodes[from]?.id,
    target: nodes[to]?.id,
    relation: 'links-to',
  });
  const edges = nodes.flatMap((_, at) =>
    at === 0 ? [] : [edge(at, at >> 1), edge(at, (at * 7 + 3) % count)],
  );
  return investigation('expand', { Graph: [{ id: 'many', seeds: [], nodes, edges, stops: [] }] }, []);
}

/** An investigation with one table of many rows. */
export function manyRows(count: number) {
  const rows = Array.from({ length: count }, (_, at) => ({
    id: `row-${at}`,
    firstSeenDateTime: new Date(1.6e12 + ((at * 7_919) % count) * 60_000).toISOString(),
    lastSeenDateTime: new Date(1.7e12 + at * 60_000).toISOString(),
    host: { id: `host-${(at * 104_729) % count}.example` },
    kind: ['ExampleAnalyticsId', 'ContosoId', 'JarmHash'][at % 3],
    value: `value ${at * 31}`,
  }));
  const head = '| Host | Kind | Value |\n| --- | --- | --- |\n';
  const text = rows.map(({ host, kind, value }) => `| ${host.id} | ${kind} | ${value} |`).join('\n');
  return investigation('host-trackers', {}, [
    { Type: 1, ContentsFormat: 'json', Contents: rows, HumanReadable: head + text, EntryContext: null },
  ]);
}

function investigation(line: string, context: object, entries: readonly object[]) {
  return {
    context: { MSGDefenderThreatIntel: context },
    happened: [{ id: 'bench', at: '2026-01-01T00:00:00.000Z', line, entries }],
  };
}
