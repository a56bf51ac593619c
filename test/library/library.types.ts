// Nothing here runs: the compiler is the test, and an expected error that does not come is an error.
import { createClient, createPlugin } from '../../src/index';

const plugin = createPlugin({ params: { app_id: 'app', client_credentials: true } });

export async function typed(name: string, signal: AbortSignal): Promise<unknown[]> {
  const { entries } = await plugin.execute(
    'msg-defender-threat-intel-host',
    { host_id: 'contoso.com' },
    signal,
  );
  const [entry] = entries;
  if (entry?.Type === 4) return [entry.Contents.toUpperCase()];
  const host = Array.isArray(entry?.Contents) ? entry.Contents[0] : entry?.Contents;
  const kept = entry?.EntryContext?.['MSGDefenderThreatIntel.Host(val.id && val.id == obj.id)'];
  const first = Array.isArray(kept) ? kept[0] : kept;

  const whois = await plugin.execute('msg-defender-threat-intel-host-whois', {
    host_id: ['contoso.com'],
    limit: '5',
  });
  const parent = whois.entries[0]?.EntryContext?.['MSGDefenderThreatIntel.Whois(val.id && val.id == obj.id)'];

  const verdict = await plugin.execute('domain', { domain: 'contoso.com' });
  const [rated] = verdict.entries;
  const known = rated?.Type === 1 ? rated.Contents?.Whois?.registrar?.organization : undefined;
  const domain = 'MSGDefenderThreatIntel.HostReputation(val.id && val.id == obj.id)';
  const context = rated?.Type === 1 ? rated.EntryContext[domain]?.classification : undefined;

  await plugin.execute('msg-defender-threat-intel-article-list');
  await plugin.execute('test-module');
  await plugin.execute(name, { whatever: 1 });
  return [host?.registrar, first?.odataType, parent, known, context];
}

// @ts-expect-error no such parameter
createPlugin({ params: { app: 'x' } });

// A choice, a check box as text, and a service on this machine.
createPlugin({
  params: {
    integrationReliability: 'C - Fairly reliable',
    insecure: 'true',
    azure_ad_endpoint: 'https://localhost:8443',
    graph_endpoint: null,
  },
});

// @ts-expect-error no such reliability
createPlugin({ params: { integrationReliability: 'C' } });

// @ts-expect-error a check box is true or false
createClient({ params: { insecure: 'yes' } });

// @ts-expect-error no such login service
createClient({ params: { azure_ad_endpoint: 'https://login.microsoftonline.example' } });

// @ts-expect-error no such command
void plugin.execute('msg-defender-threat-intel-hots', { host_id: 'contoso.com' });

// @ts-expect-error no such argument
void plugin.execute('msg-defender-threat-intel-host', { host: 'contoso.com' });

// @ts-expect-error host_id is required
void plugin.execute('msg-defender-threat-intel-host', {});

// @ts-expect-error a number is not a list
void plugin.execute('msg-defender-threat-intel-host', { host_id: 5 });

const client = createClient({ params: { app_id: 'app' } });

export async function plain(signal: AbortSignal): Promise<unknown[]> {
  const { hosts, notFound, failures } = await client.run('host', { host_id: ['contoso.com'] }, { signal });
  const { articles } = await client.run('articles', { search: 'phishing', limit: 5 });
  const { hostPorts, more } = await client.run('host-ports', { host_id: 'contoso.com' });
  const { indicators } = await client.run('domain', { domain: 'contoso.com' });
  const titles: (string | undefined)[] = [];
  for await (const article of client.rows('articles', {}, { signal }))
    titles.push(article.title ?? undefined);
  const known = indicators[0]?.known?.Whois?.registrar?.organization;
  const summary = await client.run('host-summary', { host_id: 'contoso.com' });
  const { contents } = await client.run('expand', { seeds: 'contoso.com' });
  const nodes: readonly string[] = contents.Graph.nodes.map(({ id }) => id);
  return [
    summary.notFound,
    nodes,
    hosts[0]?.registrar,
    notFound,
    failures[0]?.code,
    articles[0]?.title,
    hostPorts[0]?.hostId,
    more,
    known,
  ];
}

// @ts-expect-error no such command
void client.run('hots', { host_id: 'contoso.com' });

// @ts-expect-error no such direction
void client.run('host-pairs', { host_id: 'contoso.com', direction: 'up' });

// @ts-expect-error host_id is required
void client.run('host');

// @ts-expect-error a verdict is not a list
void client.rows('ip', { ip: '192.0.2.1' });
