import { certificate, certificateId, FINGERPRINTS } from './certificates';
import { base64, chance, guid } from './random';
import { hostReference, reference } from './text';
import { LABELS } from './words';

/** What scans and passive collection know of a host: everything below it but its reputation and WHOIS. */
export function traces(id: string, subdomains: number) {
  const parents = pairs('login-update.example', id, ['scriptSrc', 'iframe', null]);
  const children = pairs(id, 'cdn-static.example', ['finalRedirect', 'css', 'topLevelRedirect', 'img']);
  return {
    components: components(id),
    cookies: cookies(id),
    hostPairs: [...parents, ...children],
    parentHostPairs: parents,
    childHostPairs: children,
    ports: ports(id),
    sslCertificates: sslCertificates(id),
    trackers: trackers(id),
    subdomains: LABELS.slice(0, subdomains).map((label) => subdomain(id, label)),
    passiveDns: passiveDns(id, 'forward'),
    passiveDnsReverse: passiveDns(id, 'reverse'),
  };
}

function span(seed: string) {
  const luck = chance(`span ${seed}`);
  const firstSeenDateTime = luck.moment('2021-01-01T00:00:00Z', 900);
  return { firstSeenDateTime, lastSeenDateTime: luck.moment(firstSeenDateTime, 400) };
}

const COMPONENTS = [
  { name: 'Example-Httpd', version: '10.0', category: 'Server' },
  { name: 'OpenExample', version: '8.2p1', category: 'Remote Access' },
  { name: 'Scaffold | UI', version: '', category: 'Framework' },
  { name: 'Meter', version: null, category: null },
] as const;

function component(id: string, index: number) {
  const { name, version, category } = COMPONENTS[index] ?? COMPONENTS[0];
  return {
    '@odata.type': '#microsoft.graph.security.hostComponent',
    id: base64(name, version ?? '', category ?? '', id),
    ...span(`${name} ${id}`),
    name,
    version,
    category,
  };
}

function components(id: string) {
  return COMPONENTS.map((_, index) => ({ ...component(id, index), host: hostReference(id) }));
}

function cookies(id: string) {
  return ['SESSION', 'consent_v2', '__Host-id'].map((name) => ({
    '@odata.type': '#microsoft.graph.security.hostCookie',
    id: base64(id, name, id),
    ...span(`${name} ${id}`),
    domain: id,
    name,
    host: hostReference(id),
  }));
}

function pairs(parent: string, child: string, kinds: readonly (string | null)[]) {
  return kinds.map((linkKind) => ({
    '@odata.type': '#microsoft.graph.security.hostPair',
    id: base64(linkKind ?? 'unknown', parent, child),
    ...(linkKind
      ? span(`${linkKind} ${parent} ${child}`)
      : { firstSeenDateTime: null, lastSeenDateTime: null }),
    linkKind,
    parentHost: hostReference(parent),
    childHost: hostReference(child),
  }));
}

const PORTS = [
  {
    port: 22,
    protocol: 'tcp',
    status: 'filtered',
    banner: 'SSH-2.0-OpenExample_8.2p1\r\n',
    scanProtocol: 'ssh',
  },
  { port: 53, protocol: 'udp', status: 'open', banner: null, scanProtocol: null },
  {
    port: 443,
    protocol: 'tcp',
    status: 'open',
    banner: 'HTTP/1.1 302 Found\r\nServer: Example-Httpd\r\n',
    scanProtocol: 'http_raw',
  },
  { port: 8080, protocol: null, status: 'closed', banner: null, scanProtocol: null },
] as const;

function ports(id: string) {
  return PORTS.map(({ port, protocol, status, banner, scanProtocol }, index) => ({
    '@odata.type': '#microsoft.graph.security.hostPort',
    id: base64(id, port),
    port,
    ...span(`port ${port} ${id}`),
    lastScanDateTime: status === 'closed' ? null : '2025-02-28T23:20:33.000Z',
    timesObserved: status === 'closed' ? null : 31 * (index + 1),
    status,
    protocol,
    banners:
      banner === null ? [] : [{ banner, ...span(`banner ${port} ${id}`), scanProtocol, timesObserved: 12 }],
    services:
      banner === null
        ? null
        : [
            {
              ...span(`service ${port} ${id}`),
              isRecent: port === 443,
              component: component(id, port === 22 ? 1 : 0),
            },
          ],
    mostRecentSslCertificate:
      port === 443 ? reference('sslCertificate', certificateId(FINGERPRINTS[0] ?? '')) : null,
    host: hostReference(id),
  }));
}

function sslCertificates(id: string) {
  return [0, 1, 4].map((index) => ({
    '@odata.type': '#microsoft.graph.security.hostSslCertificate',
    id: base64(id, FINGERPRINTS[index] ?? ''),
    ...span(`host certificate ${index} ${id}`),
    ports: index === 4 ? [] : [{ port: 443, ...span(`certificate port ${index} ${id}`) }],
    host: hostReference(id),
    sslCertificate: certificate(index),
  }));
}

function trackers(id: string) {
  return [
    ['ExampleAnalyticsId', 'EX-1999-7'],
    ['JarmHash', '27d40d40d29d40d1dc42d43d00041d4689ee210389f4f6b4b5b1b93f92252d'],
    ['ContosoId', 'contoso|advertising'],
  ].map(([kind, value]) => ({
    '@odata.type': '#microsoft.graph.security.hostTracker',
    id: base64(value ?? '', kind ?? '', id),
    ...span(`${kind} ${id}`),
    kind,
    value,
    host: hostReference(id),
  }));
}

function subdomain(id: string, label: string) {
  return {
    '@odata.type': '#microsoft.graph.security.subdomain',
    id: guid(`${label}.${id}`),
    firstSeenDateTime: label === 'beta' ? null : span(`${label}.${id}`).firstSeenDateTime,
    host: hostReference(`${label}.${id}`),
  };
}

const ANSWERS = {
  forward: [
    ['A', '192.0.2.1'],
    ['A', '198.51.100.7'],
    ['AAAA', '2001:db8::1'],
    ['MX', 'mail.contoso.com'],
    ['NS', 'ns1.example.net'],
    ['SOA', 'ns1.example.net'],
  ],
  reverse: [
    ['A', 'www.contoso.com'],
    ['CNAME', 'login-update.example'],
    ['PTR', 'mail.contoso.com'],
  ],
} as const;

function passiveDns(id: string, direction: keyof typeof ANSWERS) {
  return ANSWERS[direction].map(([recordType, answer]) => ({
    '@odata.type': '#microsoft.graph.security.passiveDnsRecord',
    id: base64(id, answer, recordType, direction),
    ...span(`${direction} ${recordType} ${answer} ${id}`),
    collectedDateTime: '2025-03-01T13:59:34.735Z',
    recordType,
    parentHost: hostReference(id),
    artifact: hostReference(answer),
  }));
}
