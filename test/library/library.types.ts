// Nothing here runs: the compiler is the test, and an expected error that does not come is an error.
import { createPlugin } from '../../src/index';

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

// @ts-expect-error no such command
void plugin.execute('msg-defender-threat-intel-hots', { host_id: 'contoso.com' });

// @ts-expect-error no such argument
void plugin.execute('msg-defender-threat-intel-host', { host: 'contoso.com' });

// @ts-expect-error host_id is required
void plugin.execute('msg-defender-threat-intel-host', {});

// @ts-expect-error a number is no list
void plugin.execute('msg-defender-threat-intel-host', { host_id: 5 });
