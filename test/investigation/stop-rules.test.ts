import { isRandomLabel } from '../../src/commands/expansion/stop-rules';
import type { InvestigationGraph } from '../../src/investigation/graph';
import { hostPath, name, page, type Respond, runExpand } from './generated-world';

/** A world in which only some parts of hosts have rows. */
function world(parts: Readonly<Record<string, (host: string) => object>>): Respond {
  return (path) => {
    const { host, part } = hostPath(path);
    if (part === '') return name(host);
    if (part === 'reputation') return { id: host, classification: 'neutral', score: 0, rules: [] };
    return parts[part]?.(host) ?? page([]);
  };
}

function subdomains(labels: readonly string[], total?: number): Respond {
  return world({
    subdomains: (host) =>
      host === 'contoso.com'
        ? page(
            labels.map((label) => ({ id: label, host: name(`${label}.${host}`) })),
            total,
          )
        : page([]),
  });
}

function valuesOf({ nodes }: InvestigationGraph): string[] {
  return nodes.map(({ kind, value, label }) => (kind === 'group' ? (label ?? '') : value));
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('wildcard subdomains', () => {
  const args = { seeds: 'contoso.com', follow: 'subdomains' };

  test('more than a thousand are counted, not listed', async () => {
    const { graph, requests } = await runExpand(
      args,
      subdomains(
        numbers(26).map((index) => `web-${index}`),
        5_000,
      ),
    );
    expect(valuesOf(graph)).toEqual(['contoso.com', '5,000 subdomains']);
    expect(graph.stops).toEqual([
      {
        node: 'domain:contoso.com',
        reason: 'wildcard-subdomains',
        count: 5_000,
        detail: 'contoso.com: 5,000 subdomains. With wildcard DNS, every subdomain resolves.',
      },
    ]);
    expect(requests.filter((path) => path.includes('/subdomains'))).toHaveLength(1);
  });

  test('twenty random labels are a wildcard too', async () => {
    const random = numbers(20).map((index) => (0xdeadbeef00 + index * 7919).toString(16));
    const { graph } = await runExpand(args, subdomains(random));
    expect(valuesOf(graph)).toEqual(['contoso.com', '20 subdomains']);
    expect(graph.stops.map(({ reason }) => reason)).toEqual(['wildcard-subdomains']);
  });

  test('numbered names are listed', async () => {
    const { graph } = await runExpand(args, subdomains(numbers(20).map((index) => `web-${index}`)));
    expect(graph.nodes).toHaveLength(21);
    expect(graph.stops).toEqual([]);
  });

  test.each([
    ['web-01', false],
    ['mail', false],
    ['autodiscover', false],
    ['*', true],
    ['a81f0c93d2', true],
    ['20240131-7781', true],
  ])('the label %s looks random: %s', (label, expected) => {
    expect(isRandomLabel(label)).toBe(expected);
  });
});

test('a name server of several domains is a node whose neighbors are not read', async () => {
  const server = (id: string) => ({ host: name(id) });
  const { graph, requests } = await runExpand(
    { seeds: 'contoso.com', hops: 2, follow: 'name_servers' },
    world({
      whois: (host) => ({
        id: 'w',
        host: name(host),
        nameservers: host === 'contoso.com' ? [server('ns1.contoso.com'), server('ns1.dns.example')] : [],
      }),
    }),
  );
  expect(valuesOf(graph)).toEqual(['contoso.com', 'ns1.contoso.com', 'ns1.dns.example']);
  expect(graph.stops).toEqual([
    expect.objectContaining({ node: 'domain:ns1.dns.example', reason: 'popular-name-server' }),
  ]);
  const requested = (host: string) => requests.some((path) => path === `hosts/${host}/whois`);
  expect([requested('ns1.contoso.com'), requested('ns1.dns.example')]).toEqual([true, false]);
});

describe('a certificate', () => {
  const sha1 = '0123456789abcdef0123456789abcdef01234567';
  const certificate = { id: 'record', sha1, subject: { commonName: 'contoso.com' } };
  const certificates =
    (count: number, total: number): Respond =>
    (path) => {
      if (path.includes('relatedHosts'))
        return page(
          numbers(count).map((index) => name(`h${index}.example`)),
          total,
        );
      return path.startsWith('sslCertificates') ? page([certificate]) : world({})(path);
    };
  const args = { seeds: sha1, follow: 'certificates' };

  test('on thousands of hosts is counted, not followed', async () => {
    const { graph, requests } = await runExpand(args, certificates(101, 7_000));
    expect(valuesOf(graph)).toEqual([sha1, '7,000 hosts']);
    expect(graph.stops).toEqual([expect.objectContaining({ reason: 'popular-certificate', count: 7_000 })]);
    expect(requests).toHaveLength(2);
  });

  test('on a few hosts leads to them', async () => {
    const { graph } = await runExpand(args, certificates(3, 3));
    expect(valuesOf(graph)).toEqual([sha1, 'h0.example', 'h1.example', 'h2.example']);
  });
});

test('trackers of software and of big vendors are left out and counted', async () => {
  const trackers = [
    { id: '1', kind: 'JarmHash', value: '29d29d15d29d29d21c' },
    { id: '2', kind: 'FacebookId', value: 'facebook' },
    { id: '3', kind: 'FacebookId', value: 'sharer.php' },
    { id: '4', kind: 'FacebookId', value: '1029384756' },
    { id: '5', kind: 'GoogleAnalyticsAccountNumber', value: 'UA-61330992' },
  ];
  const { graph } = await runExpand(
    { seeds: 'contoso.com', follow: 'trackers' },
    world({ trackers: () => page(trackers) }),
  );
  expect(valuesOf(graph)).toEqual([
    'contoso.com',
    'FacebookId 1029384756',
    'GoogleAnalyticsAccountNumber UA-61330992',
  ]);
  expect(graph.stops).toEqual([expect.objectContaining({ reason: 'common-tracker', count: 3 })]);
});

test('cookies of another domain are left out and counted', async () => {
  const cookies = [
    { id: '1', name: 'session', domain: 'www.contoso.com' },
    { id: '2', name: 'region', domain: '.contoso.com' },
    { id: '3', name: 'IDE', domain: '.ads.example' },
  ];
  const { graph } = await runExpand(
    { seeds: 'www.contoso.com', follow: 'cookies' },
    world({ cookies: () => page(cookies) }),
  );
  expect(valuesOf(graph)).toEqual(['www.contoso.com', 'session www.contoso.com', 'region .contoso.com']);
  expect(graph.stops).toEqual([expect.objectContaining({ reason: 'common-tracker', count: 1 })]);
});
